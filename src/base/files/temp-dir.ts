import { mkdtempSync, readdirSync, readlinkSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/** Interval at which a folder's timestamp is refreshed; it is stale after a day without a refresh. */
const REFRESH_MS = 3_600_000;
const STALE_MS = 24 * REFRESH_MS;

/**
 * Creates a temporary folder of this process in `folder`, named `KIND-NAMESPACE-PID-…` and accessible to its owner
 * only. Folders of the same kind whose processes are dead are deleted first. If a pid was reused, the folder stays
 * until that process ends. In another pid namespace (a container, `unshare --pid`) pids have no meaning here, so such a
 * folder is deleted once it was not refreshed for a day.
 */
export function createOwnFolder(folder: string, kind: string): string {
  const named = new RegExp(`^${kind}-(\\d+)-(\\d+)-`);
  for (const name of readdirSync(folder)) {
    const [, namespace, pid] = named.exec(name) ?? [];
    const path = join(folder, name);
    const isLeft = namespace === PID_NAMESPACE ? !isAlive(Number(pid)) : isStale(path);
    if (namespace !== undefined && isLeft) removeFolder(path);
  }
  const own = mkdtempSync(join(folder, `${kind}-${PID_NAMESPACE}-${process.pid}-`));
  keepFresh(own);
  return own;
}

/** Id of the pid namespace; 0 if the system has none. */
const PID_NAMESPACE = readPidNamespace();

function readPidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}

/** Folders of other users cannot be deleted and stay. */
function removeFolder(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // The owner's next start deletes it.
  }
}

const refreshedFolders = new Set<string>();
let refreshTimer: NodeJS.Timeout | undefined;

function keepFresh(path: string): void {
  refreshedFolders.add(path);
  if (refreshTimer !== undefined) return;
  refreshTimer = setInterval(() => {
    for (const one of refreshedFolders) {
      try {
        utimesSync(one, new Date(), new Date());
      } catch {
        // The folder was deleted.
        refreshedFolders.delete(one);
      }
    }
  }, REFRESH_MS);
  refreshTimer.unref();
}

function isStale(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > STALE_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
