import type { Config } from '../../config/settings.js';

const DAY_MILLIS = 86_400_000;

/** Returns the expiry of a report made now; empty if reports are stored until somebody deletes them. */
export function reportExpiry({ retentionDays }: Pick<Config, 'retentionDays'>): { expiresAt?: string } {
  return retentionDays === 0
    ? {}
    : { expiresAt: new Date(Date.now() + retentionDays * DAY_MILLIS).toISOString() };
}

/** A year with four digits, so that it sorts after every other. */
const NEVER = '9999-12-31T23:59:59.999Z';

/** Returns the expiry of the fingerprint of a file inspected at that time; empty if it is stored as long as its report. */
export function fingerprintExpiry(
  { fingerprintDays }: Pick<Config, 'fingerprintDays'>,
  at: string,
): { expiresAt?: string } {
  if (fingerprintDays === undefined) return {};
  if (fingerprintDays === 0) return { expiresAt: NEVER };
  return { expiresAt: new Date(Date.parse(at) + fingerprintDays * DAY_MILLIS).toISOString() };
}
