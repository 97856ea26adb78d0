import { readFileSync } from 'node:fs';

const HIGHEST_USER = 2 ** 31;
/** Range of user numbers at the top of those available to this machine or container; a container may have only 65,536. */
const USERS = 2 ** 20;
const USERS_OF_FEW = 4_096;
/**
 * Random offset, because other services and scans take numbers too. Two processes with one number would share the
 * kernel's limits per user: a process that starts others without end, or a browser, would end the other's reader.
 */
const start = Math.random();
let taken = 0;

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Returns a user number that nobody else has, for one process. A process of root remains root to the kernel even in a
 * sandbox: it could write the kernel's settings, and no limit on the number of processes applies to it. `undefined` if
 * this process is not root and cannot change its user.
 */
export function takeUserNumber(): number | undefined {
  if (!isRoot()) return undefined;
  const [, , count = '65536'] =
    readFileSync('/proc/self/uid_map', 'latin1').trim().split('\n').at(-1)?.trim().split(/\s+/) ?? [];
  // Stays below `nobody` if there are only 65,536 numbers.
  const highest = Math.min(Number(count), HIGHEST_USER) - 16;
  const users = highest > 2 * USERS ? USERS : USERS_OF_FEW;
  taken += 1;
  return highest - ((Math.floor(start * users) + taken) % users);
}
