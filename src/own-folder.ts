import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A folder of this process's own in `folder`, `KIND-PID-…`, for its owner alone. Those of the same kind whose makers
 * were killed are taken away first. A number given anew to another process keeps such a folder until that one ends.
 */
export function ownFolder(folder: string, kind: string): string {
  const named = new RegExp(`^${kind}-(\\d+)-`);
  for (const name of readdirSync(folder)) {
    const pid = Number(named.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) remove(join(folder, name));
  }
  return mkdtempSync(join(folder, `${kind}-${process.pid}-`));
}

/** What belongs to another user stays. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Its owner's next start takes it.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
