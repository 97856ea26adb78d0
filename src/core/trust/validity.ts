import type { CertificateProfile } from './certificate-profile.js';

/**
 * Where the signer's certificate stood at the time that counts.
 *
 * - `inside`: valid at the proven time, or, without one, still valid on the day asked for.
 * - `outside`: a proven time exists, and the certificate was not valid then.
 * - `expired-without-timestamp`, `not-yet-valid`: no time is proven, so the day asked for counts.
 * - `unknown`: expired on that day, but the signature bears a timestamp that may prove otherwise and could not be
 *   judged: no list of authorities is installed, it uses an algorithm that is not checked, or it was not read.
 */
export type Validity = 'inside' | 'outside' | 'expired-without-timestamp' | 'not-yet-valid' | 'unknown';

export interface Times {
  /** A timestamp whose authority is on a list. */
  proven?: Date | undefined;
  /** A timestamp that could not be judged, for want of a list or of an algorithm. */
  unproven?: Date | undefined;
  /** One is there that was not read. */
  unread?: boolean;
  asOf: Date;
}

export function validityOf(profile: CertificateProfile, { proven, unproven, unread, asOf }: Times): Validity {
  const inside = (at: Date) => at >= profile.notBefore && at <= profile.notAfter;
  if (proven) return inside(proven) ? 'inside' : 'outside';
  if (inside(asOf)) return 'inside';
  if (asOf < profile.notBefore) return 'not-yet-valid';
  return unread || (unproven && inside(unproven)) ? 'unknown' : 'expired-without-timestamp';
}

/**
 * Times at which a chain is looked for, the first that holds being enough. A credential that has run out stays
 * on its list: it is judged at a time when it was valid, and that it ran out is said by its validity.
 */
export function chainTimes(profile: CertificateProfile, { proven, unproven, asOf }: Times): Date[] {
  const inside = (at: Date | undefined): at is Date =>
    at !== undefined && at >= profile.notBefore && at <= profile.notAfter;
  if (inside(proven)) return [proven];
  return [unproven, asOf, profile.notBefore, profile.notAfter].filter(inside);
}
