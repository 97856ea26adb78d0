import { lookupTable } from '../../../base/table.js';
import type { Asset } from '../../media/asset.js';
import { listTopBoxes, walkBoxes } from '../containers/bmff-boxes.js';
import { BlockCollector, type MetadataBlock, type MetadataBlocks } from './block.js';
import { addMetadataBoxes, readBoxUuid, UUID_BYTES } from './xmp-boxes.js';

/** Box in `moov` that holds Canon's metadata. Each directory is a TIFF structure in a box of its own. */
const CANON_UUID = '85c0b687820f11e08111f4ce462b6a48';
const DIRECTORIES: Readonly<Record<string, { holds?: NonNullable<MetadataBlock['exifDirectory']> }>> =
  lookupTable({
    CMT1: {},
    CMT2: { holds: 'Exif' },
    CMT3: { holds: 'MakerNote' },
    CMT4: { holds: 'GPS' },
  });

/** Returns the metadata blocks of Canon CR3. */
export async function readCr3Blocks(asset: Asset): Promise<MetadataBlocks> {
  const gatherer = new BlockCollector(asset);
  let fault = await addMetadataBoxes(gatherer);
  const { items } = await listTopBoxes(asset);
  for (const moov of items.filter((b) => b.type === 'moov')) {
    const inMoov = await walkBoxes(asset, moov.dataOffset, moov.dataOffset + moov.dataBytes);
    fault ??= inMoov.fault;
    for (const box of inMoov.items.filter((b) => b.type === 'uuid')) {
      if ((await readBoxUuid(asset, box)) !== CANON_UUID) continue;
      const inside = await walkBoxes(asset, box.dataOffset + UUID_BYTES, box.dataOffset + box.dataBytes);
      fault ??= inside.fault;
      for (const block of inside.items) {
        const directory = DIRECTORIES[block.type];
        if (directory)
          await gatherer.addBlock(
            'exif',
            { ...block, locator: `box moov.uuid.${block.type}` },
            directory.holds,
          );
      }
    }
  }
  return gatherer.conclude(fault);
}
