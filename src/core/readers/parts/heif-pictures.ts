import { inflateRawSync, inflateSync } from 'node:zlib';
import { type AssetPart, PartClosed } from '../../evidence/evidence.js';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { codedPicture } from '../../media/media-types.js';
import { heifStated } from '../blocks/heif.js';
import { type HeifPicture, heifPictures, shown } from '../containers/heif-pictures.js';
import type { Extents, Places } from '../containers/heif-places.js';
import { type HeifDirectory, heifDirectory } from '../containers/heif-references.js';
import { bounded } from '../containers/walk.js';
import type { Inner } from './inner.js';

/**
 * Pictures in HEIC, HEIF and AVIF beside the one that is shown: depth, mattes and gain maps, and the others of a collection.
 * Those are coded pictures without a file around them: what is said of one stands in metadata of this same file that
 * describe it alone, and it is judged by those. Items that are whole files are read as such.
 */

/** Read as metadata of the file. */
const XMP_TYPE = 'application/rdf+xml';

interface Told {
  item: Item;
  kind: AssetPart['kind'];
  place: string;
  picture?: HeifPicture;
}

export async function picturesInHeif(asset: Asset): Promise<Inner> {
  const directory = await heifDirectory(asset);
  if (!directory) return { parts: [] };
  const told = toldIn(directory);
  if (told.length === 0) return { parts: [], fault: directory.fault };
  const most = told.slice(0, limits.parts);
  const places = await directory.places(
    new Set(most.flatMap(({ item, picture }) => [item.id, ...(picture?.of ?? [])])),
  );
  const parts = most.map((one) => partOf(asset, one, places.items));
  const cut = told.length > most.length ? bounded('bound.parts', { most: limits.parts }) : undefined;
  return { parts, fault: directory.fault ?? places.fault ?? cut };
}

type Item = HeifDirectory['items'][number];

function toldIn(directory: HeifDirectory): Told[] {
  const pictures = new Map(heifPictures(directory).map((picture) => [picture.item.id, picture]));
  return directory.items.flatMap((item): Told[] => {
    const { id, type, contentType } = item;
    const place = `item ${id}`;
    if (type === 'mime' || type === 'uri ')
      return contentType === XMP_TYPE
        ? []
        : [{ item, kind: 'attachment', place: `${place} (${type.trim()} ${shown(contentType)})` }];
    const picture = pictures.get(id);
    return picture === undefined
      ? []
      : [{ item, kind: picture.kind, place: `${place} (${picture.what})`, picture }];
  });
}

function partOf(asset: Asset, { item, kind, place, picture }: Told, places: Places['items']): AssetPart {
  const own = places.get(item.id) ?? [];
  const [first] = own;
  // What is seen of a picture of tiles stands in those. A tile may be named 65,535 times, and stand in as many pieces.
  const shownIn = [own, ...(picture?.of ?? []).map((id) => places.get(id) ?? [])];
  const isScattered = shownIn.reduce((sum, { length }) => sum + length, 0) > limits.heifExtents;
  const extents = isScattered ? own : shownIn.flat();
  const { encoding } = item;
  const part: AssetPart = {
    kind,
    offset: (first ?? extents[0])?.offset ?? 0,
    bytes: Math.min(sumOf(extents), asset.bytes),
    place,
    ...(picture && !picture.isPrimary ? { stated: () => heifStated(asset, item.id) } : {}),
    ...kindOf(item, picture),
  };
  if (isScattered) return { ...part, closed: fault('bound.extents', { most: limits.heifExtents }) };
  if (encoding !== '' && encoding !== 'deflate') return { ...part, closed: fault('part.packing') };
  if (extents.length === 1 && encoding === '') return part;
  return { ...part, unpack: (most) => unpacked(asset, extents, encoding, most) };
}

/** A picture of the file itself is told also where it is of no kind that can be read alone. */
function kindOf({ type }: Item, picture: HeifPicture | undefined): Partial<AssetPart> {
  if (picture === undefined) return { ifKnown: true };
  if (type === 'jpeg') return { mediaType: 'image/jpeg' };
  return { coded: codedPicture('image/x-heif-item', `HEIF item (${type})`) };
}

const sumOf = (extents: Extents) => extents.reduce((sum, { bytes }) => sum + bytes, 0);

async function unpacked(asset: Asset, extents: Extents, encoding: string, most: number): Promise<Buffer> {
  if (extents.length === 0) throw new PartClosed(fault('part.damaged'));
  if (sumOf(extents) > most) throw new PartClosed(fault('bound.unpackedPart', { most }));
  const pieces: Buffer[] = [];
  for (const { offset, bytes } of extents) pieces.push(await asset.read(offset, bytes));
  const stored = Buffer.concat(pieces);
  if (encoding === '') return stored;
  try {
    return (stored[0] === 0x78 ? inflateSync : inflateRawSync)(stored, { maxOutputLength: most });
  } catch (cause) {
    const why = cause instanceof RangeError ? fault('bound.unpackedPart', { most }) : fault('part.damaged');
    throw new PartClosed(why, { cause });
  }
}
