import type { Asset } from '../../media/asset.js';
import { listTopBoxes } from '../containers/bmff-boxes.js';
import { readStoreCandidates } from './chunk.js';
import type { LocatedStores } from './located.js';

/** A bare codestream has no boxes and so no store. */
const CODESTREAM = Buffer.from([0xff, 0x0a]);

/** Locates the store of JPEG XL: the top-level `jumb` box, including its header (ISO/IEC 18181-2). */
export async function findJxlStore(asset: Asset): Promise<LocatedStores> {
  if ((await asset.read(0, 2)).equals(CODESTREAM)) return { stores: [] };
  const { items, fault } = await listTopBoxes(asset);
  const boxes = items.filter((b) => b.type === 'jumb');
  return readStoreCandidates(
    asset,
    boxes.map((b) => {
      const bytes = b.dataOffset - b.offset + b.dataBytes;
      return { locator: 'box jumb', offset: b.offset, bytes, ranges: [{ start: b.offset, bytes }] };
    }),
    fault,
  );
}
