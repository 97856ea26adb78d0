import { mkdtempSync, readdirSync, readlinkSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/** How often it is shown that a folder is still somebody's, and how long nobody has to have done so. */
const SHOWN_MILLIS = 3_600_000;
const STALE_MILLIS = 24 * SHOWN_MILLIS;

/**
 * A folder of this process's own in `folder`, `KIND-NAMESPACE-PID-…`, for its owner alone. Those of the same kind whose
 * makers were killed are taken away first. A number given anew to another process keeps such a folder until that one
 * ends. Of another namespace of processes (a container, `unshare --pid`), which numbers them for itself, nobody here
 * knows whether its maker lives: such a folder goes when it was not shown to be in use for a day.
 */
export function ownFolder(folder: string, kind: string): string {
  const named = new RegExp(`^${kind}-(\\d+)-(\\d+)-`);
  for (const name of readdirSync(folder)) {
    const [, namespace, pid] = named.exec(name) ?? [];
    const path = join(folder, name);
    const isLeft = namespace === NAMESPACE ? !isAlive(Number(pid)) : isStale(path);
    if (namespace !== undefined && isLeft) remove(path);
  }
  const own = mkdtempSync(join(folder, `${kind}-${NAMESPACE}-${process.pid}-`));
  keepShown(own);
  return own;
}

/** The number of the namespace of processes; 0 where a system has none. */
const NAMESPACE = namespaceOfProcesses();

function namespaceOfProcesses(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}

/** What belongs to another user stays. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Its owner's next start takes it.
  }
}

const shown = new Set<string>();
let showing: NodeJS.Timeout | undefined;

function keepShown(path: string): void {
  shown.add(path);
  if (showing !== undefined) return;
  showing = setInterval(() => {
    for (const one of shown) {
      try {
        utimesSync(one, new Date(), new Date());
      } catch {
        // It is gone.
        shown.delete(one);
      }
    }
  }, SHOWN_MILLIS);
  showing.unref();
}

function isStale(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > STALE_MILLIS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
