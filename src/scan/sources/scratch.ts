import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { type FileHandle, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { message } from '../../i18n/message.js';
import { FileLock } from '../../storage/engine/file-lock.js';
import { SourceError } from './entry.js';

const ATTEMPTS = 3;
const DEFAULT_MODE = 0o600;
const PREFIX = 'assay-scratch-';
/** Names of lock files. Only folders created by this code are ever deleted: those with such a name and a lock. */
const LOCK_NAME = /^assay-scratch-\d+-[0-9a-z]+\.lock$/;
/** Space left free for other programs on the same disk. */
const LEFT_FREE_BYTES = 256 * 1024 ** 2;

/** Temporary local file for remote or extracted bytes until they have been read. */
export interface TempFile {
  path: string;
  /** Writes at the end, or from byte `at` on. Rejects with a `SourceError`. */
  write(bytes: Uint8Array, at?: number): Promise<void>;
  /** Closes the file when all bytes are written. */
  closed(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Temporary space for objects and archive members during inspection, in a private folder. It is limited by the disk: a
 * file that does not fit waits until earlier ones are removed, and one larger than the whole space is not checked.
 */
export class TempSpace {
  readonly #folder: string;
  readonly #lock: FileLock;
  readonly #waiting: (() => void)[] = [];
  readonly #most: number;
  #held = 0;
  #inside = 0;
  #pinned = 0;
  #next = 0;

  private constructor(folder: string, lock: FileLock, most: number) {
    this.#most = most;
    this.#folder = folder;
    this.#lock = lock;
  }

  /**
   * Creates the folder and deletes those of killed scans. `mostBytes` limits the bytes held at a time, except for a
   * single file larger than that; the disk is a limit in any case.
   */
  static begin(below: string, { mostBytes = Number.POSITIVE_INFINITY } = {}): TempSpace {
    for (const name of readdirSync(below)) {
      if (LOCK_NAME.test(name)) deleteAbandoned(join(below, name.slice(0, -'.lock'.length)));
    }
    for (let attempt = 1; ; attempt += 1) {
      const folder = join(below, `${PREFIX}${process.pid}-${randomBytes(6).toString('hex')}`);
      try {
        const lock = FileLock.acquire(`${folder}.lock`);
        mkdirSync(folder, { mode: 0o700 });
        return new TempSpace(folder, lock, mostBytes);
      } catch (error) {
        // Another scan may have been deleting old folders at the same moment.
        if (attempt >= ATTEMPTS) throw error;
      }
    }
  }

  /**
   * Rejects with a `SourceError` if the space can never hold that many bytes. `mode` may be permissive, because the
   * folder itself is private.
   */
  async createFile(bytes: number, mode = DEFAULT_MODE): Promise<TempFile> {
    await this.#room(bytes);
    this.#held += bytes;
    this.#inside += 1;
    const path = join(this.#folder, String(this.#next++));
    let file: FileHandle;
    try {
      file = await open(path, 'wx', mode);
      // The requested mode must apply regardless of the process's umask.
      if (mode !== DEFAULT_MODE) await file.chmod(mode);
    } catch (error) {
      this.#leave(bytes);
      throw error;
    }
    const write = async (piece: Uint8Array, at?: number) => {
      try {
        if (at === undefined) await file.writeFile(piece);
        else await writeAt(file, piece, at);
      } catch (error) {
        throw new SourceError('not-checked', message('scan.lost.scratch'), { cause: error });
      }
    };
    let isOpen = true;
    const closed = async () => {
      if (isOpen) await file.close();
      isOpen = false;
    };
    let there = true;
    const remove = async () => {
      if (!there) return;
      there = false;
      await closed();
      await rm(path, { force: true });
      this.#leave(bytes);
    };
    return { path, write, closed, remove };
  }

  /**
   * Marks a file as held while further files are taken, so that those do not wait for it. Returns the function that
   * removes the mark.
   */
  pin(path: string): () => void {
    if (!path.startsWith(`${this.#folder}/`)) return () => {};
    this.#pinned += 1;
    return () => {
      this.#pinned -= 1;
    };
  }

  end(): void {
    rmSync(this.#folder, { recursive: true, force: true });
    this.#lock.remove();
  }

  async #room(bytes: number): Promise<void> {
    for (;;) {
      const { bavail, bsize } = await statfs(this.#folder);
      const isAlone = this.#inside <= this.#pinned;
      // Bytes already written are counted twice, which errs on the safe side.
      const fits = bytes + this.#held + LEFT_FREE_BYTES <= bavail * bsize;
      if (fits && (isAlone || bytes + this.#held <= this.#most)) return;
      if (isAlone) {
        throw new SourceError('not-checked', message('scan.lost.noRoom'));
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #leave(bytes: number): void {
    this.#held -= bytes;
    this.#inside -= 1;
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

/** Writes all bytes or throws. */
async function writeAt(file: FileHandle, piece: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesWritten } = await file.write(piece, done, piece.length - done, at + done);
    done += bytesWritten;
  }
}

function deleteAbandoned(folder: string): void {
  try {
    const itself = lstatSync(`${folder}.lock`);
    // In a folder writable by everyone the name alone proves nothing.
    if (!itself.isFile() || itself.uid !== process.getuid?.()) return;
    const lock = FileLock.acquire(`${folder}.lock`);
    rmSync(folder, { recursive: true, force: true });
    lock.remove();
  } catch {
    // The scan is running, or the folder belongs to another user.
  }
}
