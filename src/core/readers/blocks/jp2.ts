import type { Asset } from '../../media/asset.js';
import { topBoxes } from '../containers/bmff-boxes.js';
import { BlockGatherer, type MetadataBlocks } from './block.js';
import { takeUuidBox } from './xmp-boxes.js';

/** JP2 and JPX: XMP, EXIF and IPTC-IIM stand in `uuid` boxes at top level (XMP Specification Part 3 §1.1.4). */
export async function jp2Blocks(asset: Asset): Promise<MetadataBlocks> {
  const { items, fault } = await topBoxes(asset);
  const gatherer = new BlockGatherer(asset);
  for (const box of items.filter((b) => b.type === 'uuid')) await takeUuidBox(gatherer, box, 'box uuid');
  return gatherer.upTo(fault);
}
