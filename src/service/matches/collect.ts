import { type FingerprintKind, MAX_SAME_BITS, similarityTier } from '../../matching/fingerprint.js';
import type { HashMatch } from '../../matching/hash-index.js';
import { compareSoundsAt } from '../../matching/sound-fingerprint.js';
import { hasSharedFrames } from '../../matching/video-frames.js';
import { matchLimits } from './match-limits.js';
import type { FingerprintMatch } from './matcher.js';
import { type FingerprintQuery, VALUES_PER_WINDOW } from './query.js';
import type { ShardedIndex } from './sharded-index.js';

/** Collects nearby fingerprints into one result per row, or none. */
export interface MatchCollector {
  /** Adds a fingerprint. `maxDistance` is the largest distance that is still of use. */
  add(near: HashMatch): void;
  readonly maxDistance: number;
  /** Yields one row at a time, so that other searches can run in between; `undefined` if the row turns out not to match. */
  results(): Generator<FingerprintMatch | undefined>;
  /** Whether each result takes so long that other searches should run in between. */
  readonly isSlow: boolean;
  /** Whether matching rows were left out. */
  readonly more: boolean;
}

interface BestEntry {
  distance: number;
  query: number;
  /** Number among the row's own entries. */
  entry: number;
  /** Distance between the two whole pictures; absent if they do not match as wholes. */
  whole?: number;
}

const compareMatches = (one: FingerprintMatch, other: FingerprintMatch): number =>
  one.distance - other.distance || one.id - other.id;

/** Returns the nearest matches first, at most `limit`. */
export function nearestMatches(
  all: readonly FingerprintMatch[],
  limit: number,
): { near: FingerprintMatch[]; more: boolean } {
  const near = [...all].sort(compareMatches);
  return { near: near.slice(0, limit), more: near.length > limit };
}

/** Ranks equal distances, lower first: unturned before turned, whole before part. */
const rankOf = ({ orientation, view }: FingerprintQuery, entry: number): number =>
  (orientation === undefined ? 0 : 4) + (view === 0 ? 0 : 2) + (entry === 0 ? 0 : 1);

/** If the whole pictures are the same, a part that happens to be even nearer is not reported. */
function labelsOf(
  best: BestEntry,
  queries: readonly FingerprintQuery[],
  perFrame: number,
): Pick<FingerprintMatch, 'orientation' | 'part'> {
  const query = queries[best.query];
  const turned = query?.orientation === undefined ? {} : { orientation: query.orientation };
  if (best.whole !== undefined && best.whole <= MAX_SAME_BITS) return turned;
  const isCut = best.entry % perFrame !== 0;
  return {
    ...turned,
    ...(isCut ? { part: 'cut' } : query?.view ? { part: 'content' } : {}),
  };
}

export interface CollectorOptions {
  index: ShardedIndex;
  kind: FingerprintKind;
  queries: readonly FingerprintQuery[];
  /** Number of frames in the query. */
  frames: number;
  query: Uint8Array;
  maxDistance: number;
  limit: number;
  excluded: ReadonlySet<number>;
}

export function createCollector(options: CollectorOptions): MatchCollector {
  if (options.kind === 'sound') return new SoundCollector(options);
  return options.kind === 'video' ? new VideoCollector(options) : new PictureCollector(options);
}

/** Returns the row of an entry; `undefined` if it was deleted or is excluded. */
function rowOf({ index: { table }, excluded: without }: CollectorOptions, entry: number): number | undefined {
  const row = table.rowAt(entry);
  return table.count(row) === 0 || without.has(table.id(row)) ? undefined : row;
}

/**
 * Keeps the best entry of each row. If more rows match than are wanted, rows that can no longer be among the best are
 * dropped.
 */
class PictureCollector implements MatchCollector {
  readonly #options: CollectorOptions;
  #best = new Map<number, BestEntry>();
  maxDistance: number;
  more = false;
  readonly isSlow = false;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.maxDistance = options.maxDistance;
  }

  add({ entry, query, distance }: HashMatch): void {
    if (distance > this.maxDistance) return;
    const row = rowOf(this.#options, entry);
    if (row === undefined) return;
    const own = entry - this.#options.index.table.start(row);
    let best = this.#best.get(row);
    if (best === undefined) {
      best = { distance, query, entry: own };
      this.#best.set(row, best);
    } else if (this.#isBetter(distance, query, own, best)) {
      best.distance = distance;
      best.query = query;
      best.entry = own;
    }
    if (own === 0 && this.#options.queries[query]?.view === 0)
      best.whole = Math.min(distance, best.whole ?? distance);
    if (this.#best.size >= this.#options.limit * 4) this.#letGo();
  }

  *results(): Generator<FingerprintMatch | undefined> {
    for (const [row, best] of this.#best) yield this.#near(row, best);
  }

  #near(row: number, best: BestEntry): FingerprintMatch | undefined {
    const { index: rack, queries, kind } = this.#options;
    if (rack.table.count(row) === 0) return undefined;
    const { distance } = best;
    return {
      id: rack.table.id(row),
      kind,
      distance,
      tier: similarityTier(distance),
      ...labelsOf(best, queries, rack.table.count(row)),
    };
  }

  #isBetter(distance: number, query: number, entry: number, than: BestEntry): boolean {
    if (distance !== than.distance) return distance < than.distance;
    const { queries } = this.#options;
    const [one, other] = [queries[query], queries[than.query]];
    return one !== undefined && other !== undefined && rankOf(one, entry) < rankOf(other, than.entry);
  }

  #letGo(): void {
    const { index: rack, limit } = this.#options;
    const sorted = [...this.#best].sort(
      ([a, one], [b, other]) => one.distance - other.distance || rack.table.id(a) - rack.table.id(b),
    );
    this.#best = new Map(sorted.slice(0, limit));
    this.maxDistance = sorted[limit - 1]?.[1].distance ?? this.maxDistance;
    this.more = true;
  }
}

