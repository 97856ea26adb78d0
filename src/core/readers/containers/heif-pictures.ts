import type { AssetPart } from '../../evidence/evidence.js';
import type { HeifDirectory } from './heif-references.js';

/** Which items of a HEIF file are pictures of their own, and which of its metadata speak of those alone (ISO/IEC 23008-12 §6). */

/** Pictures in themselves; what is none is metadata or of a kind that nobody shows. */
const CODED: ReadonlySet<string> = new Set(
  'hvc1 av01 avc1 vvc1 evc1 lhv1 j2k1 jxs1 unci grid iovl iden tmap jpeg'.split(' '),
);
/** Put together of other items, which hold what is seen. */
const DERIVED: ReadonlySet<string> = new Set(['grid', 'iovl', 'iden', 'tmap']);

type Item = HeifDirectory['items'][number];

export interface HeifPicture {
  item: Item;
  kind: AssetPart['kind'];
  /** What it is: its coding, or its role. */
  what: string;
  /** Items that it is put together of. */
  of: readonly number[];
  /** It is the one that is shown. */
  isPrimary: boolean;
}

/** All pictures beside the one that is shown, and that one too where it is a whole file. */
export function heifPictures(directory: HeifDirectory): HeifPicture[] {
  const related = relatedIn(directory);
  const sources = new Map<number, readonly number[]>();
  for (const { type, from, to } of directory.references) if (type === 'dimg') sources.set(from, to);
  return directory.items.flatMap((item): HeifPicture[] => {
    const isPrimary = item.id === directory.primary;
    const picture = CODED.has(item.type) ? pictureOf(item, isPrimary, related) : undefined;
    const of = DERIVED.has(item.type) ? (sources.get(item.id) ?? []) : [];
    return picture === undefined ? [] : [{ item, ...picture, of, isPrimary }];
  });
}

interface Related {
  /** What auxiliary pictures are. */
  auxiliary: Map<number, string>;
  gainMaps: Set<number>;
  /** Tiles and thumbnails, each with the picture that it is of. */
  ofOthers: Map<number, number>;
}

function relatedIn({ items, references, auxiliary, primary }: HeifDirectory): Related {
  const mapped = new Set(items.filter(({ type }) => type === 'tmap').map(({ id }) => id));
  const related: Related = { auxiliary: new Map(), gainMaps: new Set(), ofOthers: new Map() };
  for (const { type, from, to } of references) {
    if (type === 'auxl') related.auxiliary.set(from, auxiliary.get(from) ?? '');
    if (type === 'thmb') related.ofOthers.set(from, to[0] ?? from);
    // A tile may be shared: one of the picture that is shown is that one's first.
    if (type === 'dimg')
      for (const one of to) if (related.ofOthers.get(one) !== primary) related.ofOthers.set(one, from);
    // ISO 21496-1: a picture made of another and its gain map, in that order.
    const gainMap = type === 'dimg' && mapped.has(from) ? to[1] : undefined;
    if (gainMap !== undefined) related.gainMaps.add(gainMap);
  }
  return related;
}

function pictureOf(
  { id, type }: Item,
  isPrimary: boolean,
  { auxiliary, gainMaps, ofOthers }: Related,
): Pick<HeifPicture, 'kind' | 'what'> | undefined {
  // A JPEG may have metadata of its own, of which those of the file say nothing.
  if (isPrimary) return type === 'jpeg' ? { kind: 'embedded-picture', what: type } : undefined;
  if (gainMaps.has(id)) return { kind: 'auxiliary-image', what: 'tmap' };
  const urn = auxiliary.get(id);
  if (urn !== undefined) return { kind: 'auxiliary-image', what: `auxl: ${shown(urn)}` };
  // A picture shown with its gain map is that same one.
  return ofOthers.has(id) || type === 'tmap' ? undefined : { kind: 'burst-image', what: type };
}

/** Text of a file in the name of a place. */
export const shown = (text: string) => text.replace(/[^ -~]/g, '?').slice(0, 128);

/** So far a thumbnail of a tile of a picture is followed to that picture. */
const MOST_STEPS = 4;

/**
 * Metadata items that describe (`cdsc`) only pictures beside the one that is shown, each with those: what they say is not
 * said of the file. One of a tile or a thumbnail speaks of the picture that those are of.
 */
export function heifDescribed(
  directory: HeifDirectory,
): Map<number, { pictures: Set<number>; file: boolean }> {
  const described = new Map<number, { pictures: Set<number>; file: boolean }>();
  // Where nobody knows which picture is shown, all of it may be said of that one.
  if (directory.primary === undefined) return described;
  if (!directory.references.some(({ type }) => type === 'cdsc')) return described;
  const { ofOthers } = relatedIn(directory);
  const pictures = new Set(
    heifPictures(directory).flatMap(({ item, isPrimary }) => (isPrimary ? [] : [item.id])),
  );
  const pictureIn = (id: number): number | undefined => {
    let at = id;
    // The one that is shown may stand in a collage too: it is itself all the same.
    for (let step = 0; step < MOST_STEPS && !pictures.has(at) && at !== directory.primary; step++)
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
