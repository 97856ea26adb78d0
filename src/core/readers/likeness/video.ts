import { bareFault, fault, type ReadFault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import { type Asked, askedBoxesOf } from '../../likeness/asked-boxes.js';
import { withinBorder } from '../../likeness/border.js';
import { bitsBetween, FRAMES_A_SECOND, SAME_FRAME_BITS } from '../../likeness/frames.js';
import type { Likeness } from '../../likeness/likeness.js';
import { type Hashed, Hashing, type Luma } from '../../likeness/pdq.js';
import { type Box, contentBox, cutsOf } from '../../likeness/views.js';
import type { Asset } from '../../media/asset.js';
import { greyFrames } from '../pixels/ffmpeg.js';
import type { Grey } from '../pixels/perceptual-hash.js';
import { inAllTurns, isTelling, joined } from './picture.js';

interface Kept {
  grey: Grey;
  whole: Hashed;
}

/** What a video looks like, by two of its frames a second; those that show nothing, or what the one before showed, left out. */
export async function videoLikeness(
  asset: Asset,
): Promise<{ likeness: Likeness; partly?: ReadFault } | ReadFault> {
  const kept: Kept[] = [];
  const boxes = new Boxes();
  const wish = { rate: FRAMES_A_SECOND, most: limits.likenessFrames };
  const end = await greyFrames(asset, wish, (grey) => {
    if (Math.min(grey.width, grey.height) < limits.likenessLeastPixels) return;
    const luma = lumaOf(grey);
    const whole = new Hashing(luma).inTurns();
    if (!isTelling(whole)) return;
    const before = kept.at(-1)?.whole.fingerprint;
    if (before && bitsBetween(before, whole.fingerprint) <= SAME_FRAME_BITS) return;
    kept.push({ grey, whole });
    boxes.add(luma);
  });
  if ('code' in end) return bareFault(end);
  const [first] = kept;
  if (first === undefined) return fault('likeness.frames', { count: end.count });
  const seconds = end.count / FRAMES_A_SECOND;
  const views = boxes.views(kept.length, first.grey);
  const [shelf, query]: [Uint8Array[], Uint8Array[]] = [[], []];
  for (const { grey, whole } of kept) {
    const luma = lumaOf(grey);
    const hashing = new Hashing(luma);
    shelf.push(...shelfOf(hashing, luma, whole));
    query.push(...queryOf(hashing, luma, whole, views));
  }
  return {
    likeness: {
      kind: 'video',
      quality: Math.max(...kept.map(({ whole }) => whole.quality)),
      frames: kept.length,
      seconds,
      shelf: joined(shelf),
      query: joined(query),
    },
    ...(end.cut && { partly: fault('bound.likenessSeconds', { seconds }) }),
    ...(end.damaged && { partly: fault('likeness.damaged') }),
  };
}

const lumaOf = ({ width, height, data }: Grey): Luma => ({ width, height, points: Float32Array.from(data) });

/** Of a frame that says too little when it is cut, the whole once more: each frame has as many. */
function shelfOf(hashing: Hashing, luma: Luma, whole: Hashed): Uint8Array[] {
  const cuts = cutsOf(luma).map((box) => hashing.plain(box));
  return [whole.fingerprint, ...cuts.map((cut) => (isTelling(cut) ? cut.bits : whole.fingerprint))];
}

function queryOf(hashing: Hashing, luma: Luma, whole: Hashed, views: readonly Asked[]): Uint8Array[] {
  const fits = ({ left, top, width, height }: Box) =>
    left + width <= luma.width && top + height <= luma.height;
  const parts = views.map(({ box, scale }) => (fits(box) ? hashing.inTurns(box, scale) : whole));
  return [whole, ...parts.map((part) => (isTelling(part) ? part : whole))].flatMap(inAllTurns);
}

/** Where a video stands in what was sent is the same in all of its frames: a dark one alone would mislead. */
class Boxes {
  readonly #content: Box[] = [];
  /** Around all that was within the border of any frame; undefined once a frame had no border. */
  #within: Box | undefined;
  #hasBorder = true;

  add(luma: Luma): void {
    const content = contentBox(luma);
    if (content) this.#content.push(content);
    const within = withinBorder(luma);
    if (within === undefined) this.#hasBorder = false;
    else this.#within = this.#within ? around(this.#within, within) : within;
  }

  /** What most frames have, in frames of this size. */
  views(frames: number, size: Pick<Luma, 'width' | 'height'>): Asked[] {
    const content = this.#content.length * 2 > frames ? middleOf(this.#content) : undefined;
    const within = this.#hasBorder ? this.#within : undefined;
    return askedBoxesOf(size, { content, within }, limits.likenessFramePixels);
  }
}

function around(one: Box, other: Box): Box {
  const [left, top] = [Math.min(one.left, other.left), Math.min(one.top, other.top)];
  const right = Math.max(one.left + one.width, other.left + other.width);
  const bottom = Math.max(one.top + one.height, other.top + other.height);
  return { left, top, width: right - left, height: bottom - top };
}

function middleOf(boxes: readonly Box[]): Box {
  const middle = (of: (box: Box) => number): number =>
    boxes.map(of).sort((one, other) => one - other)[boxes.length >> 1] ?? 0;
  const [left, top] = [middle((box) => box.left), middle((box) => box.top)];
  return {
    left,
    top,
    width: middle((box) => box.left + box.width) - left,
    height: middle((box) => box.top + box.height) - top,
  };
}
