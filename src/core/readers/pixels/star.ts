import type { VisibleShape } from '../../signatures/visible-marks/row.js';
import { isMark } from './mark-checks.js';
import { type CornerSamples, correlate, type Drawn, drawShape, type Place } from './shape-correlation.js';

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
  const near = places
    .filter(({ correlation }) => correlation >= shape.correlation - COARSE_LOSS)
    .sort((one, other) => other.correlation - one.correlation)
    .slice(0, FINE)
    .map((place) => compareAround(corner, shape, place, NEAR))
    .sort((one, other) => other.correlation - one.correlation)[0];
  if (near === undefined || near.correlation < shape.correlation - FINE_LOSS) return undefined;
  // Poorer places of the same mark are not tried: an icon at another place or of another size fits one of them.
  const found = compareAround(corner, shape, near, FINEST);
  if (!isMark(corner, shape, found)) return undefined;
  return { centreX: found.x, centreY: found.y, size: found.size, correlation: found.correlation };
}

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
      const correlation = correlate(samples, wide, dx, dy, shape);
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

/** Sizes and places that are compared pixel by pixel around a place. */
interface Comparison {
  factors: readonly number[];
  /** Pixels in each direction; by default one sample of the coarse search. */
  reach?: number;
  /** Samples added to the side of the square: odd and even sides have their centres half a pixel apart. */
  added: readonly number[];
}

const NEAR: Comparison = { factors: [0.97, 1, 1.03], added: [0] };
const FINEST: Comparison = {
  factors: [0.95, 0.96, 0.97, 0.98, 0.99, 1, 1.01, 1.02, 1.03, 1.04, 1.05],
  reach: 1,
  added: [0, 1],
};
/** How much the first comparison may underestimate a correlation. */
const FINE_LOSS = 0.05;

/** Returns the best place and size around a place, compared pixel by pixel. */
function compareAround(
  { side, grey }: CornerSamples,
  shape: VisibleShape,
  place: Place,
  { factors, reach = Math.ceil((place.size * PATCH) / COARSE / 2) + 1, added }: Comparison,
): Place {
  let best: Place = { ...place, correlation: 0 };
  for (const [factor, more] of factors.flatMap((one) => added.map((more) => [one, more] as const))) {
    const size = place.size * factor;
    const patch = Math.round(size * PATCH) + more;
    const drawn = drawShape(shape, patch, size);
    const left = Math.round(place.x - patch / 2);
    const top = Math.round(place.y - patch / 2);
    for (let dy = -reach; dy <= reach; dy += 1)
      for (let dx = -reach; dx <= reach; dx += 1) {
        const [x, y] = [left + dx, top + dy];
        if (x < 0 || y < 0 || x + patch > side || y + patch > side) continue;
        const correlation = correlate(grey, side, x, y, drawn);
        if (correlation > best.correlation) best = { x: x + patch / 2, y: y + patch / 2, size, correlation };
      }
  }
  return best;
}
