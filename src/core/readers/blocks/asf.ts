import type { Asset } from '../../media/asset.js';
import { asfObjects } from '../containers/asf-objects.js';
import { BlockGatherer, type MetadataBlocks } from './block.js';

/** XMP of ASF: an object of its own (XMP Specification Part 3 §2.1). */
export async function asfBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await asfObjects(asset);
  const gatherer = new BlockGatherer(asset);
  for (const object of walk.items)
    if (object.kind === 'xmp') await gatherer.take('xmp', { ...object, place: 'ASF object XMP' });
  return gatherer.upTo(walk.fault);
}
