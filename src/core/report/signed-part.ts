import type { ContentCredentials, Part, SignedState } from './report.js';

/**
 * c2pa.hash.data and c2pa.hash.bmff.* run over the whole file but their exclusions, so a match covers what was
 * appended before signing and breaks on what was appended after. A box hash names its boxes, and of those the
 * engine tells us nothing.
 */
export function signedState(credentials: ContentCredentials, part: Pick<Part, 'kind'>): SignedState {
  if (credentials.presence !== 'present') return 'no-signature';
  if (credentials.integrity !== 'intact') return 'unknown';
  const whole = credentials.codes?.active.some((c) => c.code === 'assertion.dataHash.match');
  return whole || part.kind === 'primary' ? 'covered' : 'unknown';
}
