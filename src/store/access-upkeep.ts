import type { Database } from './database.js';
import { Idempotency } from './idempotency.js';
import { KyselyShares } from './kysely-shares.js';
import type { EventLog } from './log.js';
import { pruneLog } from './log-prune.js';
import { Sessions } from './sessions.js';
import { Usage } from './usage.js';

const HOUR_MILLIS = 3_600_000;

const DAY_MILLIS = 86_400_000;
const USAGE_DAYS = 32;

interface Kept {
  database: Database;
  log: Pick<EventLog, 'append'>;
}

/** What nobody needs any more: sessions and links that ended, counts of past days, keys of old requests, entries older than the operator keeps them. */
export async function dropOldAccess({ database, log }: Kept, auditDays: number, now: Date): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MILLIS).toISOString();
  await new Sessions(database).dropEnded(now);
  await new Idempotency(database).dropExpired(now);
  await new KyselyShares(database).dropExpired(now);
  await new Usage(database).dropBefore(ago(USAGE_DAYS).slice(0, 10));
  await pruneLog(database, log, new Date(ago(auditDays)));
}

/** Now and each hour, until the timer is cleared. */
export function keepUp(kept: Kept, auditDays: number, onError: (error: unknown) => void): NodeJS.Timeout {
  const work = () => void dropOldAccess(kept, auditDays, new Date()).catch(onError);
  work();
  return setInterval(work, HOUR_MILLIS).unref();
}
