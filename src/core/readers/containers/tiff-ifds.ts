import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { type TiffDirectoryEntry, TiffStructure } from './tiff-directory.js';
import { bounded, cachePerAsset, malformed, type Walk } from './walk.js';

export interface TiffEntry extends TiffDirectoryEntry {
  /** Index of the directory in the main chain: 0 is IFD0. */
  ifd: number;
}

/** Lists the entries of the main chain of directories. Sub-directories are not followed, because they can multiply. */
export function readTiffEntries(asset: Asset): Promise<Walk<TiffEntry>> {
  return cachePerAsset(asset, 'tiff', () => walkTiff(asset));
}

async function walkTiff(asset: Asset): Promise<Walk<TiffEntry>> {
  const items: TiffEntry[] = [];
  const tiff = await TiffStructure.open(asset);
  if (!(tiff instanceof TiffStructure)) return { items, fault: tiff };
  const seen = new Set<number>();
  let at = tiff.first;
  for (let ifd = 0; at !== 0; ifd++) {
    if (ifd >= limits.exifIfds)
      return {
        items,
        fault: bounded('bound.entries', { place: 'TIFF', most: limits.exifIfds }),
      };
    if (seen.has(at)) return { items, fault: malformed('tiff.loop') };
    seen.add(at);
    const directory = await tiff.readDirectory(at, limits.tiffEntries - items.length);
    items.push(...directory.items.map((entry) => ({ ...entry, ifd })));
    if (directory.fault) return { items, fault: directory.fault };
    at = directory.next;
  }
  return { items };
}
