import type { Asset } from '../../asset.js';
import { trustLimits } from '../../trust/trust-limits.js';
import { ByteWindow, bounded, malformed } from '../containers/walk.js';
import { asStore, type Located, tooLarge } from './located.js';

const BLOCK = { extension: 0x21, image: 0x2c, trailer: 0x3b } as const;
const APPLICATION = 0xff;
const C2PA_GIF = Buffer.from('C2PA_GIF', 'latin1');

/** GIF89a: the application extension `C2PA_GIF`, its data in sub-blocks of up to 255 bytes. */
export async function gifStore(asset: Asset): Promise<Located> {
  const walker = new GifWalker(asset);
  const stores: Located['stores'] = [];
  try {
    for await (const application of walker.applications()) {
      stores.push(...asStore(application.bytes, 'application extension C2PA_GIF'));
      // Two are already more than the standard allows.
      if (stores.length > 1) break;
    }
    return { stores };
  } catch (error) {
    if (error instanceof GifFault) return { stores, fault: error.fault };
    throw error;
  }
}

class GifFault extends Error {
  constructor(readonly fault: NonNullable<Located['fault']>) {
    super(fault.reason);
  }
}

class GifWalker {
  readonly #window: ByteWindow;
  #at = 0;
  #subBlocks = 0;

  constructor(asset: Asset) {
    this.#window = new ByteWindow(asset);
  }

  /** The content of every C2PA application extension, in file order. */
  async *applications(): AsyncGenerator<{ bytes: Buffer }> {
    const screen = await this.#take(13);
    this.#at += colourTableBytes(screen[10] ?? 0);
    for (let blocks = 0; blocks < trustLimits.gifBlocks; blocks++) {
      const kind = (await this.#take(1))[0];
      if (kind === BLOCK.trailer) return;
      if (kind === BLOCK.image) {
        const image = await this.#take(9);
        // One byte after the local colours gives the code size of the picture data.
        this.#at += colourTableBytes(image[8] ?? 0) + 1;
        await this.#subBlocksOf(false);
      } else if (kind === BLOCK.extension) {
        const label = (await this.#take(1))[0];
        const first = label === APPLICATION ? await this.#peek(12) : Buffer.alloc(0);
        const isC2pa = first.length === 12 && first[0] === 11 && first.subarray(1, 9).equals(C2PA_GIF);
        if (isC2pa) this.#at += 12;
        const bytes = await this.#subBlocksOf(isC2pa);
        if (isC2pa) yield { bytes };
      } else throw new GifFault(malformed('gif.block', `No GIF block starts at byte ${this.#at - 1}.`));
    }
    throw new GifFault(
      bounded('bound.gifBlocks', `More than ${trustLimits.gifBlocks} GIF blocks; later ones were not read.`),
    );
  }

  /** Steps over sub-blocks up to the empty one that ends them; gathers them where asked. */
  async #subBlocksOf(gather: boolean): Promise<Buffer> {
    const parts: Buffer[] = [];
    let gathered = 0;
    for (;;) {
      this.#subBlocks += 1;
      if (this.#subBlocks > trustLimits.gifSubBlocks) {
        throw new GifFault(
          bounded(
            'bound.gifSubBlocks',
            `More than ${trustLimits.gifSubBlocks} GIF sub-blocks; later ones were not read.`,
          ),
        );
      }
      const length = (await this.#take(1))[0] ?? 0;
      if (length === 0) return Buffer.concat(parts);
      if (!gather) {
        this.#at += length;
        continue;
      }
      gathered += length;
      const large = tooLarge(gathered);
      if (large) throw new GifFault(large);
      parts.push(Buffer.from(await this.#take(length)));
    }
  }

  async #take(length: number): Promise<Buffer> {
    const bytes = await this.#peek(length);
    if (bytes.length < length)
      throw new GifFault(malformed('gif.truncated', 'The GIF ends before its trailer.'));
    this.#at += length;
    return bytes;
  }

  #peek(length: number): Promise<Buffer> {
    return this.#window.bytes(this.#at, length);
  }
}

/** Packed field: the top bit says that a table follows, the low three its size. */
function colourTableBytes(packed: number): number {
  return (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 0x07) + 1);
}
