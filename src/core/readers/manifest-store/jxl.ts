import type { Asset } from '../../media/asset.js';
import { topBoxes } from '../containers/bmff-boxes.js';
import { readCandidates } from './chunk.js';
import type { Located } from './located.js';

/** JPEG XL: a bare codestream has no boxes and so no store. */
const CODESTREAM = Buffer.from([0xff, 0x0a]);

/** ISO/IEC 18181-2: the `jumb` box at top level is the store itself, header and all. */
export async function jxlStore(asset: Asset): Promise<Located> {
  if ((await asset.read(0, 2)).equals(CODESTREAM)) return { stores: [] };
  const { items, fault } = await topBoxes(asset);
  const boxes = items.filter((b) => b.type === 'jumb');
  return readCandidates(
    asset,
    boxes.map((b) => {
      const bytes = b.dataOffset - b.offset + b.dataBytes;
      return { place: 'box jumb', offset: b.offset, bytes, ranges: [{ start: b.offset, bytes }] };
    }),
    fault,
  );
}
