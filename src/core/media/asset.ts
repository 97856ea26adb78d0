import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { limits } from '../ground/limits.js';
import { LargeHash } from './large-hash.js';
import type { MediaType } from './media-kinds.js';
import { detectMediaType } from './media-type.js';
import { readRange, readRangeBeside } from './read-range.js';

/**
 * The file under inspection: read-only, addressed by range. A small one is read once and closed; none but those is
 * held whole.
 */
export class Asset {
  readonly path: string;
  readonly bytes: number;
  readonly mediaType: MediaType;
  /** The whole of a small file, or the descriptor of a larger one. */
  readonly #content: Buffer | number;
  readonly #largeHash: LargeHash | undefined;
  readonly #told: Promise<string> | undefined;

  private constructor(
    path: string,
    bytes: number,
    mediaType: MediaType,
    content: Buffer | number,
    told: Promise<string> | undefined,
  ) {
    this.path = path;
    this.bytes = bytes;
    this.mediaType = mediaType;
    this.#content = content;
    this.#told = told;
    if (told === undefined && typeof content === 'number' && bytes > limits.smallAssetBytes)
      this.#largeHash = new LargeHash(content);
  }

  /**
   * Opens a regular file and decides its media type from its bytes. `sha256`: somebody else hashes it.
   * Throws the system's error (`ENOENT`, `EACCES`, …) or one with code `EISDIR`/`ENOTREG`.
   */
  static async open(path: string, sha256?: Promise<string>): Promise<Asset> {
    const fd = openSync(path, 'r');
    let kept = false;
    try {
      const stat = fstatSync(fd);
      if (!stat.isFile()) {
        throw Object.assign(new Error(stat.isDirectory() ? 'it is a folder' : 'it is not a regular file'), {
          code: stat.isDirectory() ? 'EISDIR' : 'ENOTREG',
        });
      }
      const small = stat.size <= limits.heldAssetBytes;
      const held = readRange(fd, 0, small ? stat.size : limits.sniffBytes);
      const read = (offset: number, length: number) =>
        small ? held.subarray(offset, offset + length) : readRange(fd, offset, length);
      const mediaType = await detectMediaType(read, held.subarray(0, limits.sniffBytes), stat.size);
      const asset = new Asset(path, stat.size, mediaType, small ? held : fd, sha256);
      kept = !small;
      return asset;
    } finally {
      if (!kept) closeSync(fd);
    }
  }

  /** Up to `length` bytes from `offset`; shorter at the file's end, empty past it. Not to be written into. */
  async read(offset: number, length: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, this.bytes - offset));
    if (typeof this.#content === 'number') return readRange(this.#content, offset, wanted);
    return this.#content.subarray(offset, offset + wanted);
  }

  /** Lower-case hexadecimal. */
  async sha256(): Promise<string> {
    if (this.#told !== undefined) return this.#told;
    const hash = createHash('sha256');
    if (typeof this.#content !== 'number') {
      // What was asked for before this may be about to give work to another thread.
      await nextTurn();
      return hash.update(this.#content).digest('hex');
    }
    if (this.#largeHash) return this.#largeHash.digest();
    const chunk = Buffer.allocUnsafe(limits.hashChunkBytes);
    for (let offset = 0; ; ) {
      const bytes = await readRangeBeside(this.#content, chunk, offset);
      if (bytes === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, bytes));
      offset += bytes;
    }
  }

  async close(): Promise<void> {
    await this.#largeHash?.stop();
    if (typeof this.#content === 'number') closeSync(this.#content);
  }
}
