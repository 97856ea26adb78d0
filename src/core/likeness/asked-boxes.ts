import { withinBorder } from './border.js';
import type { Luma } from './pdq.js';
import { type Box, contentBox, middleOf } from './views.js';

/** Beside the whole: each costs a search eight fingerprints. */
const MOST = 2;
/** Text, logos and signs stand near the edges. The first is one of the cuts that are kept; the second is that of a picture cut by 5 %. */
const MIDDLES = [75, 79] as const;
/** Boxes whose sides differ by no more, in percent of the picture’s, are the same. */
const SAME_PERCENT = 1.5;

/**
 * Parts of a picture that is asked about, besides the whole: what stands within bars, what stands within a border, and where
 * there is no such, its middle, as others may have written on its edges. Two at most.
 */
export function askedBoxes(luma: Luma): Box[] {
  const content = contentBox(luma);
  const within = withinBorder(luma);
  const isNew = within !== undefined && !(content !== undefined && isSame(content, within, luma));
  const whole = { left: 0, top: 0, width: luma.width, height: luma.height };
  const middles = MIDDLES.map((percent) => middleOf(content ?? whole, percent));
  return [...(content ? [content] : []), ...(isNew ? [within] : []), ...middles].slice(0, MOST);
}

function isSame(one: Box, other: Box, { width, height }: Luma): boolean {
  const [x, y] = [(width * SAME_PERCENT) / 100, (height * SAME_PERCENT) / 100];
  return (
    Math.abs(one.left - other.left) <= x &&
    Math.abs(one.left + one.width - other.left - other.width) <= x &&
    Math.abs(one.top - other.top) <= y &&
    Math.abs(one.top + one.height - other.top - other.height) <= y
  );
}
