import { inflateRawSync, inflateSync } from 'node:zlib';
import { type AssetPart, PartClosed } from '../../evidence/evidence.js';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { Extents } from '../containers/heif-places.js';
import { type HeifDirectory, heifDirectory } from '../containers/heif-references.js';
import { bounded } from '../containers/walk.js';
import type { Inner } from './inner.js';

/**
 * Pictures in HEIC, HEIF and AVIF beside the one that is shown: depth, mattes and gain maps, and the others of a collection.
 * Those are coded pictures without a file around them. What is said of them stands in the metadata of this same file, so
 * nothing is missed: they are told and not looked into. Items that are whole files are parts with bytes.
 */

/** Pictures in themselves; what is none is metadata or of a kind that nobody shows. */
const CODED: ReadonlySet<string> = new Set(
  'hvc1 av01 avc1 vvc1 evc1 lhv1 j2k1 jxs1 unci grid iovl iden tmap jpeg'.split(' '),
);
/** Read as metadata of the file. */
const XMP_TYPE = 'application/rdf+xml';

interface Told {
  id: number;
  kind: AssetPart['kind'];
  place: string;
  /** Where it is a whole file. */
  file?: Item;
}

export async function picturesInHeif(asset: Asset): Promise<Inner> {
  const directory = await heifDirectory(asset);
  if (!directory) return { parts: [] };
  const told = toldIn(directory);
  if (told.length === 0) return { parts: [], fault: directory.fault };
  const most = told.slice(0, limits.parts);
  const places = await directory.places(new Set(most.map(({ id }) => id)));
  const parts = most.map((one) => partOf(asset, one, places.items.get(one.id) ?? []));
  const cut = told.length > most.length ? bounded('bound.parts', { most: limits.parts }) : undefined;
  return { parts, fault: directory.fault ?? places.fault ?? cut };
}

type Item = HeifDirectory['items'][number];

function toldIn(directory: HeifDirectory): Told[] {
  const related = relatedIn(directory);
  return directory.items.flatMap((item): Told[] => {
    const { id, type, contentType } = item;
    const place = `item ${id}`;
    if (type === 'mime' || type === 'uri ')
      return contentType === XMP_TYPE
        ? []
        : [{ id, kind: 'attachment', place: `${place} (${type.trim()} ${shown(contentType)})`, file: item }];
    const picture = CODED.has(type) ? pictureOf(item, directory.primary, related) : undefined;
    if (picture === undefined) return [];
    const { kind, what } = picture;
    return [{ id, kind, place: `${place} (${what})`, ...(type === 'jpeg' ? { file: item } : {}) }];
  });
}

interface Related {
  /** What auxiliary pictures are. */
  auxiliary: Map<number, string>;
  gainMaps: Set<number>;
  /** Tiles and thumbnails: they are of another picture. */
  ofOthers: Set<number>;
}

function relatedIn({ items, references, auxiliary }: HeifDirectory): Related {
  const mapped = new Set(items.filter(({ type }) => type === 'tmap').map(({ id }) => id));
  const related: Related = { auxiliary: new Map(), gainMaps: new Set(), ofOthers: new Set() };
  for (const { type, from, to } of references) {
    if (type === 'auxl') related.auxiliary.set(from, auxiliary.get(from) ?? '');
    if (type === 'thmb') related.ofOthers.add(from);
    if (type === 'dimg') for (const one of to) related.ofOthers.add(one);
    // ISO 21496-1: a picture made of another and its gain map, in that order.
    const gainMap = type === 'dimg' && mapped.has(from) ? to[1] : undefined;
    if (gainMap !== undefined) related.gainMaps.add(gainMap);
  }
  return related;
}

function pictureOf(
  { id, type }: Item,
  primary: number | undefined,
  { auxiliary, gainMaps, ofOthers }: Related,
): { kind: AssetPart['kind']; what: string } | undefined {
  // A JPEG may have metadata of its own, of which those of the file say nothing.
  if (id === primary) return type === 'jpeg' ? { kind: 'embedded-picture', what: type } : undefined;
  if (gainMaps.has(id)) return { kind: 'auxiliary-image', what: 'tmap' };
  const urn = auxiliary.get(id);
  if (urn !== undefined) return { kind: 'auxiliary-image', what: `auxl: ${shown(urn)}` };
  // A picture shown with its gain map is that same one.
  return ofOthers.has(id) || type === 'tmap' ? undefined : { kind: 'burst-image', what: type };
}

const shown = (text: string) => text.replace(/[^ -~]/g, '?').slice(0, 128);

function partOf(asset: Asset, { id: _, kind, place, file }: Told, extents: Extents): AssetPart {
  const [first] = extents;
  const part = {
    kind,
    offset: first?.offset ?? 0,
    bytes: Math.min(sumOf(extents), asset.bytes),
    place,
  };
  if (file === undefined) return { ...part, plain: true };
  // A picture of the file itself is told also where it is of no kind that can be read alone.
  const whole: AssetPart =
    file.type === 'jpeg' ? { ...part, mediaType: 'image/jpeg' } : { ...part, ifKnown: true };
  const { encoding } = file;
  if (encoding !== '' && encoding !== 'deflate') return { ...whole, closed: fault('part.packing') };
  if (extents.length === 1 && encoding === '') return whole;
  return { ...whole, unpack: (most) => unpacked(asset, extents, encoding, most) };
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
