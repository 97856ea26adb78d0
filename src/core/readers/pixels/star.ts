import type { VisibleShape } from '../../signatures/visible-marks/row.js';

/** Samples of the lower right corner of a picture, in row order. */
export interface CornerSamples {
  side: number;
  /** Luma, one byte a pixel. */
  grey: Uint8Array;
}

/** Square of a mark that was found, in pixels of the corner. */
export interface FoundShape {
  centreX: number;
  centreY: number;
  size: number;
  correlation: number;
}

/** Number of sizes that are tried, each 6.5 % larger than the one before. */
const SIZES = 27;
/** Side of the compared square in units of the mark's size: the drawn shape with some ground around it. */
const PATCH = 1.3;
/** Samples of a side of the compared square in the coarse search. */
const COARSE = 26;
/** Best places of the coarse search that are compared pixel by pixel. */
const FINE = 3;
/** How much the coarse search may underestimate a correlation. */
const COARSE_LOSS = 0.15;

interface Place {
  x: number;
  y: number;
  size: number;
  correlation: number;
}

/** Finds a flat white shape at the places relative to its size where its service puts it. Undefined if it is not there. */
export function findShape(
  corner: CornerSamples,
  shape: VisibleShape,
  largest: number,
): FoundShape | undefined {
  const [from, to] = shape.sizes;
  const places: Place[] = [];
  const coarse = drawShape(shape, COARSE, COARSE / PATCH);
  const integral = sumUp(corner);
  for (let step = 0; step < SIZES; step += 1) {
    const size = from * (to / from) ** (step / (SIZES - 1));
    if (size > largest) break;
    for (const { distance, tolerance } of shape.places)
      places.push(...searchAround(corner, integral, coarse, size, distance * size, tolerance * size));
  }
  const found = places
    .filter(({ correlation }) => correlation >= shape.correlation - COARSE_LOSS)
    .sort((one, other) => other.correlation - one.correlation)
    .slice(0, FINE)
    .map((place) => refine(corner, shape, place))
    .filter((place) => place.correlation >= shape.correlation && hasOutline(corner, shape, place))
    .sort((one, other) => other.correlation - one.correlation)[0];
  return found && { centreX: found.x, centreY: found.y, size: found.size, correlation: found.correlation };
}

/** Coverage of each sample by the shape in a square of `side` samples, with mean and norm for correlations. */
interface Drawn {
  values: Float32Array;
  norm: number;
}

/** `size`: size of the mark in samples. */
function drawShape({ exponent, enlargement }: VisibleShape, side: number, size: number): Drawn {
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
  return { values, norm: Math.sqrt(norm) };
}

/** Points a sample, in each direction, at which the shape is drawn. */
const SUBSAMPLES = 4;

/** Sums over the rectangle from the upper left to each sample. */
function sumUp({ side, grey }: CornerSamples): Float64Array {
  const width = side + 1;
  const sums = new Float64Array(width * width);
  for (let y = 0; y < side; y += 1) {
    let row = 0;
    for (let x = 0; x < side; x += 1) {
      row += grey[y * side + x] ?? 0;
      sums[(y + 1) * width + x + 1] = (sums[y * width + x + 1] ?? 0) + row;
    }
  }
  return sums;
}

/** Compares the shape of one size at all places around a distance from both edges, a coarse sample apart. */
function searchAround(
  { side }: CornerSamples,
  integral: Float64Array,
  shape: Drawn,
  size: number,
  distance: number,
  tolerance: number,
): Place[] {
  const cell = (size * PATCH) / COARSE;
  const steps = Math.max(1, Math.ceil(tolerance / cell));
  const samples = new Float32Array((COARSE + 2 * steps) ** 2);
  const wide = COARSE + 2 * steps;
  const start = side - distance - (size * PATCH) / 2 - steps * cell;
  const edges = Array.from({ length: wide + 1 }, (_, at) =>
    Math.min(side, Math.max(0, Math.round(start + at * cell))),
  );
  const width = side + 1;
  for (let y = 0; y < wide; y += 1)
    for (let x = 0; x < wide; x += 1) {
      // A cell smaller than a pixel takes that pixel.
      const left = Math.min(edges[x] ?? 0, side - 1);
      const top = Math.min(edges[y] ?? 0, side - 1);
      const right = Math.max(edges[x + 1] ?? 0, left + 1);
      const bottom = Math.max(edges[y + 1] ?? 0, top + 1);
      const sum =
        (integral[bottom * width + right] ?? 0) -
        (integral[top * width + right] ?? 0) -
        (integral[bottom * width + left] ?? 0) +
        (integral[top * width + left] ?? 0);
      samples[y * wide + x] = sum / ((right - left) * (bottom - top));
    }
  let best: Place | undefined;
  for (let dy = 0; dy <= 2 * steps; dy += 1)
    for (let dx = 0; dx <= 2 * steps; dx += 1) {
      const correlation = correlate(samples, wide, dx, dy, shape, COARSE);
      if (correlation > (best?.correlation ?? 0))
        best = {
          x: start + dx * cell + (size * PATCH) / 2,
          y: start + dy * cell + (size * PATCH) / 2,
          size,
          correlation,
        };
    }
  return best === undefined ? [] : [best];
}

