import type { EvidenceSheet } from '../core/evidence-sheet.js';
import type { InspectionStore } from '../store/inspections.js';
import type { Album } from '../worker/album.js';
import { keptEvidence } from '../worker/evidence.js';
import { keptAlbum } from './album.js';

/** What a page shows of what is kept beside a Report; left out: it was not made, or not yet. */
export interface Beside {
  album?: Album | undefined;
  evidence?: EvidenceSheet | undefined;
}

export async function besideReport(
  inspections: InspectionStore,
  tenant: string,
  id: string,
): Promise<Beside> {
  const [album, evidence] = await Promise.all([
    keptAlbum(inspections, tenant, id),
    evidenceOf(inspections, tenant, id),
  ]);
  return { album, evidence };
}

/** Undefined where the file could not be read, or an older version inspected it. */
export async function evidenceOf(
  inspections: InspectionStore,
  tenant: string,
  id: string,
): Promise<EvidenceSheet | undefined> {
  return keptEvidence(await inspections.getDerivative(tenant, id, 'evidence'));
}
