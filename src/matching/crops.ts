import type { Luma } from './pdq.js';

/** Part of a picture, in points. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Minimum side that the reference accepts. */
const MIN_SIDE = 5;

/** Crops around the middle, in percent of the sides. */
const CENTRE_PERCENTS = [95, 90, 85, 80, 75] as const;
/** Crops at one edge, in percent of the side removed. */
const EDGE_PERCENTS = [10, 15] as const;

/**
 * Returns the crops that are stored for a picture besides the whole: the ones people typically make. A picture cropped
 * differently is found by its similarity to the nearest of these, or not at all.
 */
export function standardCrops({ width, height }: Pick<Luma, 'width' | 'height'>): Box[] {
  const whole: Box = { left: 0, top: 0, width, height };
  const centres = CENTRE_PERCENTS.map((percent) =>
    cropEvenly(whole, (100 - percent) / 2, (100 - percent) / 2),
  );
  const edges = EDGE_PERCENTS.flatMap((percent) => [
    cropEdges(whole, { left: percent }),
    cropEdges(whole, { right: percent }),
    cropEdges(whole, { top: percent }),
    cropEdges(whole, { bottom: percent }),
  ]);
  const side = Math.min(width, height);
  const [spareX, spareY] = [width - side, height - side];
  const squares = [0, 0.5, 1].map((at) => ({
    left: Math.round(spareX * at),
    top: Math.round(spareY * at),
    width: side,
    height: side,
  }));
  return [...centres, ...edges, ...(spareX + spareY === 0 ? [] : squares)].filter(isSearchable);
}

/** Stored pictures have at least this size, in points, when they are hashed. */
export const STANDARD_SIDE = 512;

/**
 * Returns the factor by which a stored crop is enlarged before hashing, so that it matches a picture that was cropped
 * and then queried as a whole. Smaller pictures are not enlarged, because they are queried at the size of the crop.
 */
export const cropScale = ({ width, height }: Pick<Luma, 'width' | 'height'>, crop: Box): number =>
  Math.max(width, height) < STANDARD_SIDE
    ? 1
    : Math.max(1, STANDARD_SIDE / Math.max(crop.width, crop.height));

const isSearchable = ({ width, height }: Box): boolean => Math.min(width, height) >= MIN_SIDE;

function cropEdges(
  whole: Box,
  { left = 0, right = 0, top = 0, bottom = 0 }: Partial<Record<Side, number>>,
): Box {
  const [fromLeft, fromTop] = [percentOf(whole.width, left), percentOf(whole.height, top)];
  return {
    left: fromLeft,
    top: fromTop,
    width: whole.width - fromLeft - percentOf(whole.width, right),
    height: whole.height - fromTop - percentOf(whole.height, bottom),
  };
}
type Side = 'left' | 'right' | 'top' | 'bottom';

const cropEvenly = (whole: Box, x: number, y: number): Box =>
  cropEdges(whole, { left: x, right: x, top: y, bottom: y });

/** Returns the middle of a box, with `percent` of its sides. */
export function middleBox(box: Box, percent: number): Box {
  const { left, top, width, height } = cropEvenly(box, (100 - percent) / 2, (100 - percent) / 2);
  return { left: box.left + left, top: box.top + top, width, height };
}

const percentOf = (length: number, percent: number): number => Math.round((length * percent) / 100);

/** Maximum difference within the uniform tone of a bar, after JPEG. */
const MAX_TONE_DIFFERENCE = 8;
/** Share of one tone in an outermost row or column that makes it a bar. */
const TONE_SHARE = 0.5;
/**
 * A square with this share of the shorter side is solid if it has hardly a point in the tone of a bar; text and signs
 * are not solid.
 */
const SQUARE_SHARE = 0.05;
const MIN_SQUARE = 5;
const SOLID_SHARE = 0.97;
/** Minimum share of bar around the content. Below it, the image is no screenshot but a picture with a plain edge. */
const BAR_SHARE = 0.5;
const MIN_CONTENT = 32;

/**
 * Finds the picture within a submitted image: screenshots, captions and borders surround it with plain bars that
 * contain text and signs. Returns the box around the largest solid area; `undefined` if nothing surrounds it or nothing
 * is solid.
 */
export function findContentBox(luma: Luma): Box | undefined {
  const { width, height } = luma;
  const tones = barTones(luma);
  if (tones.length === 0) return undefined;
  const counts = new OtherToneCounts(luma, tones);
  const box = largestArea(findSolidPoints(counts), width, height);
  if (box === undefined || Math.min(box.width, box.height) < MIN_CONTENT) return undefined;
  const outside = width * height - box.width * box.height;
  if (outside === 0) return undefined;
  const others = counts.countIn({ left: 0, top: 0, width, height }) - counts.countIn(box);
  return others > outside * (1 - BAR_SHARE) ? undefined : box;
}

