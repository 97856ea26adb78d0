import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { Derivative } from '../store/inspections.js';

/** What a file says field by field, as it is kept beside its Report: masked already. */
export function evidenceDerivative(sheet: EvidenceSheet): Derivative {
  return { kind: 'evidence', mediaType: 'application/json', content: Buffer.from(JSON.stringify(sheet)) };
}

/** Among all that is kept beside a Report. */
export function evidenceAmong(all: readonly Derivative[]): EvidenceSheet | undefined {
  return keptEvidence(all.find(({ kind }) => kind === 'evidence'));
}

/** As it was kept; undefined where nothing was: the file could not be read, or an older version inspected it. */
export function keptEvidence(kept: Pick<Derivative, 'content'> | undefined): EvidenceSheet | undefined {
  return kept && JSON.parse(kept.content.toString('utf8'));
}
