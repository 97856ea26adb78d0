import type { EvidenceView } from '../../core/report/evidence-view.js';
import { parseStoredEvidence } from '../../service/inspections/evidence.js';
import type { ThumbnailIndex } from '../../service/inspections/thumbnails.js';
import type { InspectionRepository } from '../../storage/inspections/kysely-inspections.js';
import type { DisclosedInspection } from '../services/disclosure.js';
import { loadAlbum } from '../services/pictures/thumbnails.js';
import type { PageMatches } from './sections/matches-section.js';

/** Stored attachments of a Report that a page shows; a member is left out if it was not made, or not yet. */
export interface PageAttachments {
  album?: ThumbnailIndex | undefined;
  evidence?: EvidenceView | undefined;
  /** Numbers of the parts of the file that have their own report. */
  parts?: readonly number[] | undefined;
  /** Files that look or sound alike; left out: this page does not show them. */
  matches?: PageMatches | undefined;
}

export async function loadPageAttachments(
  inspections: InspectionRepository,
  shown: DisclosedInspection,
): Promise<PageAttachments> {
  const { tenant, id } = shown.record;
  const [album, evidence, parts] = await Promise.all([
    loadAlbum(inspections, tenant, id),
    shown.derivative('evidence'),
    inspections.listPartNumbers(tenant, id),
  ]);
  // No evidence is stored if the file could not be read, or an older version inspected it.
  return { album, evidence: parseStoredEvidence(evidence), parts };
}