/** Returns the tones that dominate an outermost row or column. */
function barTones({ width, height, points }: Luma): number[] {
  const at = (x: number, y: number): number => points[y * width + x] ?? 0;
  const edges: [number, (index: number) => number][] = [
    [width, (x) => at(x, 0)],
    [width, (x) => at(x, height - 1)],
    [height, (y) => at(0, y)],
    [height, (y) => at(width - 1, y)],
  ];
  return edges.flatMap(([length, of]) => {
    const tones = new Uint32Array(258);
    for (let index = 0; index < length; index += 1) {
      const tone = 1 + Math.max(0, Math.min(255, Math.round(of(index))));
      tones[tone] = (tones[tone] ?? 0) + 1;
    }
    let best = 1;
    const near = (tone: number): number =>
      (tones[tone - 1] ?? 0) + (tones[tone] ?? 0) + (tones[tone + 1] ?? 0);
    for (let tone = 2; tone <= 256; tone += 1) if (near(tone) > near(best)) best = tone;
    return near(best) >= length * TONE_SHARE ? [best - 1] : [];
  });
}

/** Counts the points of any box that have no bar tone, in constant time (summed-area table). */
class OtherToneCounts {
  readonly width: number;
  readonly height: number;
  /** Counts of the points above and to the left, with one extra row and column. */
  readonly sums: Uint32Array;

  constructor({ width, height, points }: Luma, bars: readonly number[]) {
    this.width = width;
    this.height = height;
    const isOther = Uint8Array.from({ length: 256 }, (_none, tone) =>
      bars.every((bar) => Math.abs(tone - bar) > MAX_TONE_DIFFERENCE) ? 1 : 0,
    );
    const row = width + 1;
    const sums = new Uint32Array(row * (height + 1));
    for (let y = 0; y < height; y += 1) {
      let inRow = 0;
      for (let x = 0; x < width; x += 1) {
        // Rounded; the tones are 0 to 255.
        inRow += isOther[((points[y * width + x] ?? 0) + 0.5) | 0] ?? 1;
        sums[(y + 1) * row + x + 1] = (sums[y * row + x + 1] ?? 0) + inRow;
      }
    }
    this.sums = sums;
  }

  countIn({ left, top, width, height }: Box): number {
    const row = this.width + 1;
    const at = (x: number, y: number): number => this.sums[y * row + x] ?? 0;
    return at(left + width, top + height) - at(left, top + height) - at(left + width, top) + at(left, top);
  }
}

/** Marks each point that lies in a solid square with 1. */
function findSolidPoints({ width, height, sums }: OtherToneCounts): Uint8Array {
  const side = Math.max(MIN_SQUARE, Math.round(Math.min(width, height) * SQUARE_SHARE));
  const min = SOLID_SHARE * side * side;
  const row = width + 1;
  const down = side * row;
  // Difference array: squares that begin at a point minus those that end. Its sum over all previous points is the
  // number of squares that contain a point.
  const squares = new Int32Array(row * (height + 1));
  for (let top = 0; top + side <= height; top += 1)
    for (let at = top * row; at + side < (top + 1) * row; at += 1) {
      const count =
        (sums[at + down + side] ?? 0) - (sums[at + down] ?? 0) - (sums[at + side] ?? 0) + (sums[at] ?? 0);
      if (count < min) continue;
      squares[at] = (squares[at] ?? 0) + 1;
      squares[at + side] = (squares[at + side] ?? 0) - 1;
      squares[at + down] = (squares[at + down] ?? 0) - 1;
      squares[at + down + side] = (squares[at + down + side] ?? 0) + 1;
    }
  const solid = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    let inRow = 0;
    for (let x = 0; x < width; x += 1) {
      const at = y * row + x;
      inRow += squares[at] ?? 0;
      const all = inRow + (y === 0 ? 0 : (squares[at - row] ?? 0));
      // Holds the sum over all previous rows from here on.
      squares[at] = all;
      if (all > 0) solid[y * width + x] = 1;
    }
  }
  return solid;
}

/** Returns the box around the largest connected area. Removes visited points from `points`. */
function largestArea(points: Uint8Array, width: number, height: number): Box | undefined {
  let max = 0;
  let box: Box | undefined;
  const open = new Uint32Array(points.length);
  for (let first = 0; first < points.length; first += 1) {
    if (points[first] !== 1) continue;
    const part = fillArea(first, points, open, width, height);
    if (part.area <= max) continue;
    max = part.area;
    box = part.box;
  }
  return box;
}

function fillArea(
  first: number,
  points: Uint8Array,
  open: Uint32Array,
  width: number,
  height: number,
): { area: number; box: Box } {
  let [left, right, top, bottom, area] = [width, 0, height, 0, 0];
  for (let count = pushPoint(points, open, 0, first); count > 0; area += 1) {
    count -= 1;
    const at = open[count] ?? 0;
    const x = at % width;
    const y = (at - x) / width;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
    if (x > 0) count = pushPoint(points, open, count, at - 1);
    if (x < width - 1) count = pushPoint(points, open, count, at + 1);
    if (y > 0) count = pushPoint(points, open, count, at - width);
    if (y < height - 1) count = pushPoint(points, open, count, at + width);
  }
  return { area, box: { left, top, width: right - left + 1, height: bottom - top + 1 } };
}

/** Adds a point to the stack if it belongs to the area and was not visited. */
function pushPoint(points: Uint8Array, open: Uint32Array, count: number, at: number): number {
  if (points[at] !== 1) return count;
  points[at] = 0;
  open[count] = at;
  return count + 1;
}

export function cropLuma({ width, points }: Luma, box: Box): Luma {
  const own = new Float32Array(box.width * box.height);
  for (let y = 0; y < box.height; y += 1) {
    const from = (box.top + y) * width + box.left;
    own.set(points.subarray(from, from + box.width), y * box.width);
  }
  return { width: box.width, height: box.height, points: own };
}
