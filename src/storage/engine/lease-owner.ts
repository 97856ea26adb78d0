import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from './database.js';
import { FileLock, LockError } from './file-lock.js';

/** Prefix of all leases of this process, so that they can be found once it is gone. */
const PROCESS = randomUUID();
const UUID_TEXT = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const LOCK_NAME = new RegExp(`^(${UUID_TEXT})\\.lock$`);

/** Returns a unique lease. */
export const createLease = (): string => `${PROCESS}.${randomUUID()}`;

/** Another process may examine a lock file at the moment of its creation, so locking is retried. */
const LOCK_ATTEMPTS = 100;
const LOCK_PAUSE_MILLIS = 50;

/**
 * Lock by path, with the number of users in this process. The system's lock belongs to the process and would end if any
 * user reopened the file.
 */
const locks = new Map<string, { lock: FileLock; users: number }>();

/**
 * Marks the leases of this process as held for its lifetime by a lock on a file of its own, and releases the leases of
 * dead processes, whose files exist unlocked. A lease without such a file is left to expire. Only for SQLite, where all
 * users of the database are on one machine. Returns a function that releases the lock.
 */
export async function holdLeases({ query }: Pick<Database, 'query'>, dataDir: string): Promise<() => void> {
  const folder = join(dataDir, 'leases');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const giveBack = await acquireOwnLock(join(folder, `${PROCESS}.lock`));
  try {
    for (const name of readdirSync(folder)) {
      const [, owner] = LOCK_NAME.exec(name) ?? [];
      if (owner === undefined || owner === PROCESS) continue;
      const lock = tryLock(join(folder, name));
      if (lock === undefined) continue;
      try {
        await releaseLeases(query, owner);
        lock.remove();
      } catch (error) {
        lock.release();
        throw error;
      }
    }
  } catch (error) {
    giveBack();
    throw error;
  }
  return giveBack;
}

async function acquireOwnLock(path: string): Promise<() => void> {
  const before = locks.get(path);
  if (before === undefined) locks.set(path, { lock: await acquireLock(path), users: 1 });
  else before.users += 1;
  return () => {
    const now = locks.get(path);
    if (now === undefined) return;
    now.users -= 1;
    if (now.users > 0) return;
    locks.delete(path);
    now.lock.remove();
  };
}

async function acquireLock(path: string): Promise<FileLock> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return FileLock.acquire(path);
    } catch (error) {
      if (!(error instanceof LockError) || !error.isHeld || attempt === LOCK_ATTEMPTS) throw error;
      await delay(LOCK_PAUSE_MILLIS);
    }
  }
}

/** Returns `undefined` if the file is locked: its process is alive, or another one is handling it. */
function tryLock(path: string): FileLock | undefined {
  try {
    return FileLock.acquire(path);
  } catch (error) {
    if (error instanceof LockError && error.isHeld) return undefined;
    throw error;
  }
}

/** Ends the leases of a process as if they had expired. */
async function releaseLeases(query: Database['query'], owner: string): Promise<void> {
  const now = new Date().toISOString();
  await query.transaction().execute(async (inside) => {
    for (const table of ['inspection_jobs', 'webhook_deliveries', 'rejudgements'] as const)
      await inside
        .updateTable(table)
        .set({ leased_until: now })
        .where('lease', 'like', `${owner}.%`)
        .where('leased_until', '>', now)
        .execute();
    await inside
      .updateTable('idempotent_requests')
      .set({ held_until: now })
      .where('holder', 'like', `${owner}.%`)
      .where('held_until', '>', now)
      .execute();
  });
}
