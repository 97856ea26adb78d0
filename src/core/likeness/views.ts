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

const share = (length: number, percent: number): number => Math.round((length * percent) / 100);

/** Neighbouring greys taken together: a flat border after JPEG is not one grey. */
const GREYS = 32;
/** A row of which no more than this is of one grey holds something to look at. */
const FLAT_SHARE = 0.8;

/**
 * Where the picture is in what was sent: screenshots, captions and borders stand around it in flat colours. First the
 * longest run of rows that are not flat, then in those the longest run of columns. Undefined where that is all of it.
 */
export function contentBox({ width, height, points }: Luma): Box | undefined {
  const rows = longestRun(height, (y) => isBusy(width, (x) => points[y * width + x] ?? 0));
  if (rows === undefined) return undefined;
  const columns = longestRun(width, (x) =>
    isBusy(rows.length, (y) => points[(rows.from + y) * width + x] ?? 0),
  );
  if (columns === undefined) return undefined;
  const box = { left: columns.from, top: rows.from, width: columns.length, height: rows.length };
  const isAll = box.width === width && box.height === height;
  return isAll || !isSearchable(box) ? undefined : box;
}

function isBusy(length: number, at: (index: number) => number): boolean {
  const counts = new Uint32Array(GREYS);
  for (let index = 0; index < length; index += 1) {
    const grey = Math.min(GREYS - 1, at(index) >> 3);
    counts[grey] = (counts[grey] ?? 0) + 1;
  }
  let most = 0;
  for (let grey = 0; grey < GREYS - 1; grey += 1)
    most = Math.max(most, (counts[grey] ?? 0) + (counts[grey + 1] ?? 0));
  return most <= length * FLAT_SHARE;
}

function longestRun(
  length: number,
  holds: (index: number) => boolean,
): { from: number; length: number } | undefined {
  let best: { from: number; length: number } | undefined;
  let from = 0;
  for (let index = 0; index <= length; index += 1) {
    if (index < length && holds(index)) continue;
    if (index > from && index - from > (best?.length ?? 0)) best = { from, length: index - from };
    from = index + 1;
  }
  return best;
}

export function cutTo({ width, points }: Luma, box: Box): Luma {
  const own = new Float32Array(box.width * box.height);
  for (let y = 0; y < box.height; y += 1) {
    const from = (box.top + y) * width + box.left;
    own.set(points.subarray(from, from + box.width), y * box.width);
  }
  return { width: box.width, height: box.height, points: own };
}
