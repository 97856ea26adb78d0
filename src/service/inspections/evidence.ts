import type { EvidenceView } from '../../core/report/evidence-view.js';
import type { Derivative } from '../../storage/inspections/inspections.js';

/** Returns the evidence of a file as a derivative to store with its Report; it is masked already. */
export function toEvidenceDerivative(sheet: EvidenceView): Derivative {
  return { kind: 'evidence', mediaType: 'application/json', content: Buffer.from(JSON.stringify(sheet)) };
}

/** Finds the evidence among the derivatives of a Report. */
export function findEvidence(all: readonly Derivative[]): EvidenceView | undefined {
  return parseStoredEvidence(all.find(({ kind }) => kind === 'evidence'));
}

/**
 * Parses stored evidence; `undefined` if there is none because the file could not be read or an older version inspected
 * it.
 */
export function parseStoredEvidence(kept: Pick<Derivative, 'content'> | undefined): EvidenceView | undefined {
  return kept && JSON.parse(kept.content.toString('utf8'));
}
