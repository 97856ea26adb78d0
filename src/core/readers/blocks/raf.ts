import type { Asset } from '../../asset.js';
import { walkJpeg } from '../containers/jpeg-segments.js';
import { malformed } from '../containers/walk.js';
import { BlockGatherer, type MetadataBlocks } from './block.js';
import { jpegBlocksOf } from './jpeg.js';

/** Fujifilm RAF: signature, version and model, then the place of the preview, a whole JPEG, from byte 84 on. */
const PREVIEW_AT = 84;

/** The metadata of a RAF are those of its preview. */
export async function rafBlocks(asset: Asset): Promise<MetadataBlocks> {
  const head = await asset.read(PREVIEW_AT, 4);
  const at = head.length < 4 ? 0 : head.readUInt32BE(0);
  const start = at === 0 ? Buffer.alloc(0) : await asset.read(at, 2);
  if (start.toString('hex') !== 'ffd8')
    return new BlockGatherer(asset).upTo(malformed('raf.preview', 'The RAF names no preview.'));
  return jpegBlocksOf(asset, await walkJpeg(asset, at), 'preview ');
}
