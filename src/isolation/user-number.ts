import { readFileSync } from 'node:fs';

/** Of the numbers at the top of those this machine (or container) has. */
const USERS = 4_096;
const HIGHEST_USER = 2 ** 31;
let taken = process.pid % USERS;

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * A process of root stays root to the kernel even in a sandbox: its settings could be written to, and no limit on the
 * number of processes holds for it. So each takes a user number of its own, one that nobody has. Undefined for whoever
 * is not root, and may become nobody else.
 */
export function ownUserNumber(): number | undefined {
  if (!isRoot()) return undefined;
  const [, , count = '65536'] =
    readFileSync('/proc/self/uid_map', 'latin1').trim().split('\n').at(-1)?.trim().split(/\s+/) ?? [];
  taken = (taken + 1) % USERS;
  // Below `nobody`, where there are no more than 65,536.
  return Math.min(Number(count), HIGHEST_USER) - 16 - taken;
}
