import type { Asset } from '../../media/asset.js';
import { readAsfObjects } from '../containers/asf-objects.js';
import { BlockCollector, type MetadataBlocks } from './block.js';

/** Returns the XMP of ASF, which is stored in an object of its own (XMP Specification Part 3 §2.1). */
export async function readAsfBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await readAsfObjects(asset);
  const gatherer = new BlockCollector(asset);
  for (const object of walk.items)
    if (object.kind === 'xmp') await gatherer.addBlock('xmp', { ...object, locator: 'ASF object XMP' });
  return gatherer.conclude(walk.fault);
}
