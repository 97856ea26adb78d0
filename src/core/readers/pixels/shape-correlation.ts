import type { VisibleShape } from '../../signatures/visible-marks/row.js';

/** Samples of the lower right corner of a picture, in row order, one byte a pixel. */
export interface CornerSamples {
  side: number;
  /** Luma. */
  grey: Uint8Array;
  /** Red, green and blue. */
  colours: readonly [red: Uint8Array, green: Uint8Array, blue: Uint8Array];
}

/** Square of a mark that may be there, with its centre, in pixels of the corner. */
export interface Place {
  x: number;
  y: number;
  size: number;
  correlation: number;
}

/** Coverage of each sample by the shape in a square of `side` samples, with mean and norm for correlations. */
export interface Drawn {
  side: number;
  values: Float32Array;
  norm: number;
}

/** `size`: size of the mark in samples. */
export function drawShape(
  { exponent, enlargement }: Pick<VisibleShape, 'exponent' | 'enlargement'>,
  side: number,
  size: number,
): Drawn {
  const values = new Float32Array(side * side);
  const half = (size * enlargement) / 2;
  const powers = Float64Array.from(
    { length: side * SUBSAMPLES },
    (_, at) => Math.abs(((at + 0.5) / SUBSAMPLES - side / 2) / half) ** exponent,
  );
  let sum = 0;
  for (let y = 0; y < powers.length; y += 1)
    for (let x = 0; x < powers.length; x += 1) {
      if ((powers[x] ?? 0) + (powers[y] ?? 0) > 1) continue;
      const at = Math.floor(y / SUBSAMPLES) * side + Math.floor(x / SUBSAMPLES);
      values[at] = (values[at] ?? 0) + 1 / SUBSAMPLES ** 2;
      sum += 1 / SUBSAMPLES ** 2;
    }
  const mean = sum / values.length;
  let norm = 0;
  for (let at = 0; at < values.length; at += 1) {
    const value = (values[at] ?? 0) - mean;
    values[at] = value;
    norm += value * value;
  }
  return { side, values, norm: Math.sqrt(norm) };
}

/** Points a sample, in each direction, at which the shape is drawn. */
const SUBSAMPLES = 4;

/** Normalised correlation of the shape with the square of samples at a place. */
export function correlate(
  samples: ArrayLike<number>,
  width: number,
  left: number,
  top: number,
  { side, values, norm }: Drawn,
): number {
  let sum = 0;
  let squares = 0;
  let product = 0;
  for (let y = 0; y < side; y += 1) {
    const row = (top + y) * width + left;
    for (let x = 0; x < side; x += 1) {
      const sample = samples[row + x] ?? 0;
      sum += sample;
      squares += sample * sample;
      product += sample * (values[y * side + x] ?? 0);
    }
  }
  const variance = squares - (sum * sum) / (side * side);
  // An even ground has no likeness to anything; its variance is rounding.
  return variance < side * side * MIN_VARIANCE ? 0 : product / (norm * Math.sqrt(variance));
}

/** Variance of grey values below which the ground is even. */
const MIN_VARIANCE = 1;

/** Returns by how much a square of samples is brighter in the shape than around it: the slope of the correlation. */
export function contrastOf(
  samples: ArrayLike<number>,
  width: number,
  left: number,
  top: number,
  { side, values, norm }: Drawn,
): number {
  let product = 0;
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1)
      product += (samples[(top + y) * width + left + x] ?? 0) * (values[y * side + x] ?? 0);
  return product / (norm * norm);
}
