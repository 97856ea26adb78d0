import type { Derivative } from '../../storage/inspections/inspections.js';

/** Returns the data for a recheck without the file as a derivative. */
export function toTrustDerivative(kept: string): Derivative {
  return { kind: 'trust', mediaType: 'application/json', content: Buffer.from(kept) };
}
