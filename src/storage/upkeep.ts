import { Idempotency } from './access/idempotency.js';
import { SessionRepository } from './access/sessions.js';
import { UsageRepository } from './access/usage.js';
import type { Database } from './engine/database.js';
import { ShareRepository } from './inspections/kysely-shares.js';
import type { EventLog } from './log/log.js';
import { pruneLog } from './log/log-prune.js';

const HOUR_MILLIS = 3_600_000;

const DAY_MILLIS = 86_400_000;
const USAGE_DAYS = 32;

interface UpkeepStores {
  database: Database;
  log: Pick<EventLog, 'append'>;
}

/**
 * Deletes expired sessions and share links, usage counts of past days, expired idempotency keys, and log entries older
 * than the operator's limit.
 */
export async function deleteOldAccess(
  { database, log }: UpkeepStores,
  auditDays: number,
  now: Date,
): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MILLIS).toISOString();
  await new SessionRepository(database).dropEnded(now);
  await new Idempotency(database).deleteExpired(now);
  await new ShareRepository(database).dropExpired(now);
  await new UsageRepository(database).dropBefore(ago(USAGE_DAYS).slice(0, 10));
  await pruneLog(database, log, new Date(ago(auditDays)));
}

/** Runs now and every hour until the timer is cleared. */
export function startUpkeep(
  kept: UpkeepStores,
  auditDays: number,
  onError: (error: unknown) => void,
): NodeJS.Timeout {
  const work = () => void deleteOldAccess(kept, auditDays, new Date()).catch(onError);
  work();
  return setInterval(work, HOUR_MILLIS).unref();
}
