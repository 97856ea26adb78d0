import { readFileSync } from 'node:fs';

const HIGHEST_USER = 2 ** 31;
/** So many at the top of the numbers that this machine has, or this container, which may have 65,536 in all. */
const USERS = 2 ** 20;
const USERS_OF_FEW = 4_096;
/**
 * Where this process begins, by chance: other services and scans take numbers too. Two with one number would share what the
 * kernel lets one user have: who starts processes without end in one of them, or a browser, would end the other's reader.
 */
const start = Math.random();
let taken = 0;

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
  // Below `nobody`, where there are no more than 65,536.
  const highest = Math.min(Number(count), HIGHEST_USER) - 16;
  const users = highest > 2 * USERS ? USERS : USERS_OF_FEW;
  taken += 1;
  return highest - ((Math.floor(start * users) + taken) % users);
}
