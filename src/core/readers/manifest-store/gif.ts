import type { Asset } from '../../media/asset.js';
import { joinSubBlocks, readGifExtensions } from '../containers/gif-blocks.js';
import { findSizeFault, isNoJumbf, type LocatedStores, toStore } from './located.js';

const C2PA_GIF = 'C2PA_GIF';

/** Locates the store of GIF89a: the application extension `C2PA_GIF`, with data in sub-blocks of up to 255 bytes. */
export async function findGifStore(asset: Asset): Promise<LocatedStores> {
  const { items, fault } = await readGifExtensions(asset);
  const stores: LocatedStores['stores'] = [];
  let holdsOther = false;
  for (const extension of items) {
    if (!extension.application?.startsWith(C2PA_GIF)) continue;
    const bytes = extension.end - extension.dataOffset;
    const large = findSizeFault(bytes);
    if (large) return { stores, fault: large };
    const data = joinSubBlocks(await asset.read(extension.dataOffset, bytes));
    const { offset: start, end } = extension;
    const ranges = [{ start, bytes: end - start }];
    const found = toStore(data, 'application extension C2PA_GIF', { ranges });
    holdsOther ||= found.length === 0 && isNoJumbf(data);
    stores.push(...found);
    // Two already exceed the standard's maximum.
    if (stores.length > 1) break;
  }
  return { stores, fault, holdsOther };
}
