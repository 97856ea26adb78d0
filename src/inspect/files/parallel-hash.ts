import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync } from 'node:fs';
import { openAsync, readRangeAsync } from '../../core/media/read-range.js';

/** Digest of a file, computed by the parent so that no reading process has to be trusted. */
export interface FileHash {
  /** Lower-case hexadecimal. Rejects with the system's error. */
  readonly digest: Promise<string>;
  /** The digest, once it is computed. */
  readonly known: string | undefined;
  /** Stops the computation because nobody needs the digest any more. */
  stop(): void;
}

/**
 * Starts hashing a file in parallel with a reading process that opens it in place. Rejects with the system's error if
 * the file cannot be opened, before any process is started. Opens without blocking, because the file may have become a
 * FIFO since it was checked.
 */
export async function startHash(path: string, bytes: number, chunkBytes: number): Promise<FileHash> {
  const file = await openAsync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if (!fstatSync(file).isFile()) {
    closeSync(file);
    throw Object.assign(new Error('it is no regular file'), { code: 'ENOTREG' });
  }
  return new ParallelHash(file, Math.min(bytes + 1, chunkBytes));
}

class ParallelHash implements FileHash {
  readonly digest: Promise<string>;
  known: string | undefined;
  #stopped = false;

  constructor(file: number, chunkBytes: number) {
    this.digest = this.#of(file, chunkBytes).finally(() => closeSync(file));
    this.digest.then(
      (digest) => {
        this.known = digest;
      },
      // The code that awaits the digest handles the rejection.
      () => {},
    );
  }

  stop(): void {
    this.#stopped = true;
  }

  async #of(file: number, chunkBytes: number): Promise<string> {
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (let at = 0; ; ) {
      const bytes = await readRangeAsync(file, chunk, at);
      if (this.#stopped) throw new Error('nobody waits for it any more');
      if (bytes === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, bytes));
      at += bytes;
    }
  }
}

/** Returns a digest of bytes in memory, computed on first use. */
export function lazyHash(take: () => string): FileHash {
  return {
    get digest() {
      return Promise.resolve(take());
    },
    get known() {
      return take();
    },
    stop: () => undefined,
  };
}

/** Returns a digest that is already known. */
export function fixedHash(sha256: string): FileHash {
  return { digest: Promise.resolve(sha256), known: sha256, stop: () => undefined };
}
