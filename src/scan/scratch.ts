import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { type FileHandle, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { said } from '../say/said.js';
import { FileLock } from '../store/file-lock.js';
import { SourceError } from './entry.js';

const ATTEMPTS = 3;
const USUAL_MODE = 0o600;
const PREFIX = 'assay-scratch-';
/** Nothing but what this very code has made is ever taken away: such a name, and its lock beside it. */
const OURS = /^assay-scratch-\d+-[0-9a-z]+\.lock$/;
/** Other programs need room on the same disk. */
const LEFT_FREE_BYTES = 256 * 1024 ** 2;

/** A file on this machine for bytes that come from elsewhere, until they have been read. */
export interface ScratchFile {
  path: string;
  /** At the end of what is there, or from byte `at` on. Rejects with a SourceError. */
  write(bytes: Uint8Array, at?: number): Promise<void>;
  /** The bytes are all there. */
  closed(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Room for objects and members of archives while they are inspected, in a folder of its own below the temporary one.
 * The disk bounds it: whoever finds no room waits for those that were let in before, and what is larger than all of the
 * room is not checked.
 */
export class Scratch {
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
   * Folders of scans that were killed are taken away. `mostBytes`: no more is held at a time, but for a file that is alone
   * there; the disk bounds it all the same.
   */
  static begin(below: string, { mostBytes = Number.POSITIVE_INFINITY } = {}): Scratch {
    for (const name of readdirSync(below)) {
      if (OURS.test(name)) sweep(join(below, name.slice(0, -'.lock'.length)));
    }
    for (let attempt = 1; ; attempt += 1) {
      const folder = join(below, `${PREFIX}${process.pid}-${randomBytes(6).toString('hex')}`);
      try {
        const lock = FileLock.take(`${folder}.lock`);
        mkdirSync(folder, { mode: 0o700 });
        return new Scratch(folder, lock, mostBytes);
      } catch (error) {
        // Another scan that sweeps may have looked at it at this very moment.
        if (attempt >= ATTEMPTS) throw error;
      }
    }
  }

  /** Rejects with a SourceError where so much can never be held. `mode`: as of any file; the folder lets nobody else in. */
  async take(bytes: number, mode = USUAL_MODE): Promise<ScratchFile> {
    await this.#room(bytes);
    this.#held += bytes;
    this.#inside += 1;
    const path = join(this.#folder, String(this.#next++));
    let file: FileHandle;
    try {
      file = await open(path, 'wx', mode);
      // Whatever this process lets others have of its files: whoever asks for another mode needs it.
      if (mode !== USUAL_MODE) await file.chmod(mode);
    } catch (error) {
      this.#leave(bytes);
      throw error;
    }
    const write = async (piece: Uint8Array, at?: number) => {
      try {
        if (at === undefined) await file.writeFile(piece);
        else await writeAt(file, piece, at);
      } catch (error) {
        throw new SourceError('not-checked', said('scan.lost.scratch'), { cause: error });
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

  /** Whoever keeps a file here while others are taken says so, lest those wait for it. Gives back how to take that back. */
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
      // What is held may be on the disk already: then it is counted twice, to the safe side.
      const fits = bytes + this.#held + LEFT_FREE_BYTES <= bavail * bsize;
      if (fits && (isAlone || bytes + this.#held <= this.#most)) return;
      if (isAlone) {
        throw new SourceError('not-checked', said('scan.lost.noRoom'));
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

/** All of it, or an error. */
async function writeAt(file: FileHandle, piece: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesWritten } = await file.write(piece, done, piece.length - done, at + done);
    done += bytesWritten;
  }
}

function sweep(folder: string): void {
  try {
    const itself = lstatSync(`${folder}.lock`);
    // In a folder that everybody may write to, a name proves nothing.
    if (!itself.isFile() || itself.uid !== process.getuid?.()) return;
    const lock = FileLock.take(`${folder}.lock`);
    rmSync(folder, { recursive: true, force: true });
    lock.remove();
  } catch {
    // Its scan is alive, or it is somebody else's: left alone.
  }
}
