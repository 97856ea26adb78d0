import type { Asset } from '../../media/asset.js';
import { riffChunks } from '../containers/riff-chunks.js';
import { readCandidates } from './chunk.js';
import type { Located } from './located.js';

/** WebP, WAV, AVI: the chunk `C2PA` right under the RIFF form. */
export async function riffStore(asset: Asset): Promise<Located> {
  const { items, fault } = await riffChunks(asset);
  const chunks = items.filter((c) => c.id === 'C2PA');
  return readCandidates(
    asset,
    chunks.map((c) => ({
      place: 'RIFF chunk C2PA',
      offset: c.dataOffset,
      bytes: c.dataBytes,
      isOfC2pa: true,
      // Identifier and length before the data, a byte of padding behind an odd number of them.
      ranges: [{ start: c.offset, bytes: 8 + c.dataBytes + (c.dataBytes & 1) }],
    })),
    fault,
  );
}
