import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync } from 'node:fs';
import { openBeside, readRangeBeside } from '../core/media/read-range.js';

/** The digest of a file that the parent takes itself, so that no reading process has to be believed. */
export interface FileHash {
  /** Lower-case hexadecimal. Rejects with the system's error. */
  readonly digest: Promise<string>;
  /** The same, once it is there. */
  readonly known: string | undefined;
  /** Nobody waits for it any more. */
  stop(): void;
}

/**
 * Of a file that a reading process sees where it is, taken beside the reading. Rejects, before any process is asked,
 * with the system's error where the file cannot be opened: without waiting, as it may have become a FIFO since it was
 * looked at.
 */
export async function hashBeside(path: string, bytes: number, chunkBytes: number): Promise<FileHash> {
  const file = await openBeside(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if (!fstatSync(file).isFile()) {
    closeSync(file);
    throw Object.assign(new Error('it is no regular file'), { code: 'ENOTREG' });
  }
  return new BesideHash(file, Math.min(bytes + 1, chunkBytes));
}

class BesideHash implements FileHash {
  readonly digest: Promise<string>;
  known: string | undefined;
  #stopped = false;

  constructor(file: number, chunkBytes: number) {
    this.digest = this.#of(file, chunkBytes).finally(() => closeSync(file));
    this.digest.then(
      (digest) => {
        this.known = digest;
      },
      // Told to whoever waits for it.
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
      const bytes = await readRangeBeside(file, chunk, at);
      if (this.#stopped) throw new Error('nobody waits for it any more');
      if (bytes === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, bytes));
      at += bytes;
    }
  }
}

/** Of bytes that are here, taken when somebody asks for it first. */
export function hashWhenAsked(take: () => string): FileHash {
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

/** One that is there already. */
export function knownHash(sha256: string): FileHash {
  return { digest: Promise.resolve(sha256), known: sha256, stop: () => undefined };
}
