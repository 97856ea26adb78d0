import type { Asset } from '../../asset.js';
import { limits } from '../../limits.js';
import { type TiffEntry, tiffEntries } from '../containers/tiff-ifds.js';
import { bounded } from '../containers/walk.js';
import type { MetadataBlock, MetadataBlocks } from '../metadata-blocks.js';
import { iimOf8bim } from './photoshop.js';

const TAG = { xmp: 700, iptc: 33723, photoshop: 34377 } as const;

/** TIFF and the raws built on it: tags 700, 33723 and 34377 of the main directories. EXIF is the file itself. */
export async function tiffBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await tiffEntries(asset);
  const blocks: MetadataBlocks = { exif: [], xmp: [], iim: [] };
  let fault = walk.fault;
  for (const entry of walk.items) {
    if (entry.tag !== TAG.xmp && entry.tag !== TAG.iptc && entry.tag !== TAG.photoshop) continue;
    if (entry.bytes > limits.xmpPacketBytes) {
      fault ??= bounded('bound.tag', `Tag ${entry.tag} is larger than ${limits.xmpPacketBytes} bytes.`);
      continue;
    }
    const block = await blockOf(asset, entry);
    if (entry.tag === TAG.xmp) blocks.xmp.push(block);
    else if (entry.tag === TAG.iptc) blocks.iim.push(block);
    else blocks.iim.push(...iimOf8bim(block.bytes, `${block.place} 8BIM 0x0404`, entry.offset));
  }
  return fault ? { ...blocks, fault } : blocks;
}

async function blockOf(asset: Asset, entry: TiffEntry): Promise<MetadataBlock> {
  return {
    place: `IFD${entry.ifd} tag ${entry.tag}`,
    offset: entry.offset,
    bytes: await asset.read(entry.offset, entry.bytes),
  };
}
