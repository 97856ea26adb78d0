import type { ByteRange } from '../media/asset.js';
import type { ClaimFacts, Exclusion } from './claim-facts.js';

/** Ranges that a hard binding excludes besides the manifest store, which has to be excluded. */
export interface UncoveredContent {
  /** In the order of the assertion; empty if nothing else is excluded. */
  parts: readonly Exclusion[];
  /** True if only segments or boxes of metadata are excluded, and none of the content. */
  isMetadata: boolean;
}

/** Location of a manifest store in its file, as found by the walk of the container. */
export interface StoreLocation {
  ranges?: readonly ByteRange[];
  metadata?: readonly ByteRange[];
}

/**
 * Returns what the hard bindings exclude besides the store; `undefined` if unknown. The engines' status codes only
 * state that more is excluded, which may be just a field with the length of the store.
 */
export function findUncovered(
  bindings: ClaimFacts['hardBindings'],
  { ranges, metadata = [] }: StoreLocation,
): UncoveredContent | undefined {
  if (bindings.length === 0) return undefined;
  const store = ranges && mergeRanges(ranges);
  const segments = sortRanges(metadata);
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
      const rest = subtractRanges(exclusion, store);
      const whole = isMetadata && rest.length > 0 ? mergeRanges(segmentsWithin(exclusion, segments)) : [];
      isMetadata &&= rest.every((one) => subtractRanges(one, whole).length === 0);
      parts.push(...rest);
    }
  }
  return { parts: parts.slice(0, MAX_UNCOVERED_PARTS), isMetadata };
}

/** Bounds the ranges named in texts and stored with the manifest store. */
const MAX_UNCOVERED_PARTS = 64;

const MEDIA_DATA = '/mdat';

/**
 * Boxes that a `c2pa.hash.bmff` may exclude: those that the standard requires (C2PA 2.2, 18.6: C2PA's own box, `ftyp`,
 * `mfra`), padding, and tables of file offsets, which change when the store is inserted. `C2PA` is the store in a
 * `c2pa.hash.boxes`.
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

/** Boxes that hold no picture or sound for players. */
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

/** Returns the parts of a range outside the others, which must be sorted and must not overlap. */
function subtractRanges(range: ByteRange, others: readonly ByteRange[]): ByteRange[] {
  const left: ByteRange[] = [];
  let at = range.start;
  for (let i = indexBehind(others, range.start); i < others.length; i++) {
    const other = others[i];
    if (other === undefined || other.start >= endOf(range)) break;
    if (other.start > at) left.push({ start: at, bytes: other.start - at });
    at = Math.max(at, endOf(other));
  }
  return at < endOf(range) ? [...left, { start: at, bytes: endOf(range) - at }] : left;
}

/**
 * Returns the index of the first range that ends behind a position. Binary search, because a hash may exclude thousands
 * of ranges and a store may consist of as many.
 */
function indexBehind(ranges: readonly ByteRange[], position: number): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range !== undefined && endOf(range) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Sorts the ranges and merges those that touch. */
function mergeRanges(ranges: readonly ByteRange[]): ByteRange[] {
  const merged: ByteRange[] = [];
  for (const range of sortRanges(ranges)) {
    const last = merged.at(-1);
    if (last && range.start <= endOf(last)) last.bytes = Math.max(endOf(last), endOf(range)) - last.start;
    else merged.push({ ...range });
  }
  return merged;
}

const sortRanges = (ranges: readonly ByteRange[]): ByteRange[] =>
  [...ranges].sort((a, b) => a.start - b.start);

/** Returns the segments that lie completely within a range. */
function segmentsWithin(outer: ByteRange, segments: readonly ByteRange[]): ByteRange[] {
  const found: ByteRange[] = [];
  for (let i = indexBehind(segments, outer.start); i < segments.length; i++) {
    const segment = segments[i];
    if (segment === undefined || endOf(segment) > endOf(outer)) break;
    if (segment.start >= outer.start) found.push(segment);
  }
  return found;
}
