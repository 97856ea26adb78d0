import type { Asset } from '../../media/asset.js';
import { tiffEntries } from '../containers/tiff-ifds.js';
import { BlockGatherer, type BlockKind, type MetadataBlocks } from './block.js';
import { iimOf8bim } from './photoshop.js';

const PHOTOSHOP = 34_377;
const KINDS: Readonly<Record<number, BlockKind>> = { 700: 'xmp', 33723: 'iim', [PHOTOSHOP]: 'iim' };

/** TIFF and the raws built on it: tags 700, 33723 and 34377 of the main directories. EXIF is the file itself. */
export async function tiffBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await tiffEntries(asset);
  const gatherer = new BlockGatherer(asset);
  for (const { ifd, tag, offset, bytes } of walk.items) {
    const kind = KINDS[tag];
    if (!kind) continue;
    const run = { place: `IFD${ifd} tag ${tag}`, dataOffset: offset, dataBytes: bytes };
    if (tag !== PHOTOSHOP) await gatherer.take(kind, run);
    else {
      const resources = await gatherer.bytes(kind, run);
      if (resources) gatherer.blocks.iim.push(...iimOf8bim(resources, `${run.place} 8BIM 0x0404`, offset));
    }
  }
  return gatherer.upTo(walk.fault);
}
