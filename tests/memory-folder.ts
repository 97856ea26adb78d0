import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const FOLDER = '/dev/shm';
/** Containers may have some megabytes of it. */
const LEAST_BYTES = 2 * 1024 ** 3;

/**
 * Where most temporary files of tests lie: in memory where there is room, else on a disk. One that others write to keeps each
 * file and folder waiting that is made or deleted, longer than it takes to read most of them.
 */
export function memoryFolder(): string {
  try {
    accessSync(FOLDER, constants.W_OK);
    const { bavail, bsize } = statfsSync(FOLDER);
    return bavail * bsize >= LEAST_BYTES ? FOLDER : tmpdir();
  } catch {
    return tmpdir();
  }
}
