import { tmpdir } from 'node:os';

/** Folders for files exchanged between processes of Assay: memory if available, otherwise a disk. */
export const MEMORY_FOLDERS: readonly string[] = ['/dev/shm', tmpdir()];
