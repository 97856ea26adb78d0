import type { Asset } from '../../media/asset.js';
import { readPsdResources } from '../containers/psd-sections.js';
import { BlockCollector, type BlockKind, type MetadataBlocks } from './block.js';

/**
 * Image resources that hold metadata (Adobe Photoshop File Formats Specification). 1059 is EXIF's third block; no known
 * file has it.
 */
const KINDS: Readonly<Record<number, BlockKind>> = { 1028: 'iim', 1058: 'exif', 1059: 'exif', 1060: 'xmp' };

/** Returns the metadata blocks of PSD and PSB. */
export async function readPsdBlocks(asset: Asset): Promise<MetadataBlocks> {
  const { items, fault } = await readPsdResources(asset);
  const gatherer = new BlockCollector(asset);
  for (const { id, dataOffset, dataBytes } of items) {
    const kind = KINDS[id];
    if (kind) await gatherer.addBlock(kind, { locator: `image resource ${id}`, dataOffset, dataBytes });
  }
  return gatherer.conclude(fault);
}
