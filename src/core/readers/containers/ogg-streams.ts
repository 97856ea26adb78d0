import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';

const PAGE_HEADER_BYTES = 27;
const FIRST_PAGE = 0x02;
/** First packet of the stream that holds a manifest store (C2PA 2.3 §A.3.5). */
const STORE = '\0c2pa';

/**
 * Returns whether a stream of an Ogg file announces a manifest store. The first pages of all streams come first (RFC
 * 3533 §4).
 */
export async function hasOggStore(asset: Asset): Promise<boolean> {
  let at = 0;
  for (let streams = 0; streams < limits.oggStreams; streams++) {
    const head = await asset.read(at, PAGE_HEADER_BYTES);
    const segments = head[PAGE_HEADER_BYTES - 1] ?? 0;
    if (head.toString('latin1', 0, 4) !== 'OggS' || ((head[5] ?? 0) & FIRST_PAGE) === 0) return false;
    const body = at + PAGE_HEADER_BYTES + segments;
    if ((await asset.read(body, STORE.length)).toString('latin1') === STORE) return true;
    const sizes = await asset.read(at + PAGE_HEADER_BYTES, segments);
    at = body + sizes.reduce((sum, size) => sum + size, 0);
  }
  // There are too many streams to know what follows.
  return true;
}
