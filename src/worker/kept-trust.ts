import type { Derivative } from '../store/inspections.js';

/** What a recheck needs that no longer has the file, as core/kept-trust.ts wrote it. */
export function keptTrustDerivative(kept: string): Derivative {
  return { kind: 'trust', mediaType: 'application/json', content: Buffer.from(kept) };
}
