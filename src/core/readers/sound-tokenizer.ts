import type { IGetToken } from 'strtok3';
import { EndOfStreamError } from 'strtok3/core';
import { limits } from '../ground/limits.js';
import type { Asset } from '../media/asset.js';
import { type Peek, RangeTokenizer } from '../media/range-tokenizer.js';
import { ByteWindow } from './containers/walk.js';

/** Why music-metadata was stopped: our bound, not the file's fault. */
export class TooManySoundReads extends Error {
  override name = 'TooManySoundReads';
}

/**
 * What music-metadata reads a file through. It asks for each number of each chunk by itself and knows no end of
 * chunks: a file of a hundred thousand empty ones kept it busy past its deadline. Here most of what it asks for is
 * in memory already, and it may ask only so often.
 */
export class SoundTokenizer extends RangeTokenizer {
  readonly fileInfo: { size: number; mimeType?: string };
  readonly #window: ByteWindow;
  #reads = 0;

  constructor(asset: Asset, mimeType: string) {
    super();
    this.fileInfo = { size: asset.bytes, mimeType };
    this.#window = new ByteWindow(asset);
  }

  /**
   * ISO/IEC 14496-12 §8.8.8: a run whose samples all have the default size and duration takes no byte a sample, so
   * its count is bounded by nothing. music-metadata makes an object for each: 20 kB were enough for 4 GB of memory.
   */
  override async readToken<T>(token: IGetToken<T>, position = this.position): Promise<T> {
    if (token.len >= RUN_HEAD_BYTES && position >= BOX_TYPE_BYTES) {
      const head = await this.#window.bytes(position - BOX_TYPE_BYTES, BOX_TYPE_BYTES + RUN_HEAD_BYTES);
      if (head.toString('latin1', 0, BOX_TYPE_BYTES) === 'trun' && samplesIn(head) > limits.defaultSamples)
        throw new TooManySoundReads(`a track run of more than ${limits.defaultSamples} samples`);
    }
    return super.readToken(token, position);
  }

  async peekBuffer(target: Uint8Array, options?: Peek): Promise<number> {
    const { position, length, mayBeLess } = this.normalizeOptions(target, options);
    if (++this.#reads > limits.soundReads)
      throw new TooManySoundReads(`more than ${limits.soundReads} reads were asked for`);
    const found = await this.#window.bytes(position, length);
    target.set(found);
    if (found.length < length && !mayBeLess) throw new EndOfStreamError();
    return found.length;
  }
}

const BOX_TYPE_BYTES = 4;
const RUN_HEAD_BYTES = 8;
/** Duration, size, flags, composition offset: four bytes a sample where any is set. */
const PER_SAMPLE_FLAGS = 0x000f00;

/** Of a run that says nothing of its samples one by one; others are as long as what they say. */
function samplesIn(head: Buffer): number {
  if (head.length < BOX_TYPE_BYTES + RUN_HEAD_BYTES) return 0;
  const flags = head.readUIntBE(BOX_TYPE_BYTES + 1, 3);
  return (flags & PER_SAMPLE_FLAGS) === 0 ? head.readUInt32BE(BOX_TYPE_BYTES + 4) : 0;
}
