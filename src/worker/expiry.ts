import type { Config } from '../config.js';

const DAY_MILLIS = 86_400_000;

/** Until when a report that is made now is kept; nothing where it is kept until somebody deletes it. */
export function expiryOf({ retentionDays }: Pick<Config, 'retentionDays'>): { expiresAt?: string } {
  return retentionDays === 0
    ? {}
    : { expiresAt: new Date(Date.now() + retentionDays * DAY_MILLIS).toISOString() };
}
