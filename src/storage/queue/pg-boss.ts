import { CompiledQuery, sql } from 'kysely';
import type PgBoss from 'pg-boss';
import type { QueryExecutor } from '../engine/transaction.js';

/** Interval of the check for expired leases, done by one of all processes that share the database. */
const MAINTENANCE_SECONDS = 3;
/** Arbitrary number that nobody else on the database uses; Kysely and pg-boss use others. */
const OPENING_LOCK = 4_170_533_921;

export interface BossOptions {
  /** False in commands that only read or end at once. */
  supervise?: boolean;
  onError?(error: Error): void;
}

/** Starts pg-boss on the existing connections, with a queue of that name. */
export async function openBoss(
  query: QueryExecutor,
  queue: string,
  { supervise = true, onError }: BossOptions = {},
): Promise<PgBoss> {
  const { default: Boss } = await import('pg-boss');
  const boss = new Boss({
    db: bossDatabase(query),
    supervise,
    schedule: false,
    maintenanceIntervalSeconds: MAINTENANCE_SECONDS,
  });
  // The error is reported and the work repeated at the next interval: a restarting database must not end the process.
  boss.on('error', (error) => onError?.(error));
  // Serializes processes: with the library's own lock, the second fails on what the first has just created and leaves
  // its connection in a broken transaction. A transaction lock is released even if the process dies.
  await query.transaction().execute(async (alone) => {
    await sql`select pg_advisory_xact_lock(${OPENING_LOCK})`.execute(alone);
    await boss.start();
    await boss.createQueue(queue);
  });
  return boss;
}

/** Runs the library's statements on Assay's connections, or as part of a transaction. */
export function bossDatabase(query: QueryExecutor): PgBoss.Db {
  return {
    executeSql: async (text, values: unknown[] = []) => {
      const { rows } = await query.executeQuery(CompiledQuery.raw(text, values));
      return { rows };
    },
  };
}

/**
 * Options that disable the library's retry counting, since retries are counted elsewhere or not at all. Jobs wait
 * indefinitely.
 */
export const NO_RETRY_OPTIONS = {
  retryLimit: 1_000_000,
  retryDelay: 0,
  retryBackoff: false,
  retentionDays: 3_650,
} as const;
