import type { ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { MadePicture } from '../../media/pictures.js';
import { decodeSound } from '../pixels/ffmpeg.js';
import { openPicture } from '../pixels/open-picture.js';
import { makeSmallPicture } from './small-picture.js';

/** Visible on near-white and near-black alike. */
const COLOUR = [0x3f, 0x7f, 0xbf, 0xff] as const;
/** Ratio of the longer side to the shorter. */
const ASPECT_RATIO = 5;
const LOUDEST = 32_768;

/** Draws the loudness of a sound over time from its samples. No bytes of the file are in the drawing. */
export async function drawWaveform(asset: Asset): Promise<MadePicture | ReadFault> {
  const peaks = new Peaks(limits.waveformPixels);
  const end = await decodeSound(asset, (samples) => peaks.add(samples));
  if ('code' in end) return end;
  const { seconds, cut, damaged } = end;
  const picture = await makeSmallPicture(await renderColumns(peaks.columns()), limits.waveformPixels);
  if ('code' in picture) return picture;
  return {
    kind: 'waveform',
    seconds: Math.floor(seconds * 1_000) / 1_000,
    ...picture,
    ...(cut && { cut: true }),
    ...(damaged && { damaged: true }),
  };
}

/** Lowest and highest values of a growing number of samples, in constant memory for any length of sound. */
export class Peaks {
  readonly #columns: number;
  readonly #most: number;
  #low: number[] = [];
  #high: number[] = [];
  #each = 1;
  #left = 1;

  constructor(columns: number) {
    this.#columns = columns;
    this.#most = columns * 4;
  }

  add(samples: Int16Array): void {
    for (const sample of samples) {
      const at = this.#low.length - 1;
      if (at < 0 || this.#left === 0) this.#begin(sample);
      else {
        if (sample < (this.#low[at] ?? 0)) this.#low[at] = sample;
        if (sample > (this.#high[at] ?? 0)) this.#high[at] = sample;
      }
      this.#left -= 1;
    }
  }

  /** Returns the columns from left to right. */
  columns(): { low: number; high: number }[] {
    const count = this.#low.length;
    return Array.from({ length: Math.min(count, this.#columns) }, (_, column) => {
      const wide = Math.min(count, this.#columns);
      const [from, to] = [Math.floor((column * count) / wide), Math.floor(((column + 1) * count) / wide)];
      return {
        low: this.#low.slice(from, to).reduce((least, one) => Math.min(least, one)),
        high: this.#high.slice(from, to).reduce((most, one) => Math.max(most, one)),
      };
    });
  }

  #begin(sample: number): void {
    if (this.#low.length === this.#most) {
      this.#low = pairs(this.#low, Math.min);
      this.#high = pairs(this.#high, Math.max);
      this.#each *= 2;
    }
    this.#low.push(sample);
    this.#high.push(sample);
    this.#left = this.#each;
  }
}

const pairs = (all: readonly number[], one: (first: number, second: number) => number): number[] =>
  Array.from({ length: all.length / 2 }, (_, at) => one(all[at * 2] ?? 0, all[at * 2 + 1] ?? 0));

/** Draws a line in the middle for silence. */
async function renderColumns(columns: readonly { low: number; high: number }[]): Promise<Buffer> {
  const width = limits.waveformPixels;
  const height = width / ASPECT_RATIO;
  const data = Buffer.alloc(width * height * 4);
  const rowOf = (level: number) =>
    Math.min(height - 1, Math.max(0, Math.round(((LOUDEST - level) / (2 * LOUDEST)) * (height - 1))));
  for (let x = 0; x < width; x += 1) {
    const column = columns[Math.floor((x * columns.length) / width)];
    if (column === undefined) continue;
    for (let y = rowOf(column.high); y <= rowOf(column.low); y += 1)
      for (const [at, value] of COLOUR.entries()) data[(y * width + x) * 4 + at] = value;
  }
  const raw = { width, height, channels: 4 } as const;
  return (await openPicture(data, width * height, { raw })).png({ compressionLevel: 1 }).toBuffer();
}
