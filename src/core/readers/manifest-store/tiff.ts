import type { Asset } from '../../media/asset.js';
import { tiffEntries } from '../containers/tiff-ifds.js';
import { readCandidates } from './chunk.js';
import type { Located } from './located.js';

/** C2PA 2.2 Annex A: tag 52545, type UNDEFINED or BYTE. */
const C2PA_TAG = 0xcd41;
const BYTE_TYPES = [1, 7];

/** TIFF, BigTIFF and DNG: the tag in a directory of the main chain. */
export async function tiffStore(asset: Asset): Promise<Located> {
  const { items, fault } = await tiffEntries(asset);
  const entries = items.filter((e) => e.tag === C2PA_TAG && BYTE_TYPES.includes(e.type));
  return readCandidates(
    asset,
    entries.map((e) => ({
      place: `IFD${e.ifd} tag 0xCD41`,
      offset: e.offset,
      bytes: e.bytes,
      isOfC2pa: true,
      // Behind tag and type the entry gives the number of bytes, in four bytes, in BigTIFF in eight.
      ranges: [
        { start: e.entryOffset + 4, bytes: e.countBytes },
        { start: e.offset, bytes: e.bytes },
      ],
    })),
    fault,
  );
}
