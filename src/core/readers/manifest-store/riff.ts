import type { Asset } from '../../media/asset.js';
import { readRiffChunks } from '../containers/riff-chunks.js';
import { readStoreCandidates } from './chunk.js';
import type { LocatedStores } from './located.js';

/** Locates the store of WebP, WAV and AVI: the chunk `C2PA` directly under the RIFF form. */
export async function findRiffStore(asset: Asset): Promise<LocatedStores> {
  const { items, fault } = await readRiffChunks(asset);
  const chunks = items.filter((c) => c.id === 'C2PA');
  return readStoreCandidates(
    asset,
    chunks.map((c) => ({
      locator: 'RIFF chunk C2PA',
      offset: c.dataOffset,
      bytes: c.dataBytes,
      isOfC2pa: true,
      // Includes identifier and length before the data, and a padding byte after odd lengths.
      ranges: [{ start: c.offset, bytes: 8 + c.dataBytes + (c.dataBytes & 1) }],
    })),
    fault,
  );
}
