import { closeSync, fchmodSync, mkdtempSync, openSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { MEMORY_FOLDERS } from './memory-folders.js';

/** A file that nobody finds by a name, for us and for a process that is handed its descriptor; undefined where no folder takes one. */
export function namelessFile(kind: string): number | undefined {
  return made(kind, (path) => openSync(path, 'wx+', 0o600));
}

/** These bytes, to be read by whoever has the descriptor, as whatever user, and written to by nobody. */
export function namelessCopy(kind: string, bytes: Buffer): number | undefined {
  return made(kind, (path) => {
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

/** To be written by us, and only read by whoever has the second descriptor. */
export function namelessMemory(kind: string): { writer: number; reader: number } | undefined {
  let writer: number | undefined;
  const reader = made(kind, (path) => {
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

function made(kind: string, make: (path: string) => number): number | undefined {
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
      // The next folder may do.
    }
  }
  return undefined;
}
