import type { Asset } from '../../media/asset.js';
import { readTiffEntries } from '../containers/tiff-ifds.js';
import { readStoreCandidates } from './chunk.js';
import type { LocatedStores } from './located.js';

/** Tag 52545, type UNDEFINED or BYTE (C2PA 2.2 Annex A). */
const C2PA_TAG = 0xcd41;
const BYTE_TYPES = [1, 7];

/** Locates the store of TIFF, BigTIFF and DNG: the tag in a directory of the main chain. */
export async function findTiffStore(asset: Asset): Promise<LocatedStores> {
  const { items, fault } = await readTiffEntries(asset);
  const entries = items.filter((e) => e.tag === C2PA_TAG && BYTE_TYPES.includes(e.type));
  return readStoreCandidates(
    asset,
    entries.map((e) => ({
      locator: `IFD${e.ifd} tag 0xCD41`,
      offset: e.offset,
      bytes: e.bytes,
      isOfC2pa: true,
      // The entry has tag and type, then the number of bytes in four bytes, or eight in BigTIFF.
      ranges: [
        { start: e.entryOffset + 4, bytes: e.countBytes },
        { start: e.offset, bytes: e.bytes },
      ],
    })),
    fault,
  );
}
