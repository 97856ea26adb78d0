import type { Asset } from '../../media/asset.js';
import { pngChunks } from '../containers/png-chunks.js';
import { readCandidates } from './chunk.js';
import type { Located } from './located.js';

/** C2PA 2.2 Annex A: the ancillary, private, not safe-to-copy chunk `caBX`. */
export async function pngStore(asset: Asset): Promise<Located> {
  const { items, fault } = await pngChunks(asset);
  const chunks = items.filter((c) => c.type === 'caBX');
  return readCandidates(
    asset,
    chunks.map((c) => ({
      place: 'chunk caBX',
      offset: c.dataOffset,
      bytes: c.dataBytes,
      // Length and type before the data, a checksum behind them.
      ranges: [{ start: c.offset, bytes: c.dataBytes + 12 }],
    })),
    fault,
  );
}
