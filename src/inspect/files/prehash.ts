import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { LargeHash } from '../../core/media/large-hash.js';
import { openAt } from '../../core/media/plain-path.js';
import type { FileHash } from './parallel-hash.js';

/**
 * Hash of a large file, started while its reading process is still starting: the start takes a quarter of a second, and
 * the hash is what such a file waits for last. Further attempts at the file use it too.
 */
export class Prehash implements FileHash {
  /** Lower-case hexadecimal. Rejects with the system's error. */
  readonly digest: Promise<string>;
  /** The digest, once it is computed. */
  known: string | undefined;
  #stop: () => void = () => {};

  constructor(path: string) {
    const stopped = new Promise<void>((resolve) => {
      this.#stop = resolve;
    });
    this.digest = computeDigest(path, stopped);
    this.digest.then(
      (digest) => {
        this.known = digest;
      },
      // The code that awaits the digest handles the rejection.
      () => {},
    );
  }

  /** Does not wait, since a disk that does not respond would block the caller. */
  stop(): void {
    this.#stop();
  }
}

/** Opens without blocking: the file may have become a FIFO since it was checked. */
async function computeDigest(path: string, stopped: Promise<void>): Promise<string> {
  const file = await openAt(path, constants.O_RDONLY | constants.O_NONBLOCK);
  let hash: LargeHash | undefined;
  try {
    // Throws a system error, as callers of the digest expect.
    if (!(await file.stat()).isFile())
      throw Object.assign(new Error('it is no regular file'), { code: 'ENOTREG' });
    hash = new LargeHash(file.fd);
    const digest = await Promise.race([hash.digest(), stopped]);
    if (digest === undefined) throw new Error('nobody waits for it any more');
    return digest;
  } finally {
    // A failed close (a disk that went away) does not concern the caller and must not end the process.
    closeFile(file, hash).catch(() => {});
  }
}

/** Closes the descriptor only after the thread has stopped reading it: its number may soon belong to another file. */
async function closeFile(file: FileHandle, hash: LargeHash | undefined): Promise<void> {
  await hash?.stop();
  await file.close();
}
