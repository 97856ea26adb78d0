import type { PixelWatermark } from '../../evidence/evidence.js';
import type { Picture } from './picture.js';

/**
 * ShieldMnt/invisible-watermark, method "dwtDct" (no DCT is taken): level 1 Haar of the U channel; in each 4x4 block
 * of its low band the largest coefficient but the first is set into the lower or upper half of a step of 36. A block
 * of that band is 8x8 pixels.
 */
const STEP = 36;
const BLOCK_PIXELS = 8;

/**
 * Centres of OpenCV's U, which is 0.492 (B - Y) plus a centre: 0.5 for floats, 128 for bytes. The low band holds half
 * the sum of four pixels, which doubles the centre. Rounding to bytes is far below a quarter of the step.
 */
const CENTRES = { float: 2 * 0.5, uint8: 2 * 128 } as const;
const FORMS = [
  { convention: 'float', channels: 'rgb' },
  { convention: 'float', channels: 'bgr' },
  { convention: 'uint8', channels: 'rgb' },
  { convention: 'uint8', channels: 'bgr' },
] as const satisfies readonly Pick<PixelWatermark, 'convention' | 'channels'>[];

/**
 * Returns one bit per block, row by row, the order in which the payload repeats. It tries every form because none is
 * declared.
 */
export function countBlockVotes(picture: Picture): ((typeof FORMS)[number] & { votes: Uint8Array })[] {
  const columns = Math.floor(picture.width / BLOCK_PIXELS);
  const rows = Math.floor(picture.height / BLOCK_PIXELS);
  const forms = FORMS.map((form) => ({ ...form, votes: new Uint8Array(columns * rows) }));
  const bands = { rgb: new Float64Array(16), bgr: new Float64Array(16) };
  for (let block = 0; block < columns * rows; block++) {
    lowBand(picture, Math.floor(block / columns) * BLOCK_PIXELS, (block % columns) * BLOCK_PIXELS, bands);
    for (const { convention, channels, votes } of forms) {
      votes[block] = readBit(bands[channels], CENTRES[convention]);
    }
  }
  return forms;
}

/** Computes U of one block without its centre, for both channel orders: as given, and with red and blue swapped. */
function lowBand(
  { width, channels, data }: Picture,
  top: number,
  left: number,
  { rgb, bgr }: { rgb: Float64Array; bgr: Float64Array },
): void {
  for (let i = 0; i < 16; i++) {
    const a = ((top + (i >> 2) * 2) * width + left + (i & 3) * 2) * channels;
    const b = a + channels;
    const c = a + width * channels;
    const d = c + channels;
    const first = (data[a] ?? 0) + (data[b] ?? 0) + (data[c] ?? 0) + (data[d] ?? 0);
    const green = (data[a + 1] ?? 0) + (data[b + 1] ?? 0) + (data[c + 1] ?? 0) + (data[d + 1] ?? 0);
    const third = (data[a + 2] ?? 0) + (data[b + 2] ?? 0) + (data[c + 2] ?? 0) + (data[d + 2] ?? 0);
    rgb[i] = 0.246 * (third - (0.299 * first + 0.587 * green + 0.114 * third));
    bgr[i] = 0.246 * (first - (0.299 * third + 0.587 * green + 0.114 * first));
  }
}

/** The largest coefficient other than the first determines the bit. */
function readBit(band: Float64Array, centre: number): 0 | 1 {
  let largest = 0;
  for (let i = 1; i < 16; i++) largest = Math.max(largest, Math.abs((band[i] ?? 0) + centre));
  return largest % STEP > STEP / 2 ? 1 : 0;
}

export interface PayloadFit {
  matches: number;
  /** Correlation of the bits' shares of votes with the payload. */
  correlation: number;
}

/** Compares each bit's share of votes with the mean of all, which cancels an offset common to all blocks. */
export function fitPayload(votes: Uint8Array, bits: string): PayloadFit {
  const ones = new Float64Array(bits.length);
  const all = new Float64Array(bits.length);
  for (let block = 0; block < votes.length; block++) {
    const bit = block % bits.length;
    ones[bit] = (ones[bit] ?? 0) + (votes[block] ?? 0);
    all[bit] = (all[bit] ?? 0) + 1;
  }
  const shares = Array.from(ones, (count, bit) => count / Math.max(1, all[bit] ?? 1));
  const wanted = [...bits].map(Number);
  const share = mean(shares);
  const want = mean(wanted);
  const matches = shares.filter((value, bit) => (value > share ? 1 : 0) === wanted[bit]).length;
  const together = mean(shares.map((value, bit) => (value - share) * ((wanted[bit] ?? 0) - want)));
  const spread = Math.sqrt(
    mean(shares.map((value) => (value - share) ** 2)) * mean(wanted.map((value) => (value - want) ** 2)),
  );
  return { matches, correlation: spread === 0 ? 0 : together / spread };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
