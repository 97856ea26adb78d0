import { shareFrames } from '../core/likeness/frames.js';
import { type LikenessKind, SAME_BITS, tierOf } from '../core/likeness/likeness.js';
import type { Near } from '../core/likeness/shelf.js';
import { compareSoundsAt } from '../core/likeness/sound.js';
import { type Query, VALUES } from './asked.js';
import type { Rack } from './rack.js';
import { seenLimits } from './seen-limits.js';
import type { NearOne } from './seen-types.js';

/** What is made of the fingerprints that were near: of each row one answer, or none. */
export interface Collector {
  /** `most`: nothing further away is of use any more. */
  take(near: Near): void;
  readonly most: number;
  /** One row after the other, so that others come in between; undefined where the row is not near after all. */
  results(): Generator<NearOne | undefined>;
  /** Each result takes so long that others should come in between. */
  readonly isSlow: boolean;
  /** Rows that are near were left out. */
  readonly more: boolean;
}

interface Best {
  distance: number;
  query: number;
  /** Of the row’s own entries. */
  entry: number;
  /** How near the whole of the one is to the whole of the other; left out where it is not near. */
  whole?: number;
}

const order = (one: NearOne, other: NearOne): number => one.distance - other.distance || one.id - other.id;

/** Nearest first, no more than may be told. */
export function nearest(all: readonly NearOne[], limit: number): { near: NearOne[]; more: boolean } {
  const near = [...all].sort(order);
  return { near: near.slice(0, limit), more: near.length > limit };
}

/** How plain a finding is: as it is before turned, whole before cut. */
const plainness = ({ turn, view }: Query, entry: number): number =>
  (turn === undefined ? 0 : 4) + (view === 0 ? 0 : 2) + (entry === 0 ? 0 : 1);

/** Where the wholes are the same picture, a part that happens to be nearer still says nothing. */
function labelled(best: Best, queries: readonly Query[], ofFrame: number): Pick<NearOne, 'turn' | 'part'> {
  const query = queries[best.query];
  const turned = query?.turn === undefined ? {} : { turn: query.turn };
  if (best.whole !== undefined && best.whole <= SAME_BITS) return turned;
  const isCut = best.entry % ofFrame !== 0;
  return {
    ...turned,
    ...(isCut ? { part: 'cut' } : query?.view ? { part: 'content' } : {}),
  };
}

export interface CollectorOptions {
  rack: Rack;
  kind: LikenessKind;
  queries: readonly Query[];
  /** Frames that are asked about. */
  frames: number;
  query: Uint8Array;
  most: number;
  limit: number;
  without: ReadonlySet<number>;
}

export function collectorOf(options: CollectorOptions): Collector {
  if (options.kind === 'sound') return new Sounds(options);
  return options.kind === 'video' ? new Videos(options) : new Pictures(options);
}

/** The row of an entry, if it is there and may be told. */
function rowOf({ rack: { table }, without }: CollectorOptions, entry: number): number | undefined {
  const row = table.rowAt(entry);
  return table.count(row) === 0 || without.has(table.id(row)) ? undefined : row;
}

/** The best of each row. Where more are near than can be told, those that cannot be among them any more are let go. */
class Pictures implements Collector {
  readonly #options: CollectorOptions;
  #best = new Map<number, Best>();
  most: number;
  more = false;
  readonly isSlow = false;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.most = options.most;
  }

  take({ entry, query, distance }: Near): void {
    if (distance > this.most) return;
    const row = rowOf(this.#options, entry);
    if (row === undefined) return;
    const own = entry - this.#options.rack.table.start(row);
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

  *results(): Generator<NearOne | undefined> {
    for (const [row, best] of this.#best) yield this.#near(row, best);
  }

  #near(row: number, best: Best): NearOne | undefined {
    const { rack, queries, kind } = this.#options;
    if (rack.table.count(row) === 0) return undefined;
    const { distance } = best;
    return {
      id: rack.table.id(row),
      kind,
      distance,
      tier: tierOf(distance),
      ...labelled(best, queries, rack.table.count(row)),
    };
  }

  #isBetter(distance: number, query: number, entry: number, than: Best): boolean {
    if (distance !== than.distance) return distance < than.distance;
    const { queries } = this.#options;
    const [one, other] = [queries[query], queries[than.query]];
    return one !== undefined && other !== undefined && plainness(one, entry) < plainness(other, than.entry);
  }

  #letGo(): void {
    const { rack, limit } = this.#options;
    const sorted = [...this.#best].sort(
      ([a, one], [b, other]) => one.distance - other.distance || rack.table.id(a) - rack.table.id(b),
    );
    this.#best = new Map(sorted.slice(0, limit));
    this.most = sorted[limit - 1]?.[1].distance ?? this.most;
    this.more = true;
  }
}