interface MatchedFrames {
  /** Best entry by frame of the query. */
  queryFrames: Map<number, BestEntry>;
  storedFrames: Set<number>;
}

class VideoCollector implements MatchCollector {
  readonly #options: CollectorOptions;
  readonly #rows = new Map<number, MatchedFrames>();
  readonly maxDistance: number;
  more = false;
  readonly isSlow = true;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.maxDistance = options.maxDistance;
  }

  add({ entry, query, distance }: HashMatch): void {
    const row = rowOf(this.#options, entry);
    const asked = this.#options.queries[query];
    if (row === undefined || asked === undefined) return;
    let matched = this.#rows.get(row);
    if (matched === undefined) {
      if (this.#rows.size >= matchLimits.candidates) {
        this.more = true;
        return;
      }
      matched = { queryFrames: new Map(), storedFrames: new Set() };
      this.#rows.set(row, matched);
    }
    const own = entry - this.#options.index.table.start(row);
    matched.storedFrames.add(Math.floor(own / this.#ofFrame(row)));
    const best = matched.queryFrames.get(asked.frame);
    if (best === undefined || distance < best.distance)
      matched.queryFrames.set(asked.frame, { distance, query, entry: own });
  }

  *results(): Generator<FingerprintMatch | undefined> {
    for (const [row, matched] of this.#rows) yield this.#near(row, matched);
  }

  #ofFrame(row: number): number {
    const { table } = this.#options.index;
    return Math.max(1, Math.floor(table.count(row) / table.frames(row)));
  }

  #near(
    row: number,
    { queryFrames: asked, storedFrames: kept }: MatchedFrames,
  ): FingerprintMatch | undefined {
    const { index: rack, queries, frames: of, kind } = this.#options;
    if (rack.table.count(row) === 0) return undefined;
    const ofStored = rack.table.frames(row);
    if (!hasSharedFrames({ matched: asked.size, of, matchedOfKept: kept.size, ofStored })) return undefined;
    const sorted = [...asked.values()].sort((one, other) => one.distance - other.distance);
    const middle = sorted[(sorted.length - 1) >> 1];
    if (middle === undefined) return undefined;
    const { distance } = middle;
    return {
      id: rack.table.id(row),
      kind,
      distance,
      tier: similarityTier(distance),
      ...labelsOf(middle, queries, this.#ofFrame(row)),
      frames: { matched: asked.size, of, ofStored },
    };
  }
}

/** Offsets tried per row at which its sound may align with the query; only the best are compared in full. */
const MAX_OFFSETS = 16;

class SoundCollector implements MatchCollector {
  readonly #options: CollectorOptions;
  /** By row: offsets of the query in values, with the smallest window distance at each. */
  readonly #rows = new Map<number, Map<number, number>>();
  readonly maxDistance: number;
  more = false;
  readonly isSlow = true;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.maxDistance = options.maxDistance;
  }

  add({ entry, query, distance }: HashMatch): void {
    const row = rowOf(this.#options, entry);
    const asked = this.#options.queries[query];
    if (row === undefined || asked === undefined) return;
    let places = this.#rows.get(row);
    if (places === undefined) {
      if (this.#rows.size >= matchLimits.candidates) {
        this.more = true;
        return;
      }
      places = new Map();
      this.#rows.set(row, places);
    }
    const place = (entry - this.#options.index.table.start(row)) * VALUES_PER_WINDOW - asked.frame;
    places.set(place, Math.min(distance, places.get(place) ?? distance));
    if (places.size >= MAX_OFFSETS * 8) this.#rows.set(row, bestOffsets(places));
  }

  *results(): Generator<FingerprintMatch | undefined> {
    for (const [row, places] of this.#rows) yield this.#near(row, places);
  }

  #near(row: number, places: ReadonlyMap<number, number>): FingerprintMatch | undefined {
    const { index: rack, query, maxDistance: most, kind } = this.#options;
    if (rack.table.count(row) === 0) return undefined;
    const distance = compareSoundsAt(query, rack.bytesOf(row), bestOffsets(places).keys())?.distance;
    return distance === undefined || distance > most
      ? undefined
      : { id: rack.table.id(row), kind, distance, tier: similarityTier(distance) };
  }
}

const bestOffsets = (places: ReadonlyMap<number, number>): Map<number, number> =>
  new Map([...places].sort(([a, one], [b, other]) => one - other || a - b).slice(0, MAX_OFFSETS));
