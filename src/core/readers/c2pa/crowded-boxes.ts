import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { Container } from '../../media/media-kinds.js';
import type { WalkFault } from '../conclude.js';
import { type BmffBox, createBoxWalk, listTopBoxes, walkBoxes } from '../containers/bmff-boxes.js';
import { readMetaHeaderBytes } from '../containers/bmff-tree.js';
import { bounded } from '../containers/walk.js';

/**
 * Both engines list the boxes of a file in time quadratic in the number of sibling boxes: 58,255 in one box take them
 * 20 seconds (c2pa-rs, `build_bmff_tree`). A file past the limit is not passed to them.
 */

const BOXED: ReadonlySet<Container> = new Set(['heif', 'bmff', 'cr3']);

/** Boxes whose children the engines list, according to `build_bmff_tree` of c2pa-rs. */
const LISTED_TYPES: ReadonlySet<string> = new Set(
  'moov trak mdia minf stbl moof traf edts udta dinf tref treg mvex mfra meta schi'.split(' '),
);

const MAX_PAIRS = limits.bmffBoxes ** 2;
/** A shorter box holds too few boxes to matter. */
const MIN_BYTES = 512;

/** Returns the limit that excludes a file from the engines; `undefined` if none does. */
export async function findCrowdedBoxes(asset: Asset): Promise<WalkFault | undefined> {
  if (!BOXED.has(asset.mediaType.container)) return undefined;
  const top = await listTopBoxes(asset);
  if (top.fault?.code === TOO_MANY.code) return top.fault;
  const shared = { ...createBoxWalk(), boxesLeft: limits.engineBoxes };
  let pairs = top.items.length ** 2;
  let level = top.items.filter(isOpened);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > limits.bmffDepth)
      return bounded('bound.depth', { place: 'ISO BMFF', most: limits.bmffDepth });
    const below: BmffBox[] = [];
    for (const box of level) {
      const start = box.dataOffset + (box.type === 'meta' ? await readMetaHeaderBytes(asset, box) : 0);
      const { items, fault } = await walkBoxes(asset, start, box.dataOffset + box.dataBytes, shared);
      pairs += items.length ** 2;
      if (fault?.code === TOO_MANY.code || pairs > MAX_PAIRS) return TOO_MANY;
      below.push(...items.filter(isOpened));
    }
    level = below;
  }
  return undefined;
}

const isOpened = ({ type, dataBytes }: BmffBox): boolean => LISTED_TYPES.has(type) && dataBytes >= MIN_BYTES;

const TOO_MANY = bounded('bound.entries', { place: 'ISO BMFF', most: limits.bmffBoxes });