interface Matched {
  /** By frame asked about: the best. */
  asked: Map<number, Best>;
  kept: Set<number>;
}

class Videos implements Collector {
  readonly #options: CollectorOptions;
  readonly #rows = new Map<number, Matched>();
  readonly most: number;
  more = false;
  readonly isSlow = true;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.most = options.most;
  }

  take({ entry, query, distance }: Near): void {
    const row = rowOf(this.#options, entry);
    const asked = this.#options.queries[query];
    if (row === undefined || asked === undefined) return;
    let matched = this.#rows.get(row);
    if (matched === undefined) {
      if (this.#rows.size >= seenLimits.candidates) {
        this.more = true;
        return;
      }
      matched = { asked: new Map(), kept: new Set() };
      this.#rows.set(row, matched);
    }
    const own = entry - this.#options.rack.table.start(row);
    matched.kept.add(Math.floor(own / this.#ofFrame(row)));
    const best = matched.asked.get(asked.frame);
    if (best === undefined || distance < best.distance)
      matched.asked.set(asked.frame, { distance, query, entry: own });
  }

  *results(): Generator<NearOne | undefined> {
    for (const [row, matched] of this.#rows) yield this.#near(row, matched);
  }

  #ofFrame(row: number): number {
    const { table } = this.#options.rack;
    return Math.max(1, Math.floor(table.count(row) / table.frames(row)));
  }

  #near(row: number, { asked, kept }: Matched): NearOne | undefined {
    const { rack, queries, frames: of, kind } = this.#options;
    if (rack.table.count(row) === 0) return undefined;
    const ofKept = rack.table.frames(row);
    if (!shareFrames({ matched: asked.size, of, matchedOfKept: kept.size, ofKept })) return undefined;
    const sorted = [...asked.values()].sort((one, other) => one.distance - other.distance);
    const middle = sorted[(sorted.length - 1) >> 1];
    if (middle === undefined) return undefined;
    const { distance } = middle;
    return {
      id: rack.table.id(row),
      kind,
      distance,
      tier: tierOf(distance),
      ...labelled(middle, queries, this.#ofFrame(row)),
      frames: { matched: asked.size, of, ofKept },
    };
  }
}

/** Places at which a row’s sound may lie beside the one asked about; the best of them are looked at in whole. */
const PLACES = 16;

class Sounds implements Collector {
  readonly #options: CollectorOptions;
  /** By row: how many values the one asked about lies behind, and how near a window of it was there. */
  readonly #rows = new Map<number, Map<number, number>>();
  readonly most: number;
  more = false;
  readonly isSlow = true;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.most = options.most;
  }

  take({ entry, query, distance }: Near): void {
    const row = rowOf(this.#options, entry);
    const asked = this.#options.queries[query];
    if (row === undefined || asked === undefined) return;
    let places = this.#rows.get(row);
    if (places === undefined) {
      if (this.#rows.size >= seenLimits.candidates) {
        this.more = true;
        return;
      }
      places = new Map();
      this.#rows.set(row, places);
    }
    const place = (entry - this.#options.rack.table.start(row)) * VALUES - asked.frame;
    places.set(place, Math.min(distance, places.get(place) ?? distance));
    if (places.size >= PLACES * 8) this.#rows.set(row, bestOf(places));
  }

  *results(): Generator<NearOne | undefined> {
    for (const [row, places] of this.#rows) yield this.#near(row, places);
  }

  #near(row: number, places: ReadonlyMap<number, number>): NearOne | undefined {
    const { rack, query, most, kind } = this.#options;
    if (rack.table.count(row) === 0) return undefined;
    const distance = compareSoundsAt(query, rack.bytesOf(row), bestOf(places).keys())?.distance;
    return distance === undefined || distance > most
      ? undefined
      : { id: rack.table.id(row), kind, distance, tier: tierOf(distance) };
  }
}

const bestOf = (places: ReadonlyMap<number, number>): Map<number, number> =>
  new Map([...places].sort(([a, one], [b, other]) => one - other || a - b).slice(0, PLACES));
