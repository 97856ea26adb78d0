import type { Asset } from '../../media/asset.js';
import { psdResources } from '../containers/psd-sections.js';
import { BlockGatherer, type BlockKind, type MetadataBlocks } from './block.js';

/** Image resources that hold metadata (Adobe Photoshop File Formats Specification). 1059 is EXIF's third block, never met. */
const KINDS: Readonly<Record<number, BlockKind>> = { 1028: 'iim', 1058: 'exif', 1059: 'exif', 1060: 'xmp' };

/** PSD and PSB. */
export async function psdBlocks(asset: Asset): Promise<MetadataBlocks> {
  const { items, fault } = await psdResources(asset);
  const gatherer = new BlockGatherer(asset);
  for (const { id, dataOffset, dataBytes } of items) {
    const kind = KINDS[id];
    if (kind) await gatherer.take(kind, { place: `image resource ${id}`, dataOffset, dataBytes });
  }
  return gatherer.upTo(fault);
}
