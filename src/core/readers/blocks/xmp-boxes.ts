import type { Asset } from '../../asset.js';
import type { WalkFault } from '../conclude.js';
import { type BmffBox, topBoxes, walkBoxes } from '../containers/bmff-boxes.js';
import { cutMovie } from '../containers/bmff-movie.js';
import type { BlockGatherer } from './block.js';

/** XMP Specification Part 3 §2.3: a `uuid` box of this type; QuickTime has `XMP_` in `moov.udta`. */
export const XMP_UUID = 'be7acfcb97a942e89c71999491e3afac';
export const UUID_BYTES = 16;

/** The type of a `uuid` box, 32 lower-case hexadecimal digits. */
export async function uuidOf(asset: Asset, box: BmffBox): Promise<string> {
  return (await asset.read(box.dataOffset, Math.min(UUID_BYTES, box.dataBytes))).toString('hex');
}

/** XMP of a BMFF file at top level, in `moov` and in `moov.udta`. */
export async function takeXmpBoxes(gatherer: BlockGatherer): Promise<WalkFault | undefined> {
  const { asset } = gatherer;
  const top = await topBoxes(asset);
  let fault = top.fault ?? (await cutMovie(asset));
  const take = async (boxes: BmffBox[], path: string): Promise<void> => {
    for (const box of boxes) {
      const place = `box ${path}${box.type}`;
      if (box.type === 'XMP_' && path === 'moov.udta.') await gatherer.take('xmp', { ...box, place });
      else if (box.type === 'uuid' && (await uuidOf(asset, box)) === XMP_UUID)
        await gatherer.take('xmp', {
          place,
          dataOffset: box.dataOffset + UUID_BYTES,
          dataBytes: box.dataBytes - UUID_BYTES,
        });
    }
  };
  await take(top.items, '');
  for (const moov of top.items.filter((b) => b.type === 'moov')) {
    const inMoov = await children(asset, moov);
    fault ??= inMoov.fault;
    await take(inMoov.items, 'moov.');
    for (const udta of inMoov.items.filter((b) => b.type === 'udta')) {
      const inUdta = await children(asset, udta);
      fault ??= inUdta.fault;
      await take(inUdta.items, 'moov.udta.');
    }
  }
  return fault;
}

const TERMINATOR_BYTES = 4;

/** Boxes within a box. QuickTime may end a list of them with four zero bytes. */
async function children(asset: Asset, box: BmffBox): Promise<{ items: BmffBox[]; fault?: WalkFault }> {
  const end = box.dataOffset + box.dataBytes;
  const walk = await walkBoxes(asset, box.dataOffset, end);
  const last = walk.items.at(-1);
  const reached = last ? last.dataOffset + last.dataBytes : box.dataOffset;
  if (walk.fault && end - reached === TERMINATOR_BYTES) {
    const rest = await asset.read(reached, TERMINATOR_BYTES);
    if (rest.every((byte) => byte === 0)) return { items: walk.items };
  }
  return walk;
}
