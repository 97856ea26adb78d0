import type { Asset } from '../../media/asset.js';
import { gifBlocks, subBlockData } from '../containers/gif-blocks.js';
import { asStore, isNoJumbf, type Located, tooLarge } from './located.js';

const C2PA_GIF = 'C2PA_GIF';

/** GIF89a: the application extension `C2PA_GIF`, its data in sub-blocks of up to 255 bytes. */
export async function gifStore(asset: Asset): Promise<Located> {
  const { items, fault } = await gifBlocks(asset);
  const stores: Located['stores'] = [];
  let holdsOther = false;
  for (const extension of items) {
    if (!extension.application?.startsWith(C2PA_GIF)) continue;
    const bytes = extension.end - extension.dataOffset;
    const large = tooLarge(bytes);
    if (large) return { stores, fault: large };
    const data = subBlockData(await asset.read(extension.dataOffset, bytes));
    const { offset: start, end } = extension;
    const ranges = [{ start, bytes: end - start }];
    const found = asStore(data, 'application extension C2PA_GIF', { ranges });
    holdsOther ||= found.length === 0 && isNoJumbf(data);
    stores.push(...found);
    // Two are already more than the standard allows.
    if (stores.length > 1) break;
  }
  return { stores, fault, holdsOther };
}
