import type { Config } from '../config.js';

const DAY_MILLIS = 86_400_000;

/** Until when a report that is made now is kept; nothing where it is kept until somebody deletes it. */
export function expiryOf({ retentionDays }: Pick<Config, 'retentionDays'>): { expiresAt?: string } {
  return retentionDays === 0
    ? {}
    : { expiresAt: new Date(Date.now() + retentionDays * DAY_MILLIS).toISOString() };
}

/** A year of four digits, so that it sorts behind every other. */
const NEVER = '9999-12-31T23:59:59.999Z';

/** Until when the fingerprint of a file that was seen then is kept; nothing where that is as long as its report. */
export function fingerprintExpiryOf(
  { fingerprintDays }: Pick<Config, 'fingerprintDays'>,
  at: string,
): { expiresAt?: string } {
  if (fingerprintDays === undefined) return {};
  if (fingerprintDays === 0) return { expiresAt: NEVER };
  return { expiresAt: new Date(Date.parse(at) + fingerprintDays * DAY_MILLIS).toISOString() };
}
