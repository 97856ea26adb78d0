import type { Luma } from './pdq.js';

/** A part of a picture, in points. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The reference gives nothing below this. */
const LEAST_SIDE = 5;

/** In percent of a side that stays, cut evenly around the middle. */
const CENTRES = [95, 90, 85, 80, 75] as const;
/** In percent of a side that one edge loses. */
const EDGES = [10, 15] as const;

/**
 * What is kept of an archive's picture besides the whole: what people cut pictures to. A picture that was cut otherwise is
 * found by its likeness to the nearest of these, or not at all.
 */
export function cutsOf({ width, height }: Pick<Luma, 'width' | 'height'>): Box[] {
  const whole: Box = { left: 0, top: 0, width, height };
  const centres = CENTRES.map((percent) => inner(whole, (100 - percent) / 2, (100 - percent) / 2));
  const edges = EDGES.flatMap((percent) => [
    edge(whole, { left: percent }),
    edge(whole, { right: percent }),
    edge(whole, { top: percent }),
    edge(whole, { bottom: percent }),
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

/** Archives have their pictures at this size or larger when they are looked at. */
export const USUAL_SIDE = 512;

/**
 * How many times as many points a side a cut that is kept is hashed with: as many as a picture that was cut so and arrives as a whole.
 * One that is smaller than usual arrives as it was cut.
 */
export const scaleOfCut = ({ width, height }: Pick<Luma, 'width' | 'height'>, cut: Box): number =>
  Math.max(width, height) < USUAL_SIDE ? 1 : Math.max(1, USUAL_SIDE / Math.max(cut.width, cut.height));

const isSearchable = ({ width, height }: Box): boolean => Math.min(width, height) >= LEAST_SIDE;

function edge(whole: Box, { left = 0, right = 0, top = 0, bottom = 0 }: Partial<Record<Side, number>>): Box {
  const [fromLeft, fromTop] = [share(whole.width, left), share(whole.height, top)];
  return {
    left: fromLeft,
    top: fromTop,
    width: whole.width - fromLeft - share(whole.width, right),
    height: whole.height - fromTop - share(whole.height, bottom),
  };
}
type Side = 'left' | 'right' | 'top' | 'bottom';

const inner = (whole: Box, x: number, y: number): Box =>
  edge(whole, { left: x, right: x, top: y, bottom: y });

/** What is left of a part when so many percent of its sides stay, evenly around its middle. */
export function middleOf(box: Box, percent: number): Box {
  const { left, top, width, height } = inner(box, (100 - percent) / 2, (100 - percent) / 2);
  return { left: box.left + left, top: box.top + top, width, height };
}

const share = (length: number, percent: number): number => Math.round((length * percent) / 100);

/** A bar is of one tone: what stands on an edge of it differs by no more, after JPEG. */
const RIPPLE = 8;
/** Share of an outermost row or column that is of one tone, where that is a bar’s. */
const TONE_SHARE = 0.5;
/** A picture is solid where a square of this share of the shorter side has hardly a point of a bar’s tone; text and signs are not. */
const SQUARE_SHARE = 0.05;
const LEAST_SQUARE = 5;
const SOLID_SHARE = 0.97;
/** So much of what stands around the picture is bar; else it is no screenshot but a picture with a plain edge. */
const BAR_SHARE = 0.5;
const LEAST_CONTENT = 32;

/**
 * Where the picture is in what was sent: screenshots, captions and borders stand around it in plain bars, with text and signs
 * on them. It is what is around the largest solid part. Undefined where nothing stands around it, or nothing is solid.
 */
export function contentBox(luma: Luma): Box | undefined {
  const { width, height } = luma;
  const tones = barTones(luma);
  if (tones.length === 0) return undefined;
  const counts = new Counts(luma, tones);
  const box = largest(solidPoints(counts), width, height);
  if (box === undefined || Math.min(box.width, box.height) < LEAST_CONTENT) return undefined;
  const outside = width * height - box.width * box.height;
  if (outside === 0) return undefined;
  const others = counts.in({ left: 0, top: 0, width, height }) - counts.in(box);
  return others > outside * (1 - BAR_SHARE) ? undefined : box;
}

/** The tones that most of an outermost row or column has. */
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

/** How many points of any part are of no bar’s tone, each in the same time. */
class Counts {
  readonly width: number;
  readonly height: number;
  /** For each point, one row and column more than there are: how many stand above it and to its left. */
  readonly sums: Uint32Array;

  constructor({ width, height, points }: Luma, bars: readonly number[]) {
    this.width = width;
    this.height = height;
    const isOther = Uint8Array.from({ length: 256 }, (_none, tone) =>
      bars.every((bar) => Math.abs(tone - bar) > RIPPLE) ? 1 : 0,
    );
    const row = width + 1;
    const sums = new Uint32Array(row * (height + 1));
    for (let y = 0; y < height; y += 1) {
      let inRow = 0;
      for (let x = 0; x < width; x += 1) {
        // Rounded; they are 0 to 255.
        inRow += isOther[((points[y * width + x] ?? 0) + 0.5) | 0] ?? 1;
        sums[(y + 1) * row + x + 1] = (sums[y * row + x + 1] ?? 0) + inRow;
      }
    }
    this.sums = sums;
  }

  in({ left, top, width, height }: Box): number {
    const row = this.width + 1;
    const at = (x: number, y: number): number => this.sums[y * row + x] ?? 0;
    return at(left + width, top + height) - at(left, top + height) - at(left + width, top) + at(left, top);
  }
}

/** Points that lie in a solid square, 1 each. */
function solidPoints({ width, height, sums }: Counts): Uint8Array {
  const side = Math.max(LEAST_SQUARE, Math.round(Math.min(width, height) * SQUARE_SHARE));
  const least = SOLID_SHARE * side * side;
  const row = width + 1;
  const down = side * row;
  // How many squares begin less end at a point: summed up over all before it, in how many it lies.
  const squares = new Int32Array(row * (height + 1));
  for (let top = 0; top + side <= height; top += 1)
    for (let at = top * row; at + side < (top + 1) * row; at += 1) {
      const count =
        (sums[at + down + side] ?? 0) - (sums[at + down] ?? 0) - (sums[at + side] ?? 0) + (sums[at] ?? 0);
      if (count < least) continue;
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
      // From here on the sum of all rows so far.
      squares[at] = all;
      if (all > 0) solid[y * width + x] = 1;
    }
  }
  return solid;
}

/** What is around the largest part of points that touch each other; these are taken out of `points`. */
function largest(points: Uint8Array, width: number, height: number): Box | undefined {
  let most = 0;
  let box: Box | undefined;
  const open = new Uint32Array(points.length);
  for (let first = 0; first < points.length; first += 1) {
    if (points[first] !== 1) continue;
    const part = partFrom(first, points, open, width, height);
    if (part.area <= most) continue;
    most = part.area;
    box = part.box;
  }
  return box;
}

function partFrom(
  first: number,
  points: Uint8Array,
  open: Uint32Array,
  width: number,
  height: number,
): { area: number; box: Box } {
  let [left, right, top, bottom, area] = [width, 0, height, 0, 0];
  for (let count = opened(points, open, 0, first); count > 0; area += 1) {
    count -= 1;
    const at = open[count] ?? 0;
    const x = at % width;
    const y = (at - x) / width;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
    if (x > 0) count = opened(points, open, count, at - 1);
    if (x < width - 1) count = opened(points, open, count, at + 1);
    if (y > 0) count = opened(points, open, count, at - width);
    if (y < height - 1) count = opened(points, open, count, at + width);
  }
  return { area, box: { left, top, width: right - left + 1, height: bottom - top + 1 } };
}

/** With a point more that is still to be looked at, if it is one. */
function opened(points: Uint8Array, open: Uint32Array, count: number, at: number): number {
  if (points[at] !== 1) return count;
  points[at] = 0;
  open[count] = at;
  return count + 1;
}

export function cutTo({ width, points }: Luma, box: Box): Luma {
  const own = new Float32Array(box.width * box.height);
  for (let y = 0; y < box.height; y += 1) {
    const from = (box.top + y) * width + box.left;
    own.set(points.subarray(from, from + box.width), y * box.width);
  }
  return { width: box.width, height: box.height, points: own };
}
