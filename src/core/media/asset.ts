import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { limits } from '../../base/limits.js';
import { LargeHash } from './large-hash.js';
import type { MediaType } from './media-kinds.js';
import { detectMediaType } from './media-type.js';
import { readRange, readRangeAsync } from './read-range.js';

/** Input of programs and libraries that read on their own: a file's path, or the bytes of a part. */
export type AssetSource = string | Buffer;

/** Contiguous bytes of a file. */
export interface ByteRange {
  start: number;
  bytes: number;
}

/** Contiguous bytes of another asset. */
interface RangeContent {
  asset: Asset;
  offset: number;
}

/** Two assets read as one, the second following the first. */
interface JoinedContent {
  first: Asset;
  second: Asset;
}

/**
 * Inspected file: read-only, with random access. A small file is read once and closed; larger ones are never loaded
 * whole. Parts of a file are assets too: a range of its bytes, or unpacked bytes.
 */
export class Asset {
  /** Undefined for a part. */
  readonly path: string | undefined;
  readonly bytes: number;
  readonly mediaType: MediaType;
  /**
   * Results shared by several readers, by name (`once`). Stored here rather than in a WeakMap: V8 frees entries of a
   * WeakMap only in a full collection, and the results hold views of the file's bytes.
   */
  readonly found = new Map<string, Promise<unknown>>();
  /** Content of a small file, descriptor of a larger one, or position in other assets. */
  readonly #content: Buffer | number | RangeContent | JoinedContent;
  readonly #largeHash: LargeHash | undefined;
  readonly #told: Promise<string> | undefined;

  private constructor(
    path: string | undefined,
    bytes: number,
    mediaType: MediaType,
    content: Buffer | number | RangeContent | JoinedContent,
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
   * Opens a regular file and determines its media type from its bytes. `sha256`: digest computed elsewhere. Throws the
   * system's error (`ENOENT`, `EACCES`, …) or one with code `EISDIR`/`ENOTREG`.
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
      const small = stat.size <= limits.inMemoryAssetBytes;
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

  /**
   * Creates an asset from bytes, such as an unpacked archive member. The type is determined from the bytes, unless it
   * cannot be recognised and is given as `coded`. `sha256`: digest computed elsewhere.
   */
  static async fromBytes(content: Buffer, coded?: MediaType, sha256?: Promise<string>): Promise<Asset> {
    if (coded !== undefined) return new Asset(undefined, content.length, coded, content, sha256);
    const read = (offset: number, length: number) => content.subarray(offset, offset + length);
    const mediaType = await detectMediaType(read, content.subarray(0, limits.sniffBytes), content.length);
    return new Asset(undefined, content.length, mediaType, content, sha256);
  }

  /**
   * Creates an asset from a range of this one. It is valid while this one is open and never extends past its end,
   * whatever size is stated.
   */
  async part(offset: number, bytes: number, coded?: MediaType): Promise<Asset> {
    const held = Math.max(0, Math.min(bytes, this.bytes - offset));
    if (held <= limits.inMemoryAssetBytes) return Asset.fromBytes(await this.read(offset, held), coded);
    if (coded !== undefined) return new Asset(undefined, held, coded, { asset: this, offset }, undefined);
    const head = await this.read(offset, limits.sniffBytes);
    // file-type requests ranges synchronously; those behind the head are read from this asset.
    const read = (at: number, length: number) =>
      this.#readNow(offset + at, Math.max(0, Math.min(length, held - at)));
    return new Asset(
      undefined,
      held,
      await detectMediaType(read, head, held),
      { asset: this, offset },
      undefined,
    );
  }

  /** Joins two assets with the type of the first. Valid while both are open; has no path. */
  static join(first: Asset, second: Asset): Asset {
    return new Asset(undefined, first.bytes + second.bytes, first.mediaType, { first, second }, undefined);
  }

  /** Returns the input for a program that reads on its own: the path, or all bytes of a part. */
  async source(): Promise<AssetSource> {
    return this.path ?? this.read(0, this.bytes);
  }

  #readNow(offset: number, wanted: number): Buffer {
    const content = this.#content;
    if (typeof content === 'number') return readRange(content, offset, wanted);
    if (Buffer.isBuffer(content)) return content.subarray(offset, offset + wanted);
    if ('first' in content) {
      const { first, second } = content;
      const before = Math.max(0, Math.min(wanted, first.bytes - offset));
      if (before === wanted) return first.#readNow(offset, wanted);
      const rest = second.#readNow(Math.max(0, offset - first.bytes), wanted - before);
      return before === 0 ? rest : Buffer.concat([first.#readNow(offset, before), rest]);
    }
    return content.asset.#readNow(content.offset + offset, wanted);
  }

  /** Returns up to `length` bytes from `offset`; fewer at the file's end, none past it. The buffer must not be modified. */
  async read(offset: number, length: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, this.bytes - offset));
    return this.#readNow(offset, wanted);
  }

  /** Returns the digest in lower-case hexadecimal. */
  async sha256(): Promise<string> {
    if (this.#told !== undefined) return this.#told;
    const hash = createHash('sha256');
    if (Buffer.isBuffer(this.#content)) {
      // Lets operations that were started earlier hand their work to other threads before this thread is blocked by
      // hashing.
      await nextTurn();
      return hash.update(this.#content).digest('hex');
    }
    if (this.#largeHash) return this.#largeHash.digest();
    if (typeof this.#content !== 'number') {
      for (let offset = 0; offset < this.bytes; offset += limits.hashChunkBytes)
        hash.update(await this.read(offset, limits.hashChunkBytes));
      return hash.digest('hex');
    }
    const chunk = Buffer.allocUnsafe(limits.hashChunkBytes);
    for (let offset = 0; ; ) {
      const bytes = await readRangeAsync(this.#content, chunk, offset);
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
