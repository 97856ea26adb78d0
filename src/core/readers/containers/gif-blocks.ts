import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { ByteWindow, bounded, cachePerAsset, malformed, type Walk } from './walk.js';

/** GIF extension. Its data are in sub-blocks of up to 255 bytes, from `dataOffset` to `end`. */
export interface GifExtension {
  /** Label byte: 0xfe is a comment, 0xff an application extension. */
  label: number;
  /** Eleven characters of an application's identifier and code. */
  application?: string;
  offset: number;
  /** Offset of the length byte of the first sub-block. */
  dataOffset: number;
  /** First byte after the empty sub-block that ends the extension. */
  end: number;
}

export interface GifWalk extends Walk<GifExtension> {
  /** First byte after the trailer, if the walk reached it. */
  end?: number;
}

export const COMMENT = 0xfe;
export const APPLICATION = 0xff;

const BLOCK = { extension: 0x21, image: 0x2c, trailer: 0x3b } as const;
const APPLICATION_BYTES = 11;

/** Lists the extensions of a GIF89a in file order; pictures are skipped. */
export function readGifExtensions(asset: Asset): Promise<GifWalk> {
  return cachePerAsset(asset, 'gif', () => walkGif(asset, 0));
}

/** Walks a GIF that starts at offset `start` of the file. */
export async function walkGif(asset: Asset, start: number): Promise<GifWalk> {
  const walker = new GifWalker(asset, start);
  try {
    return { items: walker.items, end: await walker.walk() };
  } catch (error) {
    if (error instanceof GifFault) return { items: walker.items, fault: error.fault };
    throw error;
  }
}

/** Extracts the data of an extension from its sub-blocks. `bytes` are the file's bytes from `dataOffset` to `end`. */
export function joinSubBlocks(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] ?? 0;
    if (length === 0) break;
    parts.push(bytes.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return Buffer.concat(parts);
}

class GifFault extends Error {
  constructor(readonly fault: NonNullable<Walk<never>['fault']>) {
    super(fault.code);
  }
}

class GifWalker {
  readonly items: GifExtension[] = [];
  readonly #window: ByteWindow;
  #at: number;
  #subBlocks = 0;

  constructor(
    readonly asset: Asset,
    start: number,
  ) {
    this.#window = new ByteWindow(asset);
    this.#at = start;
  }

  async walk(): Promise<number> {
    const screen = await this.#take(13);
    this.#at += colourTableBytes(screen[10] ?? 0);
    for (let blocks = 0; blocks < limits.gifBlocks; blocks++) {
      const offset = this.#at;
      const kind = (await this.#take(1))[0];
      if (kind === BLOCK.trailer) return this.#at;
      if (kind === BLOCK.image) {
        const image = await this.#take(9);
        // One byte after the local colours gives the code size of the picture data.
        this.#at += colourTableBytes(image[8] ?? 0) + 1;
        await this.#stepOver();
      } else if (kind === BLOCK.extension) await this.#extension(offset);
      else throw new GifFault(malformed('data.unknownAt', { place: 'GIF', at: offset }));
    }
    throw new GifFault(bounded('bound.entries', { place: 'GIF', most: limits.gifBlocks }));
  }

  async #extension(offset: number): Promise<void> {
    const label = (await this.#take(1))[0] ?? 0;
    const head = label === APPLICATION ? await this.#peek(1 + APPLICATION_BYTES) : Buffer.alloc(0);
    const named = head.length === 1 + APPLICATION_BYTES && head[0] === APPLICATION_BYTES;
    const application = named ? head.toString('latin1', 1) : undefined;
    if (named) this.#at += 1 + APPLICATION_BYTES;
    const dataOffset = this.#at;
    await this.#stepOver();
    const id = application === undefined ? {} : { application };
    this.items.push({ label, ...id, offset, dataOffset, end: this.#at });
  }

  /** Skips the sub-blocks, including the empty one that ends them. */
  async #stepOver(): Promise<void> {
    for (;;) {
      this.#subBlocks += 1;
      if (this.#subBlocks > limits.gifSubBlocks) {
        throw new GifFault(bounded('bound.entries', { place: 'GIF', most: limits.gifSubBlocks }));
      }
      const held = this.#window.bytesInBlock(this.#at, 1);
      const length = (held ?? (await this.#take(1)))[0] ?? 0;
      if (held !== undefined) this.#at += 1;
      if (length === 0) return;
      this.#at += length;
    }
  }

  async #take(length: number): Promise<Buffer> {
    const bytes = await this.#peek(length);
    if (bytes.length < length) throw new GifFault(malformed('gif.truncated'));
    this.#at += length;
    return bytes;
  }

  #peek(length: number): Promise<Buffer> {
    return this.#window.bytes(this.#at, length);
  }
}

/**
 * Returns the size of a colour table from the packed field: the top bit marks its presence, the low three bits give its
 * size.
 */
function colourTableBytes(packed: number): number {
  return (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 0x07) + 1);
}
