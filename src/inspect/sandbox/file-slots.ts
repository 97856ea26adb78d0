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
import { sha256Hex } from '../../base/digest.js';
import { MEMORY_FOLDERS } from '../../base/files/memory-folders.js';
import { createOwnFolder } from '../../base/files/temp-dir.js';
import { openAsync, readRangeAsync } from '../../core/media/read-range.js';
import { LocalDisks } from '../files/local-disk.js';

/**
 * A running sandbox gets no new mounts, and Node cannot pass an open file to another process. A reused sandboxed
 * process therefore sees one folder from its start, and the files it reads are copied there, in memory, over the
 * previous ones.
 */

/** Smaller files are copied in one step, larger ones in pieces of this size. */
const PIECE_BYTES = 1024 ** 2;
/** Time after which content is wiped unless another file replaces it. */
const WIPE_MILLIS = 250;

/** One file as shown to a process. */
class SlotFile {
  readonly #fd: number;
  /** Reused from file to file: new memory for each would keep the garbage collector busy. */
  #piece = Buffer.alloc(0);
  #bytes = 0;
  #closed = false;
  /** Digest of the current content. */
  #digest: (() => string) | undefined;

  constructor(path: string) {
    this.#fd = openSync(path, 'wx', 0o644);
    // The process may run as another user; the folder above is closed to everyone else.
    chmodSync(path, 0o644);
  }

  /**
   * Copies a file here and returns a function that computes its digest, for which the process need not wait. Opens
   * without blocking, because the file may have become a FIFO since it was checked. Throws the system's error.
   */
  async take(path: string): Promise<() => string> {
    // Computes the digest of the previous content before it is overwritten, since a caller may still need it.
    this.#digest?.();
    this.#digest = undefined;
    const flags = constants.O_RDONLY | constants.O_NONBLOCK;
    const atOnce = await isLocalSmallFile(path);
    const file = atOnce ? openSync(path, flags) : await openAsync(path, flags);
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
    // Reads one byte more to detect a growing file.
    const piece = this.#room(Math.min(PIECE_BYTES, bytes + 1));
    let at = 0;
    for (;;) {
      // A file that grew meanwhile is read on asynchronously like any other.
      const bytesRead =
        atOnce && at === 0
          ? readSync(file, piece, 0, piece.length, at)
          : await readRangeAsync(file, piece, at);
      // The process is gone, and the descriptor may already belong to another file.
      if (this.#closed) throw Object.assign(new Error('the process is gone'), { code: 'ECANCELED' });
      if (bytesRead === 0) break;
      writeAll(this.#fd, piece, bytesRead, at);
      const isLast = bytesRead < piece.length && at + bytesRead >= bytes;
      if (isLast && at === 0)
        return this.#stands(
          bytesRead,
          memoize(() => sha256Hex(piece.subarray(0, bytesRead))),
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

/** Returns a function that computes its result once. */
function memoize<T>(ask: () => T): () => T {
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

const near = new LocalDisks();

/**
 * Returns true if the file can be read synchronously: a small file on a local disk, for which waking another thread
 * takes as long as reading. A link may lead to a network share, which may not respond.
 */
async function isLocalSmallFile(path: string): Promise<boolean> {
  const known = near.has(path);
  if (!(typeof known === 'boolean' ? known : await known)) return false;
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true && stats.size < PIECE_BYTES;
}

/** Folder of one process. */
export class FileSlot {
  readonly folder: string;
  readonly #places = new Map<string, SlotFile>();
  #wiping: NodeJS.Timeout | undefined;
  #removed = false;

  /** `group`: group that may access the folder; absent if nobody reaches it by its path. */
  constructor(folder: string, group?: number) {
    this.folder = folder;
    mkdirSync(folder, { mode: 0o700 });
    if (group !== undefined) chownSync(folder, process.getuid?.() ?? 0, group);
    chmodSync(folder, group === undefined ? 0o755 : 0o750);
  }

  /** Creates a folder next to this one for temporary files of its process. */
  temporary(group?: number): string {
    const folder = `${this.folder}${TEMPORARY}`;
    mkdirSync(folder, { mode: 0o700 });
    if (group !== undefined) {
      chownSync(folder, process.getuid?.() ?? 0, group);
      chmodSync(folder, 0o770);
    }
    return folder;
  }

  /**
   * Copies `path` to `name` in the folder and returns a function that computes the digest of the copied bytes. Throws
   * the system's error.
   */
  async show(name: string, path: string): Promise<() => string> {
    clearTimeout(this.#wiping);
    if (this.#removed) throw Object.assign(new Error('the process is gone'), { code: 'ECANCELED' });
    const place = this.#places.get(name) ?? new SlotFile(join(this.folder, name));
    this.#places.set(name, place);
    return place.take(path);
  }

  /** Schedules wiping of the shown files. */
  scheduleWipe(): void {
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

export interface SlotOptions {
  /** Group of a process that runs as another user and reaches the folder by its path. */
  group?: number | undefined;
  /** Uses a disk, because large files do not fit in memory. */
  onDisk?: boolean;
}

/** Folders of this parent's processes, created on first use. */
export class FileSlots {
  readonly #roots = new Map<string, string>();
  #made = 0;

  make({ group, onDisk = false }: SlotOptions = {}): FileSlot {
    const key = `${onDisk} ${group !== undefined}`;
    const root = this.#roots.get(key) ?? createRoot(onDisk ? [tmpdir()] : MEMORY_FOLDERS);
    this.#roots.set(key, root);
    // The root may only be passed through; each folder in it is closed to everyone but its own process.
    if (group !== undefined) chmodSync(root, 0o711);
    this.#made += 1;
    return new FileSlot(join(root, `${this.#made}`), group);
  }

  remove(): void {
    for (const root of this.#roots.values()) rmSync(root, { recursive: true, force: true });
    this.#roots.clear();
  }
}

function createRoot(folders: readonly string[]): string {
  let refusal: unknown;
  for (const folder of folders) {
    try {
      return createOwnFolder(folder, 'assay-reading');
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}
