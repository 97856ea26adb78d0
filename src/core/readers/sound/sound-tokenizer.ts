import type { IGetToken } from 'strtok3';
import { EndOfStreamError } from 'strtok3/core';
import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { type Peek, RangeTokenizer } from '../../media/range-tokenizer.js';
import { ByteWindow } from '../containers/walk.js';

/** Thrown to stop music-metadata at a limit of Assay; the file is not at fault. */
export class SoundReadLimitError extends Error {
  override name = 'SoundReadLimitError';
}

/**
 * File access of music-metadata. The library requests each number of each chunk separately and has no limit on chunks:
 * a file of a hundred thousand empty ones kept it busy past its deadline. This tokenizer serves most requests from
 * memory and limits their number.
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
   * Limits the samples of a track run (`trun`). If all have the default size and duration, no byte is stored per sample, so the count
   * is not limited by the file (ISO/IEC 14496-12 §8.8.8). music-metadata creates an object for each: 20 kB were enough
   * for 4 GB of memory.
   */
  override async readToken<T>(token: IGetToken<T>, position = this.position): Promise<T> {
    if (token.len >= RUN_HEAD_BYTES && position >= BOX_TYPE_BYTES) {
      const head = await this.#window.bytes(position - BOX_TYPE_BYTES, BOX_TYPE_BYTES + RUN_HEAD_BYTES);
      if (head.toString('latin1', 0, BOX_TYPE_BYTES) === 'trun' && samplesIn(head) > limits.defaultSamples)
        throw new SoundReadLimitError(`a track run of more than ${limits.defaultSamples} samples`);
    }
    return super.readToken(token, position);
  }

  async peekBuffer(target: Uint8Array, options?: Peek): Promise<number> {
    const { position, length, mayBeLess } = this.normalizeOptions(target, options);
    if (++this.#reads > limits.soundReads)
      throw new SoundReadLimitError(`more than ${limits.soundReads} reads were asked for`);
    const found = await this.#window.bytes(position, length);
    target.set(found);
    if (found.length < length && !mayBeLess) throw new EndOfStreamError();
    return found.length;
  }
}

const BOX_TYPE_BYTES = 4;
const RUN_HEAD_BYTES = 8;
/** Flags for duration, size, flags and composition offset; each takes four bytes per sample. */
const PER_SAMPLE_FLAGS = 0x000f00;

/** Returns the sample count of a run without per-sample data. Other runs are limited by their length. */
function samplesIn(head: Buffer): number {
  if (head.length < BOX_TYPE_BYTES + RUN_HEAD_BYTES) return 0;
  const flags = head.readUIntBE(BOX_TYPE_BYTES + 1, 3);
  return (flags & PER_SAMPLE_FLAGS) === 0 ? head.readUInt32BE(BOX_TYPE_BYTES + 4) : 0;
}
