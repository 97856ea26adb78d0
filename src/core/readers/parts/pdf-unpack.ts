import { fault } from '../../../base/fault.js';
import { type AssetPart, UnreadablePartError } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { canUndoFilters, undoFilters } from '../containers/pdf-chain.js';

/** Maximum ratio of encoded to decoded length for the supported filters, including text with blanks. */
const MAX_EXPANSION = 3;

/** Returns a function that decodes a stream of the file through these filters. */
export function createUnpacker(
  asset: Asset,
  { offset, bytes }: { offset: number; bytes: number },
  filters: readonly string[],
): Pick<AssetPart, 'unpack' | 'unreadable'> {
  if (filters.length === 0) return {};
  if (!canUndoFilters(filters)) return { unreadable: fault('part.packing') };
  return {
    unpack: async (most) => {
      if (bytes > MAX_EXPANSION * most) throw new UnreadablePartError(fault('bound.unpackedPart', { most }));
      const content = undoFilters(await asset.read(offset, bytes), filters, most);
      if (content === 'larger') throw new UnreadablePartError(fault('bound.unpackedPart', { most }));
      if (content === 'damaged') throw new UnreadablePartError(fault('part.damaged'));
      return content;
    },
  };
}
