import type { CertificateProfile } from './certificate-profile.js';

/**
 * Validity of the signer's certificate at the relevant time.
 *
 * - `inside`: valid at the proven time or, without one, on the requested day.
 * - `outside`: a proven time exists, and the certificate was not valid then.
 * - `expired-without-timestamp`, `not-yet-valid`: no time is proven, so the requested day counts.
 * - `unknown`: expired on that day, but a timestamp exists that may prove otherwise and could not be judged: no list of
 *   authorities is installed, its algorithm is not supported, or it was not read.
 */
export type Validity = 'inside' | 'outside' | 'expired-without-timestamp' | 'not-yet-valid' | 'unknown';

export interface ValidityTimes {
  /** Time of a timestamp whose authority is on a list. */
  proven?: Date | undefined;
  /** Time of a timestamp that could not be judged, for lack of a list or an algorithm. */
  unproven?: Date | undefined;
  /** True if a timestamp exists that was not read. */
  unread?: boolean;
  asOf: Date;
}

export function validityOf(
  profile: CertificateProfile,
  { proven, unproven, unread, asOf }: ValidityTimes,
): Validity {
  const inside = (at: Date) => at >= profile.notBefore && at <= profile.notAfter;
  if (proven) return inside(proven) ? 'inside' : 'outside';
  if (inside(asOf)) return 'inside';
  if (asOf < profile.notBefore) return 'not-yet-valid';
  return unread || (unproven && inside(unproven)) ? 'unknown' : 'expired-without-timestamp';
}

/**
 * Returns the times at which a chain is searched; the first valid one suffices. An expired credential stays on its
 * list: it is judged at a time when it was valid, and its validity reports the expiry.
 */
export function chainTimes(profile: CertificateProfile, { proven, unproven, asOf }: ValidityTimes): Date[] {
  const inside = (at: Date | undefined): at is Date =>
    at !== undefined && at >= profile.notBefore && at <= profile.notAfter;
  if (inside(proven)) return [proven];
  return [unproven, asOf, profile.notBefore, profile.notAfter].filter(inside);
}
