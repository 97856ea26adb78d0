import type { VisibleShape } from '../../signatures/visible-marks/row.js';
import { type CornerSamples, contrastOf, correlate, drawShape, type Place } from './shape-correlation.js';

/**
 * Tells a mark that a service drew from an icon that resembles it. A wrong statement costs more than a missed mark, so
 * every check must hold.
 */
export function isMark(corner: CornerSamples, shape: VisibleShape, place: Place): boolean {
  return (
    place.correlation >= shape.correlation &&
    isAtPlace(corner, shape, place) &&
    isHalfTransparent(corner, shape, place) &&
    hasSidesOf(corner, shape, place) &&
    isOnNoButton(corner, place) &&
    hasNoneBeside(corner, shape, place)
  );
}

/** Pixels by which the distances from both edges may differ, and the same as a share of the size. */
const EDGE_PIXELS = 1.5;
const EDGE_SHARE = 0.025;

function isAtPlace({ side }: CornerSamples, { places }: VisibleShape, { x, y, size }: Place): boolean {
  const [right, below] = [side - x, side - y];
  return (
    Math.abs(right - below) <= Math.max(EDGE_PIXELS, size * EDGE_SHARE) &&
    places.some(
      ({ distance, tolerance }) =>
        Math.abs((right + below) / 2 - distance * size) <= Math.max(EDGE_PIXELS, tolerance * size),
    )
  );
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
/** Opacities along the outline that count as the mark's, and the share of it that must have one of them. */
const OUTLINE_OPACITY = { from: 0.2, to: 0.7, share: 0.8 };
/** How much the opacities of red, green and blue may differ: an icon has a colour of its own, and JPEG blurs colours. */
const MAX_CHANNEL_SPREAD = 0.2;
/** Spread of the ground in grey values from which the picture must show through the mark. */
const MIN_GROUND_SPREAD = 5;
/** Least spread inside as a share of that of the ground; half-transparent white halves it, JPEG and blur take some. */
const MIN_SPREAD_SHARE = 0.25;

/**
 * Returns whether most of the outline is the ground next to it under half-transparent white. Unlike the correlation,
 * this does not depend on how uneven the ground is; content that merely resembles the shape has no such outline.
 */
function isHalfTransparent(corner: CornerSamples, shape: VisibleShape, place: Place): boolean {
  const { from, to } = shape.opacity;
  const pairs = readOutline(corner, corner.grey, shape, place);
  const measurable = pairs.filter(({ ground }) => ground <= MAX_GROUND);
  if (measurable.length < pairs.length * MIN_MEASURABLE) return false;
  const opacities = measurable.map(opacityOf);
  const fitting = opacities.filter((one) => one >= OUTLINE_OPACITY.from && one <= OUTLINE_OPACITY.to);
  if (fitting.length < opacities.length * OUTLINE_OPACITY.share) return false;
  const opacity = medianOf(opacities);
  if (opacity < from || opacity > to) return false;
  const channels = corner.colours.flatMap((colour) => {
    const own = readOutline(corner, colour, shape, place).filter(({ ground }) => ground <= MAX_GROUND);
    return own.length < pairs.length * MIN_MEASURABLE ? [] : [medianOf(own.map(opacityOf))];
  });
  if (Math.max(...channels) - Math.min(...channels) > MAX_CHANNEL_SPREAD) return false;
  const spread = spreadOf(measurable.map(({ ground }) => ground));
  return (
    spread < MIN_GROUND_SPREAD ||
    spreadOf(measurable.map(({ inside }) => inside)) >= spread * MIN_SPREAD_SHARE
  );
}

/** Samples on both sides of a point of the outline. */
interface OutlinePair {
  ground: number;
  inside: number;
}

const opacityOf = ({ ground, inside }: OutlinePair): number => (inside - ground) / (255 - ground);

function readOutline(
  corner: CornerSamples,
  plane: Uint8Array,
  shape: VisibleShape,
  { x, y, size }: Place,
): OutlinePair[] {
  const half = (size * shape.enlargement) / 2;
  const gap = Math.max(OUTLINE_PIXELS, size * OUTLINE_SHARE);
  const pairs: OutlinePair[] = [];
  for (let at = TIP_POINTS; at <= QUARTER_POINTS - TIP_POINTS; at += 1) {
    const angle = (at / QUARTER_POINTS) * (Math.PI / 2);
    const u = Math.cos(angle) ** (2 / shape.exponent) * half;
    const v = Math.sin(angle) ** (2 / shape.exponent) * half;
    const [inner, outer] = [1 - gap / Math.hypot(u, v), 1 + gap / Math.hypot(u, v)];
    for (const [right, down] of [[u, v] as const, [-v, u] as const, [-u, -v] as const, [v, -u] as const])
      pairs.push({
        ground: sampleAt(corner.side, plane, x + right * outer, y + down * outer),
        inside: sampleAt(corner.side, plane, x + right * inner, y + down * inner),
      });
  }
  return pairs;
}

/** Exponents of shapes that are not the mark: straight sides, and the thin arms of many icons. */
const OTHER_EXPONENTS = [1, 0.45];
/** Sizes at which another shape is compared, as shares of the mark's. */
const OTHER_SIZES = [0.7, 0.8, 0.9, 1, 1.1, 1.2];
/** Side of the compared square in units of the size. */
const PATCH = 1.3;

/** Returns whether no other shape at the same place is more like the picture than the mark's. */
function hasSidesOf({ side, grey }: CornerSamples, shape: VisibleShape, place: Place): boolean {
  const patch = Math.round(place.size * PATCH);
  const left = Math.round(place.x - patch / 2);
  const top = Math.round(place.y - patch / 2);
  const others = OTHER_EXPONENTS.flatMap((exponent) =>
    OTHER_SIZES.map((share) => drawShape({ ...shape, exponent }, patch, place.size * share)),
  );
  return others.every((other) => correlate(grey, side, left, top, other) < place.correlation);
}

/** Exponents of the outlines of buttons: a disc, a box with round corners, a box. */
const BUTTON_EXPONENTS = [2, 4, 12];
/** Half widths of buttons in units of the mark's size. */
const BUTTON_FROM = 0.52;
const BUTTON_STEP = 0.02;
const BUTTON_TO = 1.3;
const BUTTON_POINTS = 64;
/** Share of a button's outline that must lie in the picture. */
const MIN_OUTLINE_WITHIN = 0.6;
/** Mean difference in grey values across the outline of a button, and how much larger it is than it varies. */
const BUTTON_EDGE = 6;
const BUTTON_EVENNESS = 1.5;

/** Returns whether no disc or box surrounds the mark: a closed edge whose same side is brighter all around. */
function isOnNoButton(corner: CornerSamples, place: Place): boolean {
  const planes = [corner.grey, ...corner.colours];
  return BUTTON_EXPONENTS.every((exponent) => {
    for (let width = BUTTON_FROM; width <= BUTTON_TO; width += BUTTON_STEP)
      if (planes.some((plane) => hasEdge(corner.side, plane, place, width, exponent))) return false;
    return true;
  });
}

function hasEdge(
  side: number,
  plane: Uint8Array,
  { x, y, size }: Place,
  width: number,
  exponent: number,
): boolean {
  const gap = Math.max(OUTLINE_PIXELS, size * OUTLINE_SHARE);
  const differences: number[] = [];
  for (let at = 0; at < BUTTON_POINTS; at += 1) {
    const angle = ((at + 0.5) / BUTTON_POINTS) * 2 * Math.PI;
    const [right, down] = [Math.cos(angle), Math.sin(angle)];
    const radius =
      (width * size) / (Math.abs(right) ** exponent + Math.abs(down) ** exponent) ** (1 / exponent);
    const [outer, inner] = [radius + gap, radius - gap];
    if (x + right * outer >= side || y + down * outer >= side) continue;
    differences.push(
      sampleAt(side, plane, x + right * outer, y + down * outer) -
        sampleAt(side, plane, x + right * inner, y + down * inner),
    );
  }
  if (differences.length < BUTTON_POINTS * MIN_OUTLINE_WITHIN) return false;
  const mean = Math.abs(meanOf(differences));
  return mean >= BUTTON_EDGE && mean >= BUTTON_EVENNESS * spreadOf(differences);
}

/** Samples of the mark's size when its surroundings are searched, and sizes of a second star in units of the first. */
const BESIDE_SAMPLES = 20;
const BESIDE_SIZES = [0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.3, 1.8, 2.4, 3.2];
/** How far from the centre the surroundings reach, in units of the size: the next star of a row, or a larger one. */
const BESIDE_REACH = 3.6;
/** Steps of the search for it, in each direction, along the side of its square. */
const BESIDE_STEPS = 12;
/** Likeness of a second star, and its contrast as a share of the mark's. */
const BESIDE_CORRELATION = 0.65;
const BESIDE_CONTRAST = 0.5;

/** Returns whether no second star stands beside the mark, as in icons of several and in rows. */
function hasNoneBeside({ side, grey }: CornerSamples, shape: VisibleShape, place: Place): boolean {
  const { x, y, size } = place;
  const cell = size / BESIDE_SAMPLES;
  const wide = Math.ceil(2 * BESIDE_REACH * BESIDE_SAMPLES);
  const samples = new Float32Array(wide * wide);
  for (let row = 0; row < wide; row += 1)
    for (let column = 0; column < wide; column += 1)
      samples[row * wide + column] = sampleAt(
        side,
        grey,
        x + (column + 0.5 - wide / 2) * cell,
        y + (row + 0.5 - wide / 2) * cell,
      );
  const middle = drawShape(shape, Math.round(BESIDE_SAMPLES * PATCH), BESIDE_SAMPLES);
  const at = Math.round((wide - middle.side) / 2);
  const contrast = contrastOf(samples, wide, at, at, middle);
  return BESIDE_SIZES.every((share) => {
    const drawn = drawShape(shape, Math.round(BESIDE_SAMPLES * share * PATCH), BESIDE_SAMPLES * share);
    const last = wide - drawn.side;
    const step = Math.max(1, Math.floor(drawn.side / BESIDE_STEPS));
    for (let top = 0; top <= last; top += step)
      for (let left = 0; left <= last; left += step) {
        const away = Math.max(
          Math.abs(left + drawn.side / 2 - wide / 2),
          Math.abs(top + drawn.side / 2 - wide / 2),
        );
        if (away < BESIDE_SAMPLES * 0.35) continue;
        if (correlate(samples, wide, left, top, drawn) < BESIDE_CORRELATION) continue;
        if (contrastOf(samples, wide, left, top, drawn) >= contrast * BESIDE_CONTRAST) return false;
      }
    return true;
  });
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, one) => sum + one, 0) / values.length;

function spreadOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((one) => (one - mean) ** 2)));
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Returns a value at a point between pixels, bilinearly. */
function sampleAt(side: number, plane: Uint8Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [right, down] = [x - 0.5 - left, y - 0.5 - top];
  const within = (value: number) => Math.min(side - 1, Math.max(0, value));
  const pixel = (column: number, row: number) => plane[within(row) * side + within(column)] ?? 0;
  const above = pixel(left, top) * (1 - right) + pixel(left + 1, top) * right;
  const below = pixel(left, top + 1) * (1 - right) + pixel(left + 1, top + 1) * right;
  return above * (1 - down) + below * down;
}
