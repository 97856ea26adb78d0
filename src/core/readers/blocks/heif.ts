import { inflateRawSync, inflateSync } from 'node:zlib';
import type { PartStatements } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { type HeifItem, readHeifItems } from '../containers/heif-items.js';
import { mapDescribedPictures } from '../containers/heif-pictures.js';
import { readHeifDirectory } from '../containers/heif-references.js';
import { bounded, cachePerAsset, malformed } from '../containers/walk.js';
import { BlockCollector, type BlockKind, type MetadataBlock, type MetadataBlocks } from './block.js';
import { addExifTagBlocks } from './exif-tags.js';
import { addMetadataBoxes } from './xmp-boxes.js';

/** ISO/IEC 23008-12 Annex A: an `Exif` item, and XMP as a `mime` item of this type. */
const TYPES = new Set(['Exif', 'mime']);
const XMP_TYPE = 'application/rdf+xml';
/** An `Exif` item begins with the offset from there to the TIFF header. */
const HEADER_OFFSET_BYTES = 4;

/**
 * Returns the metadata blocks of HEIC, HEIF and AVIF, and of MP4 and QuickTime, which may have such items too. Blocks
 * that describe other pictures in the file are excluded.
 */
export async function readHeifBlocks(asset: Asset): Promise<MetadataBlocks> {
  const gatherer = new BlockCollector(asset);
  const walk = await metadataItems(asset);
  const described = await describedIn(asset, walk);
  for (const item of walk.items) if (described.get(item.id)?.file ?? true) await take(gatherer, item);
  const boxFault = await addMetadataBoxes(gatherer);
  return gatherer.conclude(walk.fault ?? boxFault);
}

/** Returns the metadata of one picture other than the primary one. */
export async function readHeifPictureMetadata(asset: Asset, picture: number): Promise<PartStatements> {
  const gatherer = new BlockCollector(asset);
  const walk = await metadataItems(asset);
  const described = await describedIn(asset, walk);
  for (const item of walk.items)
    if (described.get(item.id)?.pictures.has(picture)) await take(gatherer, item, `item ${item.id}`);
  const { xmp, exif, faults } = await addExifTagBlocks(gatherer.blocks);
  const missed = walk.itemsFault ? { xmp: walk.itemsFault, exif: walk.itemsFault } : {};
  return { xmp: placed(xmp), exif: placed(exif), faults: { ...faults, ...missed } };
}

const placed = (blocks: readonly MetadataBlock[]) => blocks.map(({ locator, bytes }) => ({ locator, bytes }));

const metadataItems = (asset: Asset) =>
  cachePerAsset(asset, 'heif metadata', () => readHeifItems(asset, TYPES));

/** Skips the directory if there are no items, because most files have none or one. */
const describedIn = (asset: Asset, { items }: { items: readonly unknown[] }) =>
  cachePerAsset(asset, 'heif described', async () => {
    const directory = items.length === 0 ? undefined : await readHeifDirectory(asset);
    return directory === undefined ? new Map() : mapDescribedPictures(directory);
  }) as Promise<ReturnType<typeof mapDescribedPictures>>;

async function take(gatherer: BlockCollector, item: HeifItem, prefix = 'item'): Promise<void> {
  if (item.type === 'Exif') await takeItem(gatherer, 'exif', item, `${prefix} Exif`);
  else if (item.contentType === XMP_TYPE) await takeItem(gatherer, 'xmp', item, `${prefix} mime ${XMP_TYPE}`);
}

async function takeItem(
  gatherer: BlockCollector,
  kind: BlockKind,
  item: HeifItem,
  place: string,
): Promise<void> {
  const parts: Buffer[] = [];
  for (const { offset, bytes } of item.extents) {
    const part = await gatherer.bytes(kind, { locator: place, dataOffset: offset, dataBytes: bytes });
    if (!part) return;
    parts.push(part);
  }
  const [first] = item.extents;
  if (!first) {
    gatherer.addFault(kind, malformed('heif.noPlace', { place }));
    return;
  }
  const stored = Buffer.concat(parts);
  const bytes = item.encoding === '' ? stored : unpacked(gatherer, kind, stored, item.encoding, place);
  if (!bytes) return;
  const skip = kind === 'exif' ? headerAt(bytes) : 0;
  if (skip === undefined) {
    gatherer.addFault(kind, malformed('exif.headerOffset', { place }));
    return;
  }
  const inOnePiece = item.extents.length === 1 && item.encoding === '';
  gatherer.blocks[kind].push({
    locator: place,
    bytes: bytes.subarray(skip),
    ...(inOnePiece ? { offset: first.offset + skip } : {}),
  });
}

/** Accepts a TIFF header or JPEG's prefix at the start, because some writers omit the offset field. */
function headerAt(bytes: Buffer): number | undefined {
  const order = bytes.toString('latin1', 0, 2);
  if (order === 'II' || order === 'MM') return 0;
  if (bytes.toString('latin1', 0, 6) === 'Exif\0\0') return 6;
  if (bytes.length < HEADER_OFFSET_BYTES) return undefined;
  const at = HEADER_OFFSET_BYTES + bytes.readUInt32BE(0);
  return at >= bytes.length ? undefined : at;
}

function unpacked(
  gatherer: BlockCollector,
  kind: BlockKind,
  bytes: Buffer,
  encoding: string,
  place: string,
): Buffer | undefined {
  const most = Math.max(1, gatherer.maxBytes(kind));
  if (encoding !== 'deflate') return gatherer.addFault(kind, bounded('heif.encoding', { place }));
  try {
    const inflate = (bytes[0] ?? 0) === 0x78 ? inflateSync : inflateRawSync;
    const out = inflate(bytes, { maxOutputLength: most });
    gatherer.charge(out.length);
    return out;
  } catch (error) {
    return gatherer.addFault(
      kind,
      error instanceof RangeError
        ? bounded('bound.bytes', { place, most })
        : malformed('heif.deflate', { place }),
    );
  }
}
