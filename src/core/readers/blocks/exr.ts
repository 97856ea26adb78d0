import type { Asset } from '../../media/asset.js';
import { isExrXmp, readExrHeader } from '../containers/exr-header.js';
import { BlockCollector, type MetadataBlocks } from './block.js';

/** Returns the XMP of OpenEXR: the attribute `xmp` of each header. */
export async function readExrBlocks(asset: Asset): Promise<MetadataBlocks> {
  const { items, fault } = await readExrHeader(asset);
  const gatherer = new BlockCollector(asset);
  for (const one of items.filter(isExrXmp)) {
    const locator = one.part === 0 ? `attribute ${one.name}` : `part ${one.part + 1} attribute ${one.name}`;
    await gatherer.addBlock('xmp', { locator, dataOffset: one.offset, dataBytes: one.bytes });
  }
  return gatherer.conclude(fault);
}
