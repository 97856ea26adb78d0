import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { Container } from '../../media/media-kinds.js';
import type { WalkFault } from '../conclude.js';
import { type BmffBox, boxWalk, topBoxes, walkBoxes } from '../containers/bmff-boxes.js';
import { metaHeaderBytes } from '../containers/bmff-tree.js';
import { bounded } from '../containers/walk.js';

/**
 * Both engines list the boxes of a file in a time that grows with the square of how many stand beside each other: 58,255 in
 * one box take them 20 seconds (c2pa-rs, `build_bmff_tree`). A file past the bound is not handed to them.
 */

const BOXED: ReadonlySet<Container> = new Set(['heif', 'bmff', 'cr3']);

/** Boxes that the engines open, by `build_bmff_tree` of c2pa-rs. */
const OPENED: ReadonlySet<string> = new Set(
  'moov trak mdia minf stbl moof traf edts udta dinf tref treg mvex mfra meta schi'.split(' '),
);

const MOST_PAIRS = limits.bmffBoxes ** 2;
/** A shorter box holds too few others to count. */
const LEAST_BYTES = 512;

/** The bound that keeps a file from the engines; undefined where none does. */
export async function crowdedBoxes(asset: Asset): Promise<WalkFault | undefined> {
  if (!BOXED.has(asset.mediaType.container)) return undefined;
  const top = await topBoxes(asset);
  if (top.fault?.code === TOO_MANY.code) return top.fault;
  const shared = { ...boxWalk(), boxesLeft: limits.engineBoxes };
  let pairs = top.items.length ** 2;
  let level = top.items.filter(isOpened);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > limits.bmffDepth) return bounded('bound.boxDepth', { most: limits.bmffDepth });
    const below: BmffBox[] = [];
    for (const box of level) {
      const start = box.dataOffset + (box.type === 'meta' ? await metaHeaderBytes(asset, box) : 0);
      const { items, fault } = await walkBoxes(asset, start, box.dataOffset + box.dataBytes, shared);
      pairs += items.length ** 2;
      if (fault?.code === TOO_MANY.code || pairs > MOST_PAIRS) return TOO_MANY;
      below.push(...items.filter(isOpened));
    }
    level = below;
  }
  return undefined;
}

const isOpened = ({ type, dataBytes }: BmffBox): boolean => OPENED.has(type) && dataBytes >= LEAST_BYTES;

const TOO_MANY = bounded('bound.boxes', { most: limits.bmffBoxes });
