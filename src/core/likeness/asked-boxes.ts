import { withinBorder } from './border.js';
import type { Luma } from './pdq.js';
import { type Box, contentBox, middleOf, USUAL_SIDE } from './views.js';

/** Beside the whole: each costs a search eight fingerprints. */
const MOST = 2;
/** Text, logos and signs stand near the edges. The first is one of the cuts that are kept; the second is that of a picture cut by 5 %. */
const MIDDLES = [75, 79] as const;
/** Boxes whose sides differ by no more, in percent of the picture’s, are the same. */
const SAME_PERCENT = 1.5;
/** A border stands evenly around: its sides differ by no more, in percent of the picture’s. */
const EVEN_PERCENT = 3;
/** A plain edge of so little, beside the widest one, is the picture’s own. */
const OWN_SHARE = 0.4;
/** A part, and how many times as many points a side the picture has that it is taken for, or for a cut of. */
export interface Asked {
  box: Box;
  scale: number;
}

/**
 * Parts of a picture that is asked about, besides the whole: what stands within bars, what stands within a border, what stands
 * within the widest bars alone, and where there is no such, its middle, as others may have written on its edges. Two at most.
 */
export function askedBoxes(luma: Luma): Asked[] {
  const content = contentBox(luma);
  const whole = { left: 0, top: 0, width: luma.width, height: luma.height };
  const found = boxesIn(luma, content, withinBorder(luma)).map((box) => asked(box, USUAL_SIDE));
  const of = content ?? whole;
  const middles = MIDDLES.map((percent) => asked(middleOf(of, percent), USUAL_SIDE));
  return [...found, ...middles].slice(0, MOST);
}

/** Those of a video, of whose frames these were found. Archives have frames of `side`. */
export function askedBoxesOf(
  size: Size,
  { content, within }: { content: Box | undefined; within: Box | undefined },
  side: number,
): Asked[] {
  return boxesIn(size, content, within)
    .map((box) => asked(box, side))
    .slice(0, MOST);
}

type Size = Pick<Luma, 'width' | 'height'>;

function boxesIn(size: Size, content: Box | undefined, within: Box | undefined): Box[] {
  const whole = { left: 0, top: 0, width: size.width, height: size.height };
  const found: Box[] = content ? [content] : [];
  const add = (box: Box | undefined): void => {
    if (box && ![whole, ...found].some((other) => isSame(other, box, size))) found.push(box);
  };
  if (within && (content === undefined || isEven(within, size))) add(within);
  if (content) add(withOwnEdges(content, size));
  return found;
}

const asked = (box: Box, side: number): Asked => ({
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

/** With those plain edges again that are narrow beside the widest: the picture’s own ground may have the tone of the bars. */
function withOwnEdges(box: Box, { width, height }: Size): Box {
  const right = width - box.left - box.width;
  const bottom = height - box.top - box.height;
  const most = Math.max(box.left, right, box.top, bottom) * OWN_SHARE;
  const [left, top] = [box.left <= most ? 0 : box.left, box.top <= most ? 0 : box.top];
  return {
    left,
    top,
    width: width - left - (right <= most ? 0 : right),
    height: height - top - (bottom <= most ? 0 : bottom),
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
