import { fault, pickFault, type ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { type Box, findContentBox, standardCrops } from '../../../matching/crops.js';
import type { Fingerprint } from '../../../matching/fingerprint.js';
import { type Luma, type OrientedHashes, PdqHasher } from '../../../matching/pdq.js';
import { type QueryCrop, videoQueryCrops } from '../../../matching/query-crops.js';
import { trimBorder } from '../../../matching/trim-border.js';
import { FRAMES_PER_SECOND, hammingDistance, MAX_SAME_FRAME_BITS } from '../../../matching/video-frames.js';
import type { Asset } from '../../media/asset.js';
import { decodeGreyFrames } from '../pixels/ffmpeg.js';
import type { Grey } from '../pixels/perceptual-hash.js';
import { isDistinctive, joinFingerprints, listTurns } from './picture.js';

interface DistinctFrame {
  grey: Grey;
  whole: OrientedHashes;
}

/**
 * Computes the fingerprint of a video from two frames a second; frames that are indistinct or repeat the previous one
 * are omitted.
 */
export async function fingerprintVideo(
  asset: Asset,
): Promise<{ fingerprint: Fingerprint; partly?: ReadFault } | ReadFault> {
  const kept: DistinctFrame[] = [];
  const boxes = new ContentBoxes();
  const wish = { rate: FRAMES_PER_SECOND, most: limits.fingerprintFrames };
  const end = await decodeGreyFrames(asset, wish, (grey) => {
    if (Math.min(grey.width, grey.height) < limits.fingerprintMinPixels) return;
    const luma = lumaOf(grey);
    const whole = new PdqHasher(luma).hashOrientations();
    if (!isDistinctive(whole)) return;
    const before = kept.at(-1)?.whole.hash;
    if (before && hammingDistance(before, whole.hash) <= MAX_SAME_FRAME_BITS) return;
    kept.push({ grey, whole });
    boxes.add(luma);
  });
  if ('code' in end) return pickFault(end);
  const [first] = kept;
  if (first === undefined) return fault('fingerprint.frames', { count: end.count });
  const seconds = end.count / FRAMES_PER_SECOND;
  const views = boxes.views(kept.length, first.grey);
  const [shelf, query]: [Uint8Array[], Uint8Array[]] = [[], []];
  for (const { grey, whole } of kept) {
    const luma = lumaOf(grey);
    const hashing = new PdqHasher(luma);
    shelf.push(...computeIndexEntries(hashing, luma, whole));
    query.push(...queryOf(hashing, luma, whole, views));
  }
  return {
    fingerprint: {
      kind: 'video',
      quality: Math.max(...kept.map(({ whole }) => whole.quality)),
      frames: kept.length,
      seconds,
      shelf: joinFingerprints(shelf),
      query: joinFingerprints(query),
    },
    ...(end.isCut && { partly: fault('bound.fingerprintSeconds', { seconds }) }),
    ...(end.isDamaged && { partly: fault('fingerprint.damaged') }),
  };
}

const lumaOf = ({ width, height, data }: Grey): Luma => ({ width, height, points: Float32Array.from(data) });

/**
 * Returns the index entries of a frame. An indistinct crop is replaced by the whole frame, so that each frame has
 * equally many.
 */
function computeIndexEntries(hashing: PdqHasher, luma: Luma, whole: OrientedHashes): Uint8Array[] {
  const cuts = standardCrops(luma).map((box) => hashing.hash(box));
  return [whole.hash, ...cuts.map((cut) => (isDistinctive(cut) ? cut.bits : whole.hash))];
}

function queryOf(
  hashing: PdqHasher,
  luma: Luma,
  whole: OrientedHashes,
  views: readonly QueryCrop[],
): Uint8Array[] {
  const fits = ({ left, top, width, height }: Box) =>
    left + width <= luma.width && top + height <= luma.height;
  const parts = views.map(({ box, scale }) => (fits(box) ? hashing.hashOrientations(box, scale) : whole));
  return [whole, ...parts.map((part) => (isDistinctive(part) ? part : whole))].flatMap(listTurns);
}

/**
 * Finds the area of the video within the sent frames, which is the same in all of them: a single dark frame would
 * mislead.
 */
class ContentBoxes {
  readonly #content: Box[] = [];
  /** Union of the areas within the border of all frames; `undefined` once a frame had no border. */
  #within: Box | undefined;
  #hasBorder = true;

  add(luma: Luma): void {
    const content = findContentBox(luma);
    if (content) this.#content.push(content);
    const within = trimBorder(luma);
    if (within === undefined) this.#hasBorder = false;
    else this.#within = this.#within ? unionOf(this.#within, within) : within;
  }

  /** Returns the areas that most frames have, for frames of this size. */
  views(frames: number, size: Pick<Luma, 'width' | 'height'>): QueryCrop[] {
    const content = this.#content.length * 2 > frames ? medianBox(this.#content) : undefined;
    const within = this.#hasBorder ? this.#within : undefined;
    return videoQueryCrops(size, { content, within }, limits.fingerprintFramePixels);
  }
}

function unionOf(one: Box, other: Box): Box {
  const [left, top] = [Math.min(one.left, other.left), Math.min(one.top, other.top)];
  const right = Math.max(one.left + one.width, other.left + other.width);
  const bottom = Math.max(one.top + one.height, other.top + other.height);
  return { left, top, width: right - left, height: bottom - top };
}

function medianBox(boxes: readonly Box[]): Box {
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
