import { tmpdir } from 'node:os';

/** Where files go that only processes of ours hand to each other: memory where there is such a folder, else a disk. */
export const MEMORY_FOLDERS: readonly string[] = ['/dev/shm', tmpdir()];
