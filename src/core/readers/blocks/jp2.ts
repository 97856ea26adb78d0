import type { Asset } from '../../media/asset.js';
import { isXmpBox, readJp2Boxes } from '../containers/jp2-boxes.js';
import { BlockCollector, type MetadataBlocks } from './block.js';
import { addUuidBox } from './xmp-boxes.js';

/**
 * Returns the blocks of JP2 and JPX: XMP, EXIF and IPTC-IIM are stored in top-level `uuid` boxes (XMP Specification
 * Part 3 §1.1.4). JPX may nest those boxes, and may store XMP in an `xml ` box.
 */
export async function readJp2Blocks(asset: Asset): Promise<MetadataBlocks> {
  const { items, fault } = await readJp2Boxes(asset);
  const gatherer = new BlockCollector(asset);
  for (const box of items) {
    const locator = `box ${box.path}`;
    if (box.type === 'uuid') await addUuidBox(gatherer, box, locator);
    else if (await isXmpBox(asset, box)) await gatherer.addBlock('xmp', { ...box, locator });
  }
  return gatherer.conclude(fault);
}
