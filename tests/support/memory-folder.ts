import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const FOLDER = '/dev/shm';
/** Containers may have only some megabytes of it. */
const LEAST_BYTES = 2 * 1024 ** 3;

/**
 * Folder of most temporary test files: in memory if there is room, else on a disk. A busy disk delays each creation and
 * deletion of a file or folder for longer than it takes to read most of them.
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
