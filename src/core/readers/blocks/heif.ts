import { inflateRawSync, inflateSync } from 'node:zlib';
import type { Stated } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { type HeifItem, heifItems } from '../containers/heif-items.js';
import { heifDescribed } from '../containers/heif-pictures.js';
import { heifDirectory } from '../containers/heif-references.js';
import { bounded, malformed, once } from '../containers/walk.js';
import { BlockGatherer, type BlockKind, type MetadataBlock, type MetadataBlocks } from './block.js';
import { withExifTags } from './exif-tags.js';
import { takeMetadataBoxes } from './xmp-boxes.js';

/** ISO/IEC 23008-12 Annex A: an `Exif` item, and XMP as a `mime` item of this type. */
const TYPES = new Set(['Exif', 'mime']);
const XMP_TYPE = 'application/rdf+xml';
/** An `Exif` item begins with how far the TIFF header is from there. */
const HEADER_OFFSET_BYTES = 4;

/** HEIC, HEIF and AVIF; MP4 and QuickTime, which may have such items too. What speaks of other pictures in it is theirs. */
export async function heifBlocks(asset: Asset): Promise<MetadataBlocks> {
  const gatherer = new BlockGatherer(asset);
  const walk = await metadataItems(asset);
  const described = await describedIn(asset, walk);
  for (const item of walk.items) if (described.get(item.id)?.file ?? true) await take(gatherer, item);
  const boxFault = await takeMetadataBoxes(gatherer);
  return gatherer.upTo(walk.fault ?? boxFault);
}

/** What the file says of one picture beside the one that is shown. */
export async function heifStated(asset: Asset, picture: number): Promise<Stated> {
  const gatherer = new BlockGatherer(asset);
  const walk = await metadataItems(asset);
  const described = await describedIn(asset, walk);
  for (const item of walk.items)
    if (described.get(item.id)?.pictures.has(picture)) await take(gatherer, item, `item ${item.id}`);
  const { xmp, exif, faults } = await withExifTags(gatherer.blocks);
  const missed = walk.missed ? { xmp: walk.missed, exif: walk.missed } : {};
  return { xmp: placed(xmp), exif: placed(exif), faults: { ...faults, ...missed } };
}

const placed = (blocks: readonly MetadataBlock[]) => blocks.map(({ place, bytes }) => ({ place, bytes }));

const metadataItems = (asset: Asset) => once(asset, 'heif metadata', () => heifItems(asset, TYPES));

/** Most files have no such items, or one. */
const describedIn = (asset: Asset, { items }: { items: readonly unknown[] }) =>
  once(asset, 'heif described', async () => {
    const directory = items.length === 0 ? undefined : await heifDirectory(asset);
    return directory === undefined ? new Map() : heifDescribed(directory);
  }) as Promise<ReturnType<typeof heifDescribed>>;

async function take(gatherer: BlockGatherer, item: HeifItem, prefix = 'item'): Promise<void> {
  if (item.type === 'Exif') await takeItem(gatherer, 'exif', item, `${prefix} Exif`);
  else if (item.contentType === XMP_TYPE) await takeItem(gatherer, 'xmp', item, `${prefix} mime ${XMP_TYPE}`);
}

async function takeItem(
  gatherer: BlockGatherer,
  kind: BlockKind,
  item: HeifItem,
  place: string,
): Promise<void> {
  const parts: Buffer[] = [];
  for (const { offset, bytes } of item.extents) {
    const part = await gatherer.bytes(kind, { place, dataOffset: offset, dataBytes: bytes });
    if (!part) return;
    parts.push(part);
  }
  const [first] = item.extents;
  if (!first) {
    gatherer.lacks(kind, malformed('heif.noPlace', { place }));
    return;
  }
  const stored = Buffer.concat(parts);
  const bytes = item.encoding === '' ? stored : unpacked(gatherer, kind, stored, item.encoding, place);
  if (!bytes) return;
  const skip = kind === 'exif' ? headerAt(bytes) : 0;
  if (skip === undefined) {
    gatherer.lacks(kind, malformed('exif.headerOffset', { place }));
    return;
  }
  const inOnePiece = item.extents.length === 1 && item.encoding === '';
  gatherer.blocks[kind].push({
    place,
    bytes: bytes.subarray(skip),
    ...(inOnePiece ? { offset: first.offset + skip } : {}),
  });
}

/** Writers that do not know of the offset field put the TIFF header, or JPEG's prefix, first. */
function headerAt(bytes: Buffer): number | undefined {
  const order = bytes.toString('latin1', 0, 2);
  if (order === 'II' || order === 'MM') return 0;
  if (bytes.toString('latin1', 0, 6) === 'Exif\0\0') return 6;
  if (bytes.length < HEADER_OFFSET_BYTES) return undefined;
  const at = HEADER_OFFSET_BYTES + bytes.readUInt32BE(0);
  return at >= bytes.length ? undefined : at;
}

function unpacked(
  gatherer: BlockGatherer,
  kind: BlockKind,
  bytes: Buffer,
  encoding: string,
  place: string,
): Buffer | undefined {
  const most = Math.max(1, gatherer.room(kind));
  if (encoding !== 'deflate') return gatherer.lacks(kind, bounded('heif.encoding', { place }));
  try {
    const inflate = (bytes[0] ?? 0) === 0x78 ? inflateSync : inflateRawSync;
    const out = inflate(bytes, { maxOutputLength: most });
    gatherer.spend(out.length);
    return out;
  } catch (error) {
    return gatherer.lacks(
      kind,
      error instanceof RangeError
        ? bounded('bound.inflate', { what: 'other', place, most })
        : malformed('heif.deflate', { place }),
    );
  }
}
