import type { Asset } from '../../media/asset.js';
import { readPngChunks } from '../containers/png-chunks.js';
import { readStoreCandidates } from './chunk.js';
import type { LocatedStores } from './located.js';

/** Locates the store of PNG: the ancillary, private, not safe-to-copy chunk `caBX` (C2PA 2.2 Annex A). */
export async function findPngStore(asset: Asset): Promise<LocatedStores> {
  const { items, fault } = await readPngChunks(asset);
  const chunks = items.filter((c) => c.type === 'caBX');
  return readStoreCandidates(
    asset,
    chunks.map((c) => ({
      locator: 'chunk caBX',
      offset: c.dataOffset,
      bytes: c.dataBytes,
      // Includes length and type before the data and the checksum after them.
      ranges: [{ start: c.offset, bytes: c.dataBytes + 12 }],
    })),
    fault,
  );
}
