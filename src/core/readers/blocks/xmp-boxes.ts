import { lookupTable } from '../../../base/table.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { type BmffBox, listTopBoxes, walkBoxes } from '../containers/bmff-boxes.js';
import { findMovieCut } from '../containers/bmff-movie.js';
import { walkJpeg } from '../containers/jpeg-segments.js';
import { BLOCK_KINDS, type BlockCollector, type BlockKind } from './block.js';
import { readBlocksOfJpeg } from './jpeg.js';
import { findIimInPhotoshop } from './photoshop.js';

/** `uuid` box type of XMP (XMP Specification Part 3 §2.3). QuickTime uses `XMP_` in `moov.udta` instead. */
export const XMP_UUID = 'be7acfcb97a942e89c71999491e3afac';
/** Box type of Photoshop's image resources (ExifTool, QuickTime and Jpeg2000 modules). */
const PHOTOSHOP_UUID = '2c4c0100850440b9a03e562148d6dfeb';
/** Other types: `JpgTiffExif->JP2` and an older one for EXIF, and the one of IPTC-IIM (ExifTool, same modules). */
const UUIDS: Readonly<Record<string, BlockKind>> = lookupTable({
  [XMP_UUID]: 'xmp',
  '4a706754696666457869662d3e4a5032': 'exif',
  '0537cdab9d0c4431a72afa561f2a113e': 'exif',
  '33c7a4d2b81d4723a0baf1a3e097ad38': 'iim',
});
/** Types of the boxes that are read as metadata. */
export const METADATA_UUIDS: ReadonlySet<string> = new Set([...Object.keys(UUIDS), PHOTOSHOP_UUID]);
export const UUID_BYTES = 16;

/** Returns the type of a `uuid` box as 32 lower-case hexadecimal digits. */
export async function readBoxUuid(asset: Asset, box: BmffBox): Promise<string> {
  return (await asset.read(box.dataOffset, Math.min(UUID_BYTES, box.dataBytes))).toString('hex');
}

/** Adds the XMP, EXIF and IPTC-IIM of a `uuid` box. */
export async function addUuidBox(gatherer: BlockCollector, box: BmffBox, locator: string): Promise<void> {
  const uuid = await readBoxUuid(gatherer.asset, box);
  const run = { locator, dataOffset: box.dataOffset + UUID_BYTES, dataBytes: box.dataBytes - UUID_BYTES };
  const kind = UUIDS[uuid];
  if (kind) await gatherer.addBlock(kind, run);
  if (uuid !== PHOTOSHOP_UUID) return;
  const resources = await gatherer.bytes('iim', run);
  if (resources)
    gatherer.blocks.iim.push(...findIimInPhotoshop(resources, `${locator} 8BIM 0x0404`, run.dataOffset));
}

/** Adds the metadata blocks of a BMFF file at top level, in `moov` and in `moov.udta`. */
export async function addMetadataBoxes(gatherer: BlockCollector): Promise<WalkFault | undefined> {
  const { asset } = gatherer;
  const top = await listTopBoxes(asset);
  let fault = top.fault ?? (await findMovieCut(asset));
  const take = async (boxes: BmffBox[], path: string): Promise<void> => {
    for (const box of boxes) {
      const locator = `box ${path}${box.type}`;
      if (box.type === 'XMP_' && path === 'moov.udta.') await gatherer.addBlock('xmp', { ...box, locator });
      else if (box.type === 'uuid') await addUuidBox(gatherer, box, locator);
      else if (box.type === 'CNTH' && path === 'moov.udta.') await addCanonThumbnail(gatherer, box, locator);
    }
  };
  await take(top.items, '');
  for (const moov of top.items.filter((b) => b.type === 'moov')) {
    const inMoov = await children(asset, moov);
    fault ??= inMoov.fault;
    await take(inMoov.items, 'moov.');
    for (const udta of inMoov.items.filter((b) => b.type === 'udta')) {
      const inUdta = await children(asset, udta);
      fault ??= inUdta.fault;
      await take(inUdta.items, 'moov.udta.');
    }
  }
  return fault;
}

/**
 * Adds the EXIF of a recording, which Canon's cameras store in a thumbnail of it (`CNDA` in `CNTH`; ExifTool, Canon
 * module).
 */
async function addCanonThumbnail(gatherer: BlockCollector, box: BmffBox, locator: string): Promise<void> {
  const { asset, blocks } = gatherer;
  const { items } = await children(asset, box);
  for (const { dataOffset } of items.filter((b) => b.type === 'CNDA')) {
    if ((await asset.read(dataOffset, 2)).toString('hex') !== JPEG_START) continue;
    const inside = await readBlocksOfJpeg(asset, await walkJpeg(asset, dataOffset), `${locator}.CNDA `);
    for (const kind of BLOCK_KINDS) {
      blocks[kind].push(...inside[kind]);
      const fault = inside.faults[kind] ?? inside.fault;
      if (fault) gatherer.addFault(kind, fault);
    }
  }
}

const JPEG_START = 'ffd8';

const TERMINATOR_BYTES = 4;

/** Returns the boxes within a box. QuickTime may end a list of them with four zero bytes. */
async function children(asset: Asset, box: BmffBox): Promise<{ items: BmffBox[]; fault?: WalkFault }> {
  const end = box.dataOffset + box.dataBytes;
  const walk = await walkBoxes(asset, box.dataOffset, end);
  const last = walk.items.at(-1);
  const reached = last ? last.dataOffset + last.dataBytes : box.dataOffset;
  if (walk.fault && end - reached === TERMINATOR_BYTES) {
    const rest = await asset.read(reached, TERMINATOR_BYTES);
    if (rest.every((byte) => byte === 0)) return { items: walk.items };
  }
  return walk;
}
