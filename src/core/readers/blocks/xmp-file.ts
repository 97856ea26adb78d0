import type { Asset } from '../../media/asset.js';
import { BlockGatherer, type MetadataBlocks } from './block.js';

/** A file that is one packet of XMP, and belongs beside another. */
export async function xmpFileBlocks(asset: Asset): Promise<MetadataBlocks> {
  const gatherer = new BlockGatherer(asset);
  await gatherer.take('xmp', { place: 'XMP file', dataOffset: 0, dataBytes: asset.bytes });
  return gatherer.upTo(undefined);
}
