import type { Asset } from '../../media/asset.js';
import { exrHeader, isExrXmp } from '../containers/exr-header.js';
import { BlockGatherer, type MetadataBlocks } from './block.js';

/** OpenEXR: the attribute `xmp` of each header. */
export async function exrBlocks(asset: Asset): Promise<MetadataBlocks> {
  const { items, fault } = await exrHeader(asset);
  const gatherer = new BlockGatherer(asset);
  for (const one of items.filter(isExrXmp)) {
    const place = one.part === 0 ? `attribute ${one.name}` : `part ${one.part + 1} attribute ${one.name}`;
    await gatherer.take('xmp', { place, dataOffset: one.offset, dataBytes: one.bytes });
  }
  return gatherer.upTo(fault);
}
