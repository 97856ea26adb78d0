import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { type DirectoryEntry, TiffStructure } from './tiff-directory.js';
import { bounded, malformed, once, type Walk } from './walk.js';

export interface TiffEntry extends DirectoryEntry {
  /** Which directory of the main chain: 0 is IFD0. */
  ifd: number;
}

/** Entries of the main chain of directories. Sub-directories are not followed: they can multiply. */
export function tiffEntries(asset: Asset): Promise<Walk<TiffEntry>> {
  return once(asset, 'tiff', () => walkTiff(asset));
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
        fault: bounded('bound.ifds', { most: limits.exifIfds }),
      };
    if (seen.has(at)) return { items, fault: malformed('tiff.loop') };
    seen.add(at);
    const directory = await tiff.directory(at, limits.tiffEntries - items.length);
    items.push(...directory.items.map((entry) => ({ ...entry, ifd })));
    if (directory.fault) return { items, fault: directory.fault };
    at = directory.next;
  }
  return { items };
}
