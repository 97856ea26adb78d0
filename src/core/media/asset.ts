import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { limits } from '../ground/limits.js';
import { LargeHash } from './large-hash.js';
import type { MediaType } from './media-kinds.js';
import { detectMediaType } from './media-type.js';
import { readRange, readRangeBeside } from './read-range.js';

/** What a program beside us is given: a file by its path, a part of one as bytes. */
export type Source = string | Buffer;

/** A run of bytes of a file. */
export interface ByteRange {
  start: number;
  bytes: number;
}

/** A run of bytes of another asset. */
interface Within {
  asset: Asset;
  offset: number;
}

/** Two assets of which the second goes on where the first ends. */
interface Joined {
  first: Asset;
  second: Asset;
}

/**
 * The file under inspection: read-only, addressed by range. A small one is read once and closed; none but those is
 * held whole. A part of a file is an asset too: a run of its bytes, or bytes that were unpacked.
 */
export class Asset {
  /** Undefined of a part. */
  readonly path: string | undefined;
  readonly bytes: number;
  readonly mediaType: MediaType;
  /**
   * What was found in it once, by what it is: several readers look for the same (`once`). Kept here and not in a table by the
   * asset: V8 lets go of what such a table holds only when it collects the whole heap, and views of its bytes are in it.
   */
  readonly found = new Map<string, Promise<unknown>>();
  /** The whole of a small file, the descriptor of a larger one, or where in another file it stands. */
  readonly #content: Buffer | number | Within | Joined;
  readonly #largeHash: LargeHash | undefined;
  readonly #told: Promise<string> | undefined;

  private constructor(
    path: string | undefined,
    bytes: number,
    mediaType: MediaType,
    content: Buffer | number | Within | Joined,
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

  /**
   * Bytes that stand in no file as they are, such as those of a packed member. Its type is decided from them, unless they
   * are of one that cannot be told so (`coded`). `sha256`: somebody else hashes them.
   */
  static async ofBytes(content: Buffer, coded?: MediaType, sha256?: Promise<string>): Promise<Asset> {
    if (coded !== undefined) return new Asset(undefined, content.length, coded, content, sha256);
    const read = (offset: number, length: number) => content.subarray(offset, offset + length);
    const mediaType = await detectMediaType(read, content.subarray(0, limits.sniffBytes), content.length);
    return new Asset(undefined, content.length, mediaType, content, sha256);
  }

  /**
   * A run of this asset's bytes as an asset of its own, as long as this one is open. It ends where this one does,
   * however many bytes are stated.
   */
  async part(offset: number, bytes: number, coded?: MediaType): Promise<Asset> {
    const held = Math.max(0, Math.min(bytes, this.bytes - offset));
    if (held <= limits.heldAssetBytes) return Asset.ofBytes(await this.read(offset, held), coded);
    if (coded !== undefined) return new Asset(undefined, held, coded, { asset: this, offset }, undefined);
    const head = await this.read(offset, limits.sniffBytes);
    // file-type asks for ranges at once: those behind the head are read where this asset stands.
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

  /**
   * Both as one, of the first's type, as long as they are open. It has no path, since it stands in no file.
   */
  static joined(first: Asset, second: Asset): Asset {
    return new Asset(undefined, first.bytes + second.bytes, first.mediaType, { first, second }, undefined);
  }

  /** For a program that reads by itself: the path, or of a part all of its bytes. */
  async source(): Promise<Source> {
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

  /** Up to `length` bytes from `offset`; shorter at the file's end, empty past it. Not to be written into. */
  async read(offset: number, length: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, this.bytes - offset));
    return this.#readNow(offset, wanted);
  }

  /** Lower-case hexadecimal. */
  async sha256(): Promise<string> {
    if (this.#told !== undefined) return this.#told;
    const hash = createHash('sha256');
    if (Buffer.isBuffer(this.#content)) {
      // What was asked for before this may be about to give work to another thread.
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
