import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from './database.js';
import { FileLock, LockError } from './file-lock.js';

/** Every lease that this process takes begins with it, so that all of them are found once the process is gone. */
const PROCESS = randomUUID();
const UUID_TEXT = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const LOCK_NAME = new RegExp(`^(${UUID_TEXT})\\.lock$`);

/** One that nobody else has. */
export const newLease = (): string => `${PROCESS}.${randomUUID()}`;

/** Another process may look at a lock file in the moment in which it is made. */
const LOCK_ATTEMPTS = 100;
const LOCK_PAUSE_MILLIS = 50;

/** By path: how many in this process hold it. The system’s lock is a process’s, and ends where any of them opens the file anew. */
const held = new Map<string, { lock: FileLock; users: number }>();

/**
 * Says for as long as this process lives that its leases are held, by the system’s lock on a file of its own, and lets go of those
 * whose process is gone: its file is there and nobody locks it. A lease without such a file is not proved to be anybody’s, and runs
 * out by itself. For SQLite alone, where all who use the database are on one machine. Returns what gives the lock back.
 */
export async function holdLeases({ query }: Pick<Database, 'query'>, dataDir: string): Promise<() => void> {
  const folder = join(dataDir, 'leases');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const giveBack = await lockOwn(join(folder, `${PROCESS}.lock`));
  try {
    for (const name of readdirSync(folder)) {
      const [, owner] = LOCK_NAME.exec(name) ?? [];
      if (owner === undefined || owner === PROCESS) continue;
      const lock = lockOfDead(join(folder, name));
      if (lock === undefined) continue;
      try {
        await letGo(query, owner);
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

async function lockOwn(path: string): Promise<() => void> {
  const before = held.get(path);
  if (before === undefined) held.set(path, { lock: await taken(path), users: 1 });
  else before.users += 1;
  return () => {
    const now = held.get(path);
    if (now === undefined) return;
    now.users -= 1;
    if (now.users > 0) return;
    held.delete(path);
    now.lock.remove();
  };
}

async function taken(path: string): Promise<FileLock> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return FileLock.take(path);
    } catch (error) {
      if (!(error instanceof LockError) || !error.held || attempt === LOCK_ATTEMPTS) throw error;
      await delay(LOCK_PAUSE_MILLIS);
    }
  }
}

/** Undefined where somebody locks it: its process lives, or another is at this just now. */
function lockOfDead(path: string): FileLock | undefined {
  try {
    return FileLock.take(path);
  } catch (error) {
    if (error instanceof LockError && error.held) return undefined;
    throw error;
  }
}

/** Ends the leases of a process, as if their time had run out. */
async function letGo(query: Database['query'], owner: string): Promise<void> {
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
