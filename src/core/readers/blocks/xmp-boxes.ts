import { table } from '../../ground/table.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { type BmffBox, topBoxes, walkBoxes } from '../containers/bmff-boxes.js';
import { cutMovie } from '../containers/bmff-movie.js';
import { walkJpeg } from '../containers/jpeg-segments.js';
import { BLOCK_KINDS, type BlockGatherer, type BlockKind } from './block.js';
import { jpegBlocksOf } from './jpeg.js';
import { iimOf8bim } from './photoshop.js';

/** XMP Specification Part 3 §2.3: a `uuid` box of this type; QuickTime has `XMP_` in `moov.udta`. */
export const XMP_UUID = 'be7acfcb97a942e89c71999491e3afac';
/** Image resources as Photoshop has them (ExifTool, QuickTime and Jpeg2000 modules). */
const PHOTOSHOP_UUID = '2c4c0100850440b9a03e562148d6dfeb';
/** The other types: `JpgTiffExif->JP2` and an older one for EXIF, and IPTC-IIM’s (ExifTool, the same modules). */
const UUIDS: Readonly<Record<string, BlockKind>> = table({
  [XMP_UUID]: 'xmp',
  '4a706754696666457869662d3e4a5032': 'exif',
  '0537cdab9d0c4431a72afa561f2a113e': 'exif',
  '33c7a4d2b81d4723a0baf1a3e097ad38': 'iim',
});
/** Boxes of these types are read as metadata. */
export const METADATA_UUIDS: ReadonlySet<string> = new Set([...Object.keys(UUIDS), PHOTOSHOP_UUID]);
export const UUID_BYTES = 16;

/** The type of a `uuid` box, 32 lower-case hexadecimal digits. */
export async function uuidOf(asset: Asset, box: BmffBox): Promise<string> {
  return (await asset.read(box.dataOffset, Math.min(UUID_BYTES, box.dataBytes))).toString('hex');
}

/** What a `uuid` box holds of XMP, EXIF and IPTC-IIM. */
export async function takeUuidBox(gatherer: BlockGatherer, box: BmffBox, place: string): Promise<void> {
  const uuid = await uuidOf(gatherer.asset, box);
  const run = { place, dataOffset: box.dataOffset + UUID_BYTES, dataBytes: box.dataBytes - UUID_BYTES };
  const kind = UUIDS[uuid];
  if (kind) await gatherer.take(kind, run);
  if (uuid !== PHOTOSHOP_UUID) return;
  const resources = await gatherer.bytes('iim', run);
  if (resources) gatherer.blocks.iim.push(...iimOf8bim(resources, `${place} 8BIM 0x0404`, run.dataOffset));
}

/** The metadata blocks of a BMFF file at top level, in `moov` and in `moov.udta`. */
export async function takeMetadataBoxes(gatherer: BlockGatherer): Promise<WalkFault | undefined> {
  const { asset } = gatherer;
  const top = await topBoxes(asset);
  let fault = top.fault ?? (await cutMovie(asset));
  const take = async (boxes: BmffBox[], path: string): Promise<void> => {
    for (const box of boxes) {
      const place = `box ${path}${box.type}`;
      if (box.type === 'XMP_' && path === 'moov.udta.') await gatherer.take('xmp', { ...box, place });
      else if (box.type === 'uuid') await takeUuidBox(gatherer, box, place);
      else if (box.type === 'CNTH' && path === 'moov.udta.') await takeCanonThumbnail(gatherer, box, place);
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

/** Canon’s cameras put the EXIF of a recording into a small picture of it (`CNDA` in `CNTH`; ExifTool, Canon module). */
async function takeCanonThumbnail(gatherer: BlockGatherer, box: BmffBox, place: string): Promise<void> {
  const { asset, blocks } = gatherer;
  const { items } = await children(asset, box);
  for (const { dataOffset } of items.filter((b) => b.type === 'CNDA')) {
    if ((await asset.read(dataOffset, 2)).toString('hex') !== JPEG_START) continue;
    const inside = await jpegBlocksOf(asset, await walkJpeg(asset, dataOffset), `${place}.CNDA `);
    for (const kind of BLOCK_KINDS) {
      blocks[kind].push(...inside[kind]);
      const fault = inside.faults[kind] ?? inside.fault;
      if (fault) gatherer.lacks(kind, fault);
    }
  }
}

const JPEG_START = 'ffd8';

const TERMINATOR_BYTES = 4;

/** Boxes within a box. QuickTime may end a list of them with four zero bytes. */
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
