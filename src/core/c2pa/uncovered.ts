import type { ByteRange } from '../media/asset.js';
import type { ClaimFacts, Exclusion } from './claim-facts.js';

/** What a hard binding leaves out beside the manifest store, which it has to leave out. */
export interface Uncovered {
  /** In the order of the assertion; empty where nothing else is left out. */
  parts: readonly Exclusion[];
  /** Nothing of the content itself: only segments or boxes of metadata. */
  isMetadata: boolean;
}

/** Where a manifest store stands in its file, as the walk of the container found it. */
export interface StorePlace {
  ranges?: readonly ByteRange[];
  metadata?: readonly ByteRange[];
}

/**
 * What the assertions of a hard binding leave out, by where the store stands: the status codes of the engines say that more is
 * left out, and not whether that is a field that states the length of the store. Undefined where it cannot be told.
 */
export function uncoveredBy(
  bindings: ClaimFacts['hardBindings'],
  { ranges, metadata = [] }: StorePlace,
): Uncovered | undefined {
  if (bindings.length === 0) return undefined;
  const store = ranges && inOnePiece(ranges);
  const segments = inOrder(metadata);
  const parts: Exclusion[] = [];
  let isMetadata = true;
  for (const { exclusions, hasMerkleTree } of bindings) {
    for (const exclusion of exclusions) {
      if ('box' in exclusion) {
        if (isOwnBox(exclusion) || (hasMerkleTree && exclusion.box === MEDIA_DATA)) continue;
        isMetadata &&= METADATA_BOXES.has(exclusion.box);
        parts.push(exclusion);
        continue;
      }
      if (store === undefined) return undefined;
      const rest = without(exclusion, store);
      const whole = isMetadata && rest.length > 0 ? inOnePiece(wholeIn(exclusion, segments)) : [];
      isMetadata &&= rest.every((one) => without(one, whole).length === 0);
      parts.push(...rest);
    }
  }
  return { parts: parts.slice(0, MOST_PARTS), isMetadata };
}

/** A text names no more of them, and what is kept of a store holds them. */
const MOST_PARTS = 64;

const MEDIA_DATA = '/mdat';

/**
 * Boxes that a `c2pa.hash.bmff` may leave out: what the standard tells every signer to (C2PA 2.2, 18.6: C2PA's own box, `ftyp`,
 * `mfra`), padding, and the tables of positions in the file, which move when the store is put in. `C2PA` is the store in
 * a `c2pa.hash.boxes`.
 */
const OWN_BOXES: ReadonlySet<string> = new Set([
  'C2PA',
  '/ftyp',
  '/mfra',
  '/mfra/tfra',
  '/free',
  '/skip',
  '/meta/iloc',
  '/moov/trak/mdia/minf/stbl/stco',
  '/moov/trak/mdia/minf/stbl/co64',
  '/moof/traf/tfhd',
  '/moof/traf/trun',
]);

const isOwnBox = ({ box, isC2pa }: Extract<Exclusion, { box: string }>): boolean =>
  isC2pa === true || OWN_BOXES.has(box);

/** Boxes in which a player looks for no picture or sound. */
const METADATA_BOXES: ReadonlySet<string> = new Set([
  '/uuid',
  '/udta',
  '/moov/uuid',
  '/moov/udta',
  '/moov/meta',
  '/moov/trak/udta',
  '/moov/trak/meta',
]);

const endOf = ({ start, bytes }: ByteRange): number => start + bytes;

/** What of a range lies in none of the others, which are in order and do not overlap. */
function without(range: ByteRange, others: readonly ByteRange[]): ByteRange[] {
  const left: ByteRange[] = [];
  let at = range.start;
  for (let i = firstBehind(others, range.start); i < others.length; i++) {
    const other = others[i];
    if (other === undefined || other.start >= endOf(range)) break;
    if (other.start > at) left.push({ start: at, bytes: other.start - at });
    at = Math.max(at, endOf(other));
  }
  return at < endOf(range) ? [...left, { start: at, bytes: endOf(range) - at }] : left;
}

/** The first of them that ends behind a place: a hash may leave out thousands of ranges, and a store stand in as many. */
function firstBehind(ranges: readonly ByteRange[], place: number): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range !== undefined && endOf(range) > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** In order, and those that touch each other as one. */
function inOnePiece(ranges: readonly ByteRange[]): ByteRange[] {
  const merged: ByteRange[] = [];
  for (const range of inOrder(ranges)) {
    const last = merged.at(-1);
    if (last && range.start <= endOf(last)) last.bytes = Math.max(endOf(last), endOf(range)) - last.start;
    else merged.push({ ...range });
  }
  return merged;
}

const inOrder = (ranges: readonly ByteRange[]): ByteRange[] => [...ranges].sort((a, b) => a.start - b.start);

/** Segments, one behind the other, that lie whole within a range. */
function wholeIn(outer: ByteRange, segments: readonly ByteRange[]): ByteRange[] {
  const found: ByteRange[] = [];
  for (let i = firstBehind(segments, outer.start); i < segments.length; i++) {
    const segment = segments[i];
    if (segment === undefined || endOf(segment) > endOf(outer)) break;
    if (segment.start >= outer.start) found.push(segment);
  }
  return found;
}