/** Normalised correlation of the shape with the square of samples at a place. */
function correlate(
  samples: ArrayLike<number>,
  width: number,
  left: number,
  top: number,
  { values, norm }: Drawn,
  side: number,
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

/** Compares pixel by pixel around a place of the coarse search. */
function refine({ side, grey }: CornerSamples, shape: VisibleShape, place: Place): Place {
  let best: Place = { ...place, correlation: 0 };
  for (const factor of [0.97, 1, 1.03]) {
    const size = place.size * factor;
    const patch = Math.round(size * PATCH);
    const drawn = drawShape(shape, patch, size);
    const left = Math.round(place.x - patch / 2);
    const top = Math.round(place.y - patch / 2);
    const reach = Math.ceil((size * PATCH) / COARSE / 2) + 1;
    for (let dy = -reach; dy <= reach; dy += 1)
      for (let dx = -reach; dx <= reach; dx += 1) {
        const [x, y] = [left + dx, top + dy];
        if (x < 0 || y < 0 || x + patch > side || y + patch > side) continue;
        const correlation = correlate(grey, side, x, y, drawn, patch);
        if (correlation > best.correlation) best = { x: x + patch / 2, y: y + patch / 2, size, correlation };
      }
  }
  return best;
}

/** Points of each quarter of the outline; those at the tips of its arms have nothing beside them. */
const QUARTER_POINTS = 40;
const TIP_POINTS = 4;
/** Distance of the compared samples from the outline: part of the shape's size, and pixels that JPEG and scaling blur. */
const OUTLINE_SHARE = 0.05;
const OUTLINE_PIXELS = 1.5;
/** Brightness of the ground from which white on it cannot be measured. */
const MAX_GROUND = 225;
/** Share of the outline that must be measurable. */
const MIN_MEASURABLE = 0.3;

/**
 * Returns whether most of the outline is the ground next to it under half-transparent white. Unlike the correlation,
 * this does not depend on how uneven the ground is; content that merely resembles the shape has no such outline.
 */
function hasOutline(corner: CornerSamples, shape: VisibleShape, { x, y, size }: Place): boolean {
  const half = (size * shape.enlargement) / 2;
  const gap = Math.max(OUTLINE_PIXELS, size * OUTLINE_SHARE);
  const { from, to, share } = shape.opacity;
  let points = 0;
  let measurable = 0;
  let fitting = 0;
  for (let at = TIP_POINTS; at <= QUARTER_POINTS - TIP_POINTS; at += 1) {
    const angle = (at / QUARTER_POINTS) * (Math.PI / 2);
    const u = Math.cos(angle) ** (2 / shape.exponent) * half;
    const v = Math.sin(angle) ** (2 / shape.exponent) * half;
    const [inner, outer] = [1 - gap / Math.hypot(u, v), 1 + gap / Math.hypot(u, v)];
    for (const [right, down] of [[u, v] as const, [-v, u] as const, [-u, -v] as const, [v, -u] as const]) {
      const ground = sampleAt(corner, x + right * outer, y + down * outer);
      points += 1;
      if (ground > MAX_GROUND) continue;
      measurable += 1;
      const inside = sampleAt(corner, x + right * inner, y + down * inner);
      const opacity = (inside - ground) / (255 - ground);
      if (opacity >= from && opacity <= to) fitting += 1;
    }
  }
  return measurable >= points * MIN_MEASURABLE && fitting >= measurable * share;
}

/** Returns the luma at a point between pixels, bilinearly. */
function sampleAt({ side, grey }: CornerSamples, x: number, y: number): number {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [right, down] = [x - 0.5 - left, y - 0.5 - top];
  const within = (value: number) => Math.min(side - 1, Math.max(0, value));
  const pixel = (column: number, row: number) => grey[within(row) * side + within(column)] ?? 0;
  const above = pixel(left, top) * (1 - right) + pixel(left + 1, top) * right;
  const below = pixel(left, top + 1) * (1 - right) + pixel(left + 1, top + 1) * right;
  return above * (1 - down) + below * down;
}
