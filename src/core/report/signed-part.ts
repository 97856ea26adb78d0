import type { ContentCredentials, Part, SignedState } from './report.js';

/**
 * Returns whether a signature covers a part. c2pa.hash.data and c2pa.hash.bmff.* cover the whole file except
 * exclusions, so a match includes everything appended before signing and fails for everything appended later. A box
 * hash lists its boxes, which the engine does not report.
 */
export function partSignedState(credentials: ContentCredentials, part: Pick<Part, 'kind'>): SignedState {
  if (credentials.presence !== 'present') return 'no-signature';
  if (credentials.integrity !== 'intact') return 'unknown';
  const whole = credentials.codes?.active.some((c) => c.code === 'assertion.dataHash.match');
  return whole || part.kind === 'primary' ? 'covered' : 'unknown';
}
