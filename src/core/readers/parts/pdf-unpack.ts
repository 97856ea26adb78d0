import { type AssetPart, PartClosed } from '../../evidence/evidence.js';
import { fault } from '../../ground/fault.js';
import type { Asset } from '../../media/asset.js';
import { isUndone, undone } from '../containers/pdf-chain.js';

/** No filter that is undone here makes a file longer than so many times, text with blanks among them. */
const MOST_TIMES = 3;

/** How the bytes of a stream come about that stands in the file behind these filters. */
export function throughFilters(
  asset: Asset,
  { offset, bytes }: { offset: number; bytes: number },
  filters: readonly string[],
): Pick<AssetPart, 'unpack' | 'closed'> {
  if (filters.length === 0) return {};
  if (!isUndone(filters)) return { closed: fault('part.packing') };
  return {
    unpack: async (most) => {
      if (bytes > MOST_TIMES * most) throw new PartClosed(fault('bound.unpackedPart', { most }));
      const content = undone(await asset.read(offset, bytes), filters, most);
      if (content === 'larger') throw new PartClosed(fault('bound.unpackedPart', { most }));
      if (content === 'damaged') throw new PartClosed(fault('part.damaged'));
      return content;
    },
  };
}
