import { CompiledQuery, sql } from 'kysely';
import type PgBoss from 'pg-boss';
import type { Query } from './inside.js';

/** How often expired leases are looked for: by one of all the processes that share the database. */
const MAINTENANCE_SECONDS = 3;
/** Any number, so long as nobody else on the database uses it: Kysely's and pg-boss's are others. */
const OPENING_LOCK = 4_170_533_921;

export interface BossOptions {
  /** False in commands that only look, or end at once. */
  supervise?: boolean;
  onError?(error: Error): void;
}

/** pg-boss on the connections there are already, with a queue of that name. */
export async function openBoss(
  query: Query,
  queue: string,
  { supervise = true, onError }: BossOptions = {},
): Promise<PgBoss> {
  const { default: Boss } = await import('pg-boss');
  const boss = new Boss({
    db: on(query),
    supervise,
    schedule: false,
    maintenanceIntervalSeconds: MAINTENANCE_SECONDS,
  });
  // Told and tried again at the next turn: a database that restarts must not end the process.
  boss.on('error', (error) => onError?.(error));
  // One process after another: the library's own lock lets the second fail at what the first has just made, and
  // leaves that connection in a broken transaction. In a transaction, so that no death leaves this lock behind.
  await query.transaction().execute(async (alone) => {
    await sql`select pg_advisory_xact_lock(${OPENING_LOCK})`.execute(alone);
    await boss.start();
    await boss.createQueue(queue);
  });
  return boss;
}

/** The library's statements through our own connections, or as part of a transaction. */
export function on(query: Query): PgBoss.Db {
  return {
    executeSql: async (text, values: unknown[] = []) => {
      const { rows } = await query.executeQuery(CompiledQuery.raw(text, values));
      return { rows };
    },
  };
}

/** Tries are counted elsewhere or not at all; the library must not count them too. Jobs wait as long as it takes. */
export const WAITS_FOR_EVER = {
  retryLimit: 1_000_000,
  retryDelay: 0,
  retryBackoff: false,
  retentionDays: 3_650,
} as const;
