import { closeSync, fchmodSync, mkdtempSync, openSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { MEMORY_FOLDERS } from './memory-folders.js';

/**
 * Returns the descriptor of an unlinked file, for this process and a child that receives the descriptor; `undefined` if
 * no folder accepts one.
 */
export function openUnlinkedFile(kind: string): number | undefined {
  return createUnlinked(kind, (path) => openSync(path, 'wx+', 0o600));
}

/** Returns a read-only descriptor of an unlinked file with these bytes; any user may read it. */
export function openUnlinkedCopy(kind: string, bytes: Buffer): number | undefined {
  return createUnlinked(kind, (path) => {
    const writer = openSync(path, 'wx', 0o600);
    try {
      writeSync(writer, bytes);
      fchmodSync(writer, 0o444);
      return openSync(path, 'r');
    } finally {
      closeSync(writer);
    }
  });
}

/** Returns two descriptors of an unlinked file: one for writing here, one for reading only. */
export function openUnlinkedPair(kind: string): { writer: number; reader: number } | undefined {
  let writer: number | undefined;
  const reader = createUnlinked(kind, (path) => {
    writer = openSync(path, 'wx', 0o600);
    try {
      return openSync(path, 'r');
    } catch (error) {
      closeSync(writer);
      throw error;
    }
  });
  return reader === undefined || writer === undefined ? undefined : { writer, reader };
}

function createUnlinked(kind: string, make: (path: string) => number): number | undefined {
  for (const folder of MEMORY_FOLDERS) {
    try {
      const own = mkdtempSync(join(folder, `assay-${kind}-`));
      const path = join(own, kind);
      try {
        const fd = make(path);
        unlinkSync(path);
        return fd;
      } finally {
        rmdirSync(own);
      }
    } catch {
      // Tries the next folder.
    }
  }
  return undefined;
}
