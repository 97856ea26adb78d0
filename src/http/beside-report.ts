import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { KyselyInspections } from '../store/kysely-inspections.js';
import type { Album } from '../worker/album.js';
import { keptEvidence } from '../worker/evidence.js';
import { keptAlbum } from './album.js';
import type { SeenBefore } from './form/seen-section.js';
import type { Shown } from './shown.js';

/** What a page shows of what is kept beside a Report; left out: it was not made, or not yet. */
export interface Beside {
  album?: Album | undefined;
  evidence?: EvidenceSheet | undefined;
  /** Parts of the file that have a report of their own, by their numbers. */
  parts?: readonly number[] | undefined;
  /** Files that look or sound alike; left out: this page does not tell. */
  seen?: SeenBefore | undefined;
}

export async function besideReport(inspections: KyselyInspections, shown: Shown): Promise<Beside> {
  const { tenant, id } = shown.record;
  const [album, evidence, parts] = await Promise.all([
    keptAlbum(inspections, tenant, id),
    shown.derivative('evidence'),
    inspections.partNumbers(tenant, id),
  ]);
  // None where the file could not be read, or an older version inspected it.
  return { album, evidence: keptEvidence(evidence), parts };
}
