import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { LargeHash } from '../core/media/large-hash.js';
import { openAt } from '../core/media/reach.js';
import type { FileHash } from './beside-hash.js';

/**
 * The hash of a large file, begun here while a process to read it is still being started: that takes a quarter of a
 * second, and the hash is what such a file waits for last. It serves every further attempt at the file too.
 */
export class EarlyHash implements FileHash {
  /** Lower-case hexadecimal. Rejects with the system's error. */
  readonly digest: Promise<string>;
  /** The same, once it is there. */
  known: string | undefined;
  #stop: () => void = () => {};

  constructor(path: string) {
    const stopped = new Promise<void>((resolve) => {
      this.#stop = resolve;
    });
    this.digest = digestOf(path, stopped);
    this.digest.then(
      (digest) => {
        this.known = digest;
      },
      // Told to whoever waits for it; where nobody does any more, nobody has to know.
      () => {},
    );
  }

  /** Not waited for: a disk that does not answer would hold up whoever does. */
  stop(): void {
    this.#stop();
  }
}

/** Opened without waiting: it may have become a FIFO since it was looked at. */
async function digestOf(path: string, stopped: Promise<void>): Promise<string> {
  const file = await openAt(path, constants.O_RDONLY | constants.O_NONBLOCK);
  let hash: LargeHash | undefined;
  try {
    // In the system's terms, as whoever waits for the digest takes them.
    if (!(await file.stat()).isFile())
      throw Object.assign(new Error('it is no regular file'), { code: 'ENOTREG' });
    hash = new LargeHash(file.fd);
    const digest = await Promise.race([hash.digest(), stopped]);
    if (digest === undefined) throw new Error('nobody waits for it any more');
    return digest;
  } finally {
    // A descriptor that does not close (a disk that went away) is nobody's fault who asked, and ends no process.
    leave(file, hash).catch(() => {});
  }
}

/** The descriptor goes once its thread reads it no more: its number may be another file's soon. */
async function leave(file: FileHandle, hash: LargeHash | undefined): Promise<void> {
  await hash?.stop();
  await file.close();
}
