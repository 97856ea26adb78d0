import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { type JpegWalk, walkJpeg } from '../containers/jpeg-segments.js';
import { malformed, once } from '../containers/walk.js';
import { BlockGatherer, type MetadataBlocks } from './block.js';
import { jpegBlocksOf } from './jpeg.js';

/** Fujifilm RAF: signature, version and model, then the place of the preview, a whole JPEG, from byte 84 on. */
const PREVIEW_AT = 84;

/** The preview's segments, or why there are none. */
export function rafPreview(asset: Asset): Promise<{ walk: JpegWalk } | { fault: WalkFault }> {
  return once(asset, 'raf', async () => {
    const head = await asset.read(PREVIEW_AT, 4);
    const at = head.length < 4 ? 0 : head.readUInt32BE(0);
    const start = at === 0 ? Buffer.alloc(0) : await asset.read(at, 2);
    if (start.toString('hex') !== 'ffd8') return { fault: malformed('raf.preview') };
    return { walk: await walkJpeg(asset, at) };
  });
}

/** The metadata of a RAF are those of its preview. */
export async function rafBlocks(asset: Asset): Promise<MetadataBlocks> {
  const preview = await rafPreview(asset);
  return 'walk' in preview
    ? jpegBlocksOf(asset, preview.walk, 'preview ')
    : new BlockGatherer(asset).upTo(preview.fault);
}
