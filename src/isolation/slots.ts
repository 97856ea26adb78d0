import { createHash, type Hash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '../core/ground/digest.js';
import { openBeside, readRangeBeside } from '../core/media/read-range.js';
import { ownFolder } from '../own-folder.js';
import { MEMORY_FOLDERS } from './memory-folders.js';
import { NearDisks } from './near-disk.js';

/**
 * A running sandbox gets no new mounts, and Node hands no open file to another process. So a sandboxed process that is
 * used again has one folder in sight from its start, and what it is to read is copied there: into memory, over what
 * stood there before.
 */

/** Copied at one go; larger files in pieces of this. */
const PIECE_BYTES = 1024 ** 2;
/** What was read is wiped when nothing else has come by then. */
const WIPE_MILLIS = 250;

/** One file as it is shown to a process. */
class Place {
  readonly #fd: number;
  /** Kept from file to file: memory of its own for each would keep the collector busy. */
  #piece = Buffer.alloc(0);
  #bytes = 0;
  #closed = false;
  /** Of what stands here, until other bytes do. */
  #digest: (() => string) | undefined;

  constructor(path: string) {
    this.#fd = openSync(path, 'wx', 0o644);
    // The process may be another user; the folder above is closed to everyone else.
    chmodSync(path, 0o644);
  }

  /**
   * Gives what takes the digest of what stands here now: its process need not wait for that. Opened without waiting, as it
   * may have become a FIFO since it was looked at. Throws the system's error.
   */
  async take(path: string): Promise<() => string> {
    // Whoever asked for what stood here before may still want to know: soon it can no longer be told.
    this.#digest?.();
    this.#digest = undefined;
    const flags = constants.O_RDONLY | constants.O_NONBLOCK;
    const atOnce = await isNear(path);
    const file = atOnce ? openSync(path, flags) : await openBeside(path, flags);
    try {
      const stats = fstatSync(file);
      if (!stats.isFile()) throw Object.assign(new Error('it is no regular file'), { code: 'ENOTREG' });
      this.#digest = await this.#copy(file, stats.size, atOnce);
      return this.#digest;
    } finally {
      closeSync(file);
    }
  }

  async #copy(file: number, bytes: number, atOnce: boolean): Promise<() => string> {
    let hash: Hash | undefined;
    // A byte more, to notice one that grows.
    const piece = this.#room(Math.min(PIECE_BYTES, bytes + 1));
    let at = 0;
    for (;;) {
      // One that became larger meanwhile goes on like any other.
      const bytesRead =
        atOnce && at === 0
          ? readSync(file, piece, 0, piece.length, at)
          : await readRangeBeside(file, piece, at);
      // Its process is gone meanwhile, and the descriptor may be another file's by now.
      if (this.#closed) throw Object.assign(new Error('the process is gone'), { code: 'ECANCELED' });
      if (bytesRead === 0) break;
      writeAll(this.#fd, piece, bytesRead, at);
      const isLast = bytesRead < piece.length && at + bytesRead >= bytes;
      if (isLast && at === 0)
        return this.#stands(
          bytesRead,
          once(() => sha256Hex(piece.subarray(0, bytesRead))),
        );
      hash ??= createHash('sha256');
      hash.update(piece.subarray(0, bytesRead));
      at += bytesRead;
      if (isLast) break;
    }
    const digest = (hash ?? createHash('sha256')).digest('hex');
    return this.#stands(at, () => digest);
  }

  #stands(bytes: number, digest: () => string): () => string {
    if (bytes < this.#bytes) ftruncateSync(this.#fd, bytes);
    this.#bytes = bytes;
    return digest;
  }

  #room(bytes: number): Buffer {
    if (this.#piece.length < bytes) this.#piece = Buffer.allocUnsafeSlow(bytes);
    return this.#piece.subarray(0, bytes);
  }

  wipe(): void {
    if (this.#bytes > 0) ftruncateSync(this.#fd, 0);
    this.#bytes = 0;
    this.#piece = Buffer.alloc(0);
    this.#digest = undefined;
  }

  close(): void {
    this.#closed = true;
    closeSync(this.#fd);
  }
}

/** Its answer, however often it is asked. */
function once<T>(ask: () => T): () => T {
  let answer: { is: T } | undefined;
  return () => {
    answer ??= { is: ask() };
    return answer.is;
  };
}

function writeAll(fd: number, from: Buffer, bytes: number, at: number): void {
  for (let written = 0; written < bytes; ) {
    written += writeSync(fd, from, written, bytes - written, at + written);
  }
}

const TEMPORARY = '.tmp';

const near = new NearDisks();

/**
 * Whether it can be read at once: a small file on a disk of this machine, which to wake another thread for takes as long
 * as to read it. A link may lead to a share on the network, which may not answer.
 */
async function isNear(path: string): Promise<boolean> {
  const known = near.has(path);
  if (!(typeof known === 'boolean' ? known : await known)) return false;
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true && stats.size < PIECE_BYTES;
}

/** The folder of one process. */
export class Slot {
  readonly folder: string;
  readonly #places = new Map<string, Place>();
  #wiping: NodeJS.Timeout | undefined;
  #removed = false;

  /** `group`: the one that may look into it; left out where nobody comes to it by its path. */
  constructor(folder: string, group?: number) {
    this.folder = folder;
    mkdirSync(folder, { mode: 0o700 });
    if (group !== undefined) chownSync(folder, process.getuid?.() ?? 0, group);
    chmodSync(folder, group === undefined ? 0o755 : 0o750);
  }

  /** Beside it, for temporary files of its process. */
  temporary(group?: number): string {
    const folder = `${this.folder}${TEMPORARY}`;
    mkdirSync(folder, { mode: 0o700 });
    if (group !== undefined) {
      chownSync(folder, process.getuid?.() ?? 0, group);
      chmodSync(folder, 0o770);
    }
    return folder;
  }

  /** Copies `path` to `name` in the folder; what takes the digest of just these bytes. Throws the system's error. */
  async show(name: string, path: string): Promise<() => string> {
    clearTimeout(this.#wiping);
    if (this.#removed) throw Object.assign(new Error('the process is gone'), { code: 'ECANCELED' });
    const place = this.#places.get(name) ?? new Place(join(this.folder, name));
    this.#places.set(name, place);
    return place.take(path);
  }

  /** What was shown is not needed any more. */
  done(): void {
    clearTimeout(this.#wiping);
    if (this.#removed) return;
    this.#wiping = setTimeout(() => this.#wipe(), WIPE_MILLIS);
    this.#wiping.unref();
  }

  remove(): void {
    if (this.#removed) return;
    this.#removed = true;
    clearTimeout(this.#wiping);
    this.#wipe();
    for (const place of this.#places.values()) place.close();
    for (const folder of [this.folder, `${this.folder}${TEMPORARY}`])
      rmSync(folder, { recursive: true, force: true });
  }

  #wipe(): void {
    for (const place of this.#places.values()) place.wipe();
  }
}

export interface SlotWish {
  /** Of a process that comes to it by its path, as another user. */
  group?: number | undefined;
  /** Large files have no room in memory. */
  onDisk?: boolean;
}

/** The folders of this parent's processes, made when the first is asked for. */
export class Slots {
  readonly #roots = new Map<string, string>();
  #made = 0;

  make({ group, onDisk = false }: SlotWish = {}): Slot {
    const key = `${onDisk} ${group !== undefined}`;
    const root = this.#roots.get(key) ?? makeRoot(onDisk ? [tmpdir()] : MEMORY_FOLDERS);
    this.#roots.set(key, root);
    // To be passed through; what stands there is closed to everyone but its own process.
    if (group !== undefined) chmodSync(root, 0o711);
    this.#made += 1;
    return new Slot(join(root, `${this.#made}`), group);
  }

  remove(): void {
    for (const root of this.#roots.values()) rmSync(root, { recursive: true, force: true });
    this.#roots.clear();
  }
}

function makeRoot(folders: readonly string[]): string {
  let refusal: unknown;
  for (const folder of folders) {
    try {
      return ownFolder(folder, 'assay-reading');
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}
