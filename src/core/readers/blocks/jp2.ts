import type { Asset } from '../../media/asset.js';
import { isXmpBox, jp2Boxes } from '../containers/jp2-boxes.js';
import { BlockGatherer, type MetadataBlocks } from './block.js';
import { takeUuidBox } from './xmp-boxes.js';

/**
 * JP2 and JPX: XMP, EXIF and IPTC-IIM stand in `uuid` boxes at top level (XMP Specification Part 3 §1.1.4). JPX may put those
 * into boxes that hold others, and XMP into an `xml ` box.
 */
export async function jp2Blocks(asset: Asset): Promise<MetadataBlocks> {
  const { items, fault } = await jp2Boxes(asset);
  const gatherer = new BlockGatherer(asset);
  for (const box of items) {
    const place = `box ${box.path}`;
    if (box.type === 'uuid') await takeUuidBox(gatherer, box, place);
    else if (await isXmpBox(asset, box)) await gatherer.take('xmp', { ...box, place });
  }
  return gatherer.upTo(fault);
}
