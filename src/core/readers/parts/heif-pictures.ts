import { inflateRawSync, inflateSync } from 'node:zlib';
import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { type AssetPart, UnreadablePartError } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { codedPictureType } from '../../media/media-types.js';
import { readHeifPictureMetadata } from '../blocks/heif.js';
import type { Extents, ItemExtents } from '../containers/heif-extents.js';
import { type HeifPicture, listHeifPictures, toPrintable } from '../containers/heif-pictures.js';
import { type HeifDirectory, readHeifDirectory } from '../containers/heif-references.js';
import { bounded } from '../containers/walk.js';
import type { InnerParts } from './inner.js';

/**
 * Pictures in HEIC, HEIF and AVIF other than the primary one: depth, mattes, gain maps, and the other pictures of a
 * collection. They are coded pictures without a file around them. Each is judged by the metadata of this same file that
 * describe it alone. Items that are whole files are read as files.
 */

/** XMP items are read as metadata of the file. */
const XMP_TYPE = 'application/rdf+xml';

interface ReportedItem {
  item: Item;
  kind: AssetPart['kind'];
  locator: string;
  picture?: HeifPicture;
}

export async function findHeifPictureParts(asset: Asset): Promise<InnerParts> {
  const directory = await readHeifDirectory(asset);
  if (!directory) return { parts: [] };
  const told = listReportedItems(directory);
  if (told.length === 0) return { parts: [], fault: directory.fault };
  const most = told.slice(0, limits.parts);
  const places = await directory.readExtents(
    new Set(most.flatMap(({ item, picture }) => [item.id, ...(picture?.sourceItems ?? [])])),
  );
  const parts = most.map((one) => partOf(asset, one, places.items));
  const cut = told.length > most.length ? bounded('bound.parts', { most: limits.parts }) : undefined;
  return { parts, fault: directory.fault ?? places.fault ?? cut };
}

type Item = HeifDirectory['items'][number];

function listReportedItems(directory: HeifDirectory): ReportedItem[] {
  const pictures = new Map(listHeifPictures(directory).map((picture) => [picture.item.id, picture]));
  return directory.items.flatMap((item): ReportedItem[] => {
    const { id, type, contentType } = item;
    const place = `item ${id}`;
    if (type === 'mime' || type === 'uri ')
      return contentType === XMP_TYPE
        ? []
        : [{ item, kind: 'attachment', locator: `${place} (${type.trim()} ${toPrintable(contentType)})` }];
    const picture = pictures.get(id);
    return picture === undefined
      ? []
      : [{ item, kind: picture.kind, locator: `${place} (${picture.role})`, picture }];
  });
}

function partOf(
  asset: Asset,
  { item, kind, locator: place, picture }: ReportedItem,
  places: ItemExtents['items'],
): AssetPart {
  const own = places.get(item.id) ?? [];
  const [first] = own;
  // The pixels of a tiled picture are in its tiles. A tile may be referenced 65,535 times and consist of as many
  // extents.
  const shownIn = [own, ...(picture?.sourceItems ?? []).map((id) => places.get(id) ?? [])];
  const isScattered = shownIn.reduce((sum, { length }) => sum + length, 0) > limits.heifExtents;
  const extents = isScattered ? own : shownIn.flat();
  const { encoding } = item;
  const part: AssetPart = {
    kind,
    offset: (first ?? extents[0])?.offset ?? 0,
    bytes: Math.min(sumOf(extents), asset.bytes),
    locator: place,
    ...(picture && !picture.isPrimary
      ? { readStatements: () => readHeifPictureMetadata(asset, item.id) }
      : {}),
    ...kindOf(item, picture),
  };
  if (isScattered) return { ...part, unreadable: fault('bound.extents', { most: limits.heifExtents }) };
  if (encoding !== '' && encoding !== 'deflate') return { ...part, unreadable: fault('part.packing') };
  if (extents.length === 1 && encoding === '') return part;
  return { ...part, unpack: (most) => unpacked(asset, extents, encoding, most) };
}

/** A picture of the file itself is listed even if its kind cannot be read separately. */
function kindOf({ type }: Item, picture: HeifPicture | undefined): Partial<AssetPart> {
  if (picture === undefined) return { isListedIfKnown: true };
  if (type === 'jpeg') return { mediaType: 'image/jpeg' };
  return { codedType: codedPictureType('image/x-heif-item', `HEIF item (${type})`) };
}

const sumOf = (extents: Extents) => extents.reduce((sum, { bytes }) => sum + bytes, 0);

async function unpacked(asset: Asset, extents: Extents, encoding: string, most: number): Promise<Buffer> {
  if (extents.length === 0) throw new UnreadablePartError(fault('part.damaged'));
  if (sumOf(extents) > most) throw new UnreadablePartError(fault('bound.unpackedPart', { most }));
  const pieces: Buffer[] = [];
  for (const { offset, bytes } of extents) pieces.push(await asset.read(offset, bytes));
  const stored = Buffer.concat(pieces);
  if (encoding === '') return stored;
  try {
    return (stored[0] === 0x78 ? inflateSync : inflateRawSync)(stored, { maxOutputLength: most });
  } catch (cause) {
    const why = cause instanceof RangeError ? fault('bound.unpackedPart', { most }) : fault('part.damaged');
    throw new UnreadablePartError(why, { cause });
  }
}
