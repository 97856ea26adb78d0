import type { VisibleShape } from '../../signatures/visible-marks/row.js';

/** Samples of the lower right corner of a picture, in row order. */
export interface CornerSamples {
  side: number;
  /** Luma, one byte a pixel. */
  grey: Uint8Array;
  /** Red, green, blue. */
  rgb: Uint8Array;
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
  let best: Place | undefined;
  const likely = places
    .filter(({ correlation }) => correlation >= shape.correlation.withOpacity - COARSE_LOSS)
    .sort((one, other) => other.correlation - one.correlation);
  for (const place of likely.slice(0, FINE)) {
    const exact = refine(corner, shape, place);
    if (exact.correlation > (best?.correlation ?? 0)) best = exact;
  }
  if (best === undefined || !isLike(corner, shape, best)) return undefined;
  return { centreX: best.x, centreY: best.y, size: best.size, correlation: best.correlation };
}

function isLike(corner: CornerSamples, shape: VisibleShape, place: Place): boolean {
  const { withOpacity, alone } = shape.correlation;
  if (place.correlation < withOpacity || countLightSectors(corner, shape, place) < MIN_LIGHT_SECTORS)
    return false;
  if (place.correlation >= alone) return true;
  const opacity = measureOpacity(corner, shape, place);
  const { from, to, spread } = shape.opacity;
  return opacity !== undefined && opacity.mean >= from && opacity.mean <= to && opacity.spread <= spread;
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

/** Part of the shape's size within which every pixel is fully covered. */
const CORE = 0.7;
/** Part of the shape's size within which pixels are nearly covered, to the ends of its arms. */
const INNER = 0.9;
/** Part of the shape's size from which no pixel is covered. */
const OUTSIDE = 1.15;
/** Brightness of the ground from which white on it cannot be measured. */
const MAX_GROUND = 245;

/** Returns the opacity that white must have to turn the ground around the shape into what is inside, per channel. */
function measureOpacity(
  { side, rgb }: CornerSamples,
  { exponent, enlargement }: VisibleShape,
  { x: centreX, y: centreY, size }: Place,
): { mean: number; spread: number } | undefined {
  const half = (size * enlargement) / 2;
  const reach = (size * PATCH) / 2;
  const channels = [0, 1, 2].map(() => ({ core: [] as number[], ground: 0, count: 0 }));
  for (let y = Math.max(0, Math.floor(centreY - reach)); y < Math.min(side, centreY + reach); y += 1)
    for (let x = Math.max(0, Math.floor(centreX - reach)); x < Math.min(side, centreX + reach); x += 1) {
      // Scaling the shape by a factor scales this sum by the factor's power.
      const reached =
        Math.abs((x + 0.5 - centreX) / half) ** exponent + Math.abs((y + 0.5 - centreY) / half) ** exponent;
      const isCore = reached <= CORE ** exponent;
      if (!isCore && reached <= OUTSIDE ** exponent) continue;
      channels.forEach((channel, at) => {
        const sample = rgb[(y * side + x) * 3 + at] ?? 0;
        if (isCore) channel.core.push(sample);
        else {
          channel.ground += sample;
          channel.count += 1;
        }
      });
    }
  const opacities = channels.map(({ core, ground, count }) => {
    const around = ground / Math.max(1, count);
    return core.length === 0 || around > MAX_GROUND ? undefined : (median(core) - around) / (255 - around);
  });
  const known = opacities.filter((one) => one !== undefined);
  if (known.length < opacities.length) return undefined;
  return {
    mean: known.reduce((sum, one) => sum + one, 0) / known.length,
    spread: Math.max(...known) - Math.min(...known),
  };
}

/** Equal angles around the centre, each holding half of an arm. */
const SECTORS = 8;
/** Sectors that must be lighter inside than outside; one may lie over an edge of the picture's content. */
const MIN_LIGHT_SECTORS = 7;
/** Part of the shape's size up to which the ground next to it is taken. */
const NEXT_TO = 1.9;
/** Opacity that a sector must have at least, and at most; content that merely resembles the shape is uneven. */
const SECTOR_OPACITY = [0.2, 0.8] as const;

/** Counts the sectors in which the inside is the ground next to it under a half-transparent white. */
function countLightSectors(
  { side, grey }: CornerSamples,
  { exponent, enlargement }: VisibleShape,
  { x: centreX, y: centreY, size }: Place,
): number {
  const half = (size * enlargement) / 2;
  const reach = (size * PATCH) / 2;
  const inside = Array.from({ length: SECTORS }, () => ({ sum: 0, count: 0 }));
  const outside = Array.from({ length: SECTORS }, () => ({ sum: 0, count: 0 }));
  for (let y = Math.max(0, Math.floor(centreY - reach)); y < Math.min(side, centreY + reach); y += 1)
    for (let x = Math.max(0, Math.floor(centreX - reach)); x < Math.min(side, centreX + reach); x += 1) {
      const [u, v] = [(x + 0.5 - centreX) / half, (y + 0.5 - centreY) / half];
      const reached = Math.abs(u) ** exponent + Math.abs(v) ** exponent;
      const isInside = reached <= INNER ** exponent;
      if (!isInside && (reached <= OUTSIDE ** exponent || reached > NEXT_TO ** exponent)) continue;
      const turn = (Math.atan2(v, u) / Math.PI + 1) / 2;
      const sector = (isInside ? inside : outside)[Math.floor(turn * SECTORS) % SECTORS];
      if (sector === undefined) continue;
      sector.sum += grey[y * side + x] ?? 0;
      sector.count += 1;
    }
  const [least, most] = SECTOR_OPACITY;
  return inside.filter(({ sum, count }, at) => {
    const next = outside[at];
    if (next === undefined || count === 0 || next.count === 0) return false;
    const ground = next.sum / next.count;
    const opacity = (sum / count - ground) / (255 - ground);
    return opacity >= least && opacity <= most;
  }).length;
}

function median(values: number[]): number {
  values.sort((one, other) => one - other);
  return values[values.length >> 1] ?? 0;
}
