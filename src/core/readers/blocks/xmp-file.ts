import type { Asset } from '../../media/asset.js';
import { BlockCollector, type MetadataBlocks } from './block.js';

/** Returns the XMP of a file that is one packet and serves as a sidecar of another file. */
export async function readXmpFileBlocks(asset: Asset): Promise<MetadataBlocks> {
  const gatherer = new BlockCollector(asset);
  await gatherer.addBlock('xmp', { locator: 'XMP file', dataOffset: 0, dataBytes: asset.bytes });
  return gatherer.conclude(undefined);
}
