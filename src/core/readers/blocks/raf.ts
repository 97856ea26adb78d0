import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { type JpegWalk, walkJpeg } from '../containers/jpeg-segments.js';
import { cachePerAsset, malformed } from '../containers/walk.js';
import { BlockCollector, type MetadataBlocks } from './block.js';
import { readBlocksOfJpeg } from './jpeg.js';

/** Fujifilm RAF begins with signature, version and model. The offset of the preview, a whole JPEG, follows at byte 84. */
const PREVIEW_AT = 84;

/** Returns the preview's segments, or the fault that prevents reading them. */
export function readRafPreview(asset: Asset): Promise<{ walk: JpegWalk } | { fault: WalkFault }> {
  return cachePerAsset(asset, 'raf', async () => {
    const head = await asset.read(PREVIEW_AT, 4);
    const at = head.length < 4 ? 0 : head.readUInt32BE(0);
    const start = at === 0 ? Buffer.alloc(0) : await asset.read(at, 2);
    if (start.toString('hex') !== 'ffd8') return { fault: malformed('raf.preview') };
    return { walk: await walkJpeg(asset, at) };
  });
}

/** Returns the metadata blocks of the preview, the only metadata of a RAF. */
export async function readRafBlocks(asset: Asset): Promise<MetadataBlocks> {
  const preview = await readRafPreview(asset);
  return 'walk' in preview
    ? readBlocksOfJpeg(asset, preview.walk, 'preview ')
    : new BlockCollector(asset).conclude(preview.fault);
}
