import type { Asset } from '../../asset.js';
import { BlockGatherer, type MetadataBlocks } from './block.js';
import { takeXmpBoxes } from './xmp-boxes.js';

/** MP4, MOV, M4A: XMP only. */
export async function bmffBlocks(asset: Asset): Promise<MetadataBlocks> {
  const gatherer = new BlockGatherer(asset);
  return gatherer.upTo(await takeXmpBoxes(gatherer));
}
