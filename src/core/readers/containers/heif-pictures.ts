import type { AssetPart } from '../../evidence/evidence.js';
import type { HeifDirectory } from './heif-references.js';

/**
 * Determines which items of a HEIF file are separate pictures, and which metadata items describe only those (ISO/IEC
 * 23008-12 §6).
 */

/** Types of items that are pictures. All others are metadata or types that no viewer shows. */
const CODED: ReadonlySet<string> = new Set(
  'hvc1 av01 avc1 vvc1 evc1 lhv1 j2k1 jxs1 unci grid iovl iden tmap jpeg'.split(' '),
);
/** Types derived from other items, which hold the pixels. */
const DERIVED: ReadonlySet<string> = new Set(['grid', 'iovl', 'iden', 'tmap']);

type Item = HeifDirectory['items'][number];

export interface HeifPicture {
  item: Item;
  kind: AssetPart['kind'];
  /** Coding of the picture, or its role. */
  role: string;
  /** Items from which the picture is derived. */
  sourceItems: readonly number[];
  /** Whether it is the primary picture. */
  isPrimary: boolean;
}

/** Returns all pictures except the primary one, which is included only if it is a whole file. */
export function listHeifPictures(directory: HeifDirectory): HeifPicture[] {
  const related = relatedIn(directory);
  const sources = new Map<number, readonly number[]>();
  for (const { type, from, to } of directory.references) if (type === 'dimg') sources.set(from, to);
  return directory.items.flatMap((item): HeifPicture[] => {
    const isPrimary = item.id === directory.primary;
    const picture = CODED.has(item.type) ? pictureOf(item, isPrimary, related) : undefined;
    const of = DERIVED.has(item.type) ? (sources.get(item.id) ?? []) : [];
    return picture === undefined ? [] : [{ item, ...picture, sourceItems: of, isPrimary }];
  });
}

interface Related {
  /** Types of the auxiliary pictures. */
  auxiliary: Map<number, string>;
  gainMaps: Set<number>;
  /** Tiles and thumbnails, each mapped to its picture. */
  ownerOf: Map<number, number>;
}

function relatedIn({ items, references, auxiliary, primary }: HeifDirectory): Related {
  const mapped = new Set(items.filter(({ type }) => type === 'tmap').map(({ id }) => id));
  const related: Related = { auxiliary: new Map(), gainMaps: new Set(), ownerOf: new Map() };
  for (const { type, from, to } of references) {
    if (type === 'auxl') related.auxiliary.set(from, auxiliary.get(from) ?? '');
    if (type === 'thmb') related.ownerOf.set(from, to[0] ?? from);
    // A tile may be shared; the primary picture takes precedence.
    if (type === 'dimg')
      for (const one of to) if (related.ownerOf.get(one) !== primary) related.ownerOf.set(one, from);
    // ISO 21496-1: a picture derived from another picture and its gain map, in that order.
    const gainMap = type === 'dimg' && mapped.has(from) ? to[1] : undefined;
    if (gainMap !== undefined) related.gainMaps.add(gainMap);
  }
  return related;
}

function pictureOf(
  { id, type }: Item,
  isPrimary: boolean,
  { auxiliary, gainMaps, ownerOf: ofOthers }: Related,
): Pick<HeifPicture, 'kind' | 'role'> | undefined {
  // A JPEG may have metadata of its own, which the file's metadata do not cover.
  if (isPrimary) return type === 'jpeg' ? { kind: 'embedded-picture', role: type } : undefined;
  if (gainMaps.has(id)) return { kind: 'auxiliary-image', role: 'tmap' };
  const urn = auxiliary.get(id);
  if (urn !== undefined) return { kind: 'auxiliary-image', role: `auxl: ${toPrintable(urn)}` };
  // A picture combined with its gain map is the same picture.
  return ofOthers.has(id) || type === 'tmap' ? undefined : { kind: 'burst-image', role: type };
}

/** Sanitizes text of a file for use in a locator. */
export const toPrintable = (text: string) => text.replace(/[^ -~]/g, '?').slice(0, 128);

/** Maximum number of references followed from a thumbnail or tile to its picture. */
const MAX_STEPS = 4;

/**
 * Maps metadata items that describe (`cdsc`) only pictures other than the primary one to those pictures: their
 * statements do not apply to the file. An item that describes a tile or a thumbnail describes the picture that these
 * belong to.
 */
export function mapDescribedPictures(
  directory: HeifDirectory,
): Map<number, { pictures: Set<number>; file: boolean }> {
  const described = new Map<number, { pictures: Set<number>; file: boolean }>();
  // If the primary picture is unknown, every statement may apply to it.
  if (directory.primary === undefined) return described;
  if (!directory.references.some(({ type }) => type === 'cdsc')) return described;
  const { ownerOf: ofOthers } = relatedIn(directory);
  const pictures = new Set(
    listHeifPictures(directory).flatMap(({ item, isPrimary }) => (isPrimary ? [] : [item.id])),
  );
  const pictureIn = (id: number): number | undefined => {
    let at = id;
    // A primary picture that is also part of a collage remains the primary picture.
    for (let step = 0; step < MAX_STEPS && !pictures.has(at) && at !== directory.primary; step++)
      at = ofOthers.get(at) ?? at;
    return pictures.has(at) ? at : undefined;
  };
  for (const { type, from, to } of directory.references) {
    if (type !== 'cdsc') continue;
    const one = described.get(from) ?? { pictures: new Set(), file: false };
    described.set(from, one);
    for (const id of to) {
      const picture = pictureIn(id);
      if (picture === undefined) one.file = true;
      else one.pictures.add(picture);
    }
    if (to.length === 0) one.file = true;
  }
  return described;
}
