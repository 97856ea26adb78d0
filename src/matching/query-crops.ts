import { type Box, findContentBox, middleBox, STANDARD_SIDE } from './crops.js';
import type { Luma } from './pdq.js';
import { trimBorder } from './trim-border.js';

/** Boxes besides the whole picture; each adds eight fingerprints to a search. */
const MAX_CROPS = 2;
/**
 * Percent of the sides in the middle, because text, logos and captions are near the edges. The first equals a stored
 * crop, the second that crop of a picture trimmed by 5 %.
 */
const MIDDLE_PERCENTS = [75, 79] as const;
/** Boxes whose sides differ by less, in percent of the picture’s, count as equal. */
const SAME_PERCENT = 1.5;
/** Maximum difference between opposite sides of a border, in percent of the picture’s. */
const EVEN_PERCENT = 3;
/** A plain edge narrower than this share of the widest one belongs to the picture itself. */
const OWN_EDGE_SHARE = 0.4;
/** Part of a queried picture, with the factor by which it is enlarged before hashing to match stored pictures and crops. */
export interface QueryCrop {
  box: Box;
  scale: number;
}

/**
 * Returns parts of a queried picture, at most two besides the whole: the content within bars, the content within a
 * border, the content within the widest bars alone and, if these are too few, the middle, because text may have been
 * added at the edges.
 */
export function queryCrops(luma: Luma): QueryCrop[] {
  const content = findContentBox(luma);
  const whole = { left: 0, top: 0, width: luma.width, height: luma.height };
  const found = findBoxes(luma, content, trimBorder(luma)).map((box) => toQueryCrop(box, STANDARD_SIDE));
  const of = content ?? whole;
  const middles = MIDDLE_PERCENTS.map((percent) => toQueryCrop(middleBox(of, percent), STANDARD_SIDE));
  return [...found, ...middles].slice(0, MAX_CROPS);
}

/**
 * Returns the parts of a queried video. `content` and `within` were found over all frames; stored frames have sides of
 * `side`.
 */
export function videoQueryCrops(
  size: Size,
  { content, within }: { content: Box | undefined; within: Box | undefined },
  side: number,
): QueryCrop[] {
  return findBoxes(size, content, within)
    .map((box) => toQueryCrop(box, side))
    .slice(0, MAX_CROPS);
}

type Size = Pick<Luma, 'width' | 'height'>;

function findBoxes(size: Size, content: Box | undefined, within: Box | undefined): Box[] {
  const whole = { left: 0, top: 0, width: size.width, height: size.height };
  const found: Box[] = content ? [content] : [];
  const add = (box: Box | undefined): void => {
    if (box && ![whole, ...found].some((other) => isSame(other, box, size))) found.push(box);
  };
  if (within && (content === undefined || isEven(within, size))) add(within);
  if (content) add(restoreOwnEdges(content, size));
  return found;
}

const toQueryCrop = (box: Box, side: number): QueryCrop => ({
  box,
  scale: Math.max(1, side / Math.max(box.width, box.height)),
});

function isEven(box: Box, { width, height }: Size): boolean {
  const right = width - box.left - box.width;
  const bottom = height - box.top - box.height;
  return (
    Math.abs(box.left - right) <= (width * EVEN_PERCENT) / 100 &&
    Math.abs(box.top - bottom) <= (height * EVEN_PERCENT) / 100
  );
}

/**
 * Adds back plain edges that are narrow compared with the widest: the picture’s own background may have the tone of the
 * bars.
 */
function restoreOwnEdges(box: Box, { width, height }: Size): Box {
  const right = width - box.left - box.width;
  const bottom = height - box.top - box.height;
  const max = Math.max(box.left, right, box.top, bottom) * OWN_EDGE_SHARE;
  const [left, top] = [box.left <= max ? 0 : box.left, box.top <= max ? 0 : box.top];
  return {
    left,
    top,
    width: width - left - (right <= max ? 0 : right),
    height: height - top - (bottom <= max ? 0 : bottom),
  };
}

function isSame(one: Box, other: Box, { width, height }: Size): boolean {
  const [x, y] = [(width * SAME_PERCENT) / 100, (height * SAME_PERCENT) / 100];
  return (
    Math.abs(one.left - other.left) <= x &&
    Math.abs(one.left + one.width - other.left - other.width) <= x &&
    Math.abs(one.top - other.top) <= y &&
    Math.abs(one.top + one.height - other.top - other.height) <= y
  );
}
