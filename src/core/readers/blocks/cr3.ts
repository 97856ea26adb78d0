import { table } from '../../ground/table.js';
import type { Asset } from '../../media/asset.js';
import { topBoxes, walkBoxes } from '../containers/bmff-boxes.js';
import { BlockGatherer, type MetadataBlock, type MetadataBlocks } from './block.js';
import { takeMetadataBoxes, UUID_BYTES, uuidOf } from './xmp-boxes.js';

/** The box in `moov` that holds Canon's metadata, each directory as a TIFF structure in a box of its own. */
const CANON_UUID = '85c0b687820f11e08111f4ce462b6a48';
const DIRECTORIES: Readonly<Record<string, { holds?: NonNullable<MetadataBlock['holds']> }>> = table({
  CMT1: {},
  CMT2: { holds: 'Exif' },
  CMT3: { holds: 'MakerNote' },
  CMT4: { holds: 'GPS' },
});

/** Canon CR3. */
export async function cr3Blocks(asset: Asset): Promise<MetadataBlocks> {
  const gatherer = new BlockGatherer(asset);
  let fault = await takeMetadataBoxes(gatherer);
  const { items } = await topBoxes(asset);
  for (const moov of items.filter((b) => b.type === 'moov')) {
    const inMoov = await walkBoxes(asset, moov.dataOffset, moov.dataOffset + moov.dataBytes);
    fault ??= inMoov.fault;
    for (const box of inMoov.items.filter((b) => b.type === 'uuid')) {
      if ((await uuidOf(asset, box)) !== CANON_UUID) continue;
      const inside = await walkBoxes(asset, box.dataOffset + UUID_BYTES, box.dataOffset + box.dataBytes);
      fault ??= inside.fault;
      for (const block of inside.items) {
        const directory = DIRECTORIES[block.type];
        if (directory)
          await gatherer.take('exif', { ...block, place: `box moov.uuid.${block.type}` }, directory.holds);
      }
    }
  }
  return gatherer.upTo(fault);
}
