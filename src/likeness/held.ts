import type { LikenessKind } from '../core/likeness/likeness.js';
import type { ShelfRow } from '../core/likeness/shelf-row.js';
import { Arena, BLOCK, FINGERPRINT_BYTES } from './arena.js';
import { type Asked, type AskedOptions, mostOf, type Query, queriesOf, windowsOf } from './asked.js';
import { type Collector, collectorOf, nearest } from './collect.js';
import { Rack } from './rack.js';
import { seenLimits } from './seen-limits.js';
import type { NearOne, SearchAnswer } from './seen-types.js';

/** What of a row a thread needs. */
export type HeldRow = Pick<ShelfRow, 'id' | 'tenant' | 'gone' | 'kind' | 'frames' | 'shelf'>;

export interface HeldCounts {
  held: number;
  notHeld: number;
  bytes: number;
}

type Racks = Map<LikenessKind, Rack>;

/** What one thread holds and searches: its share of the rows of all tenants. */
export class Held {
  readonly #arena: Arena;
  readonly #tenants = new Map<string, Racks>();

  constructor(mostBytes: number) {
    this.#arena = new Arena(mostBytes);
  }

  put(rows: readonly HeldRow[]): void {
    const touched = new Set<Rack>();
    for (const row of rows) {
      if (row.gone) {
        for (const rack of this.#goneFrom(row)) touched.add(rack);
        continue;
      }
      this.#rack(row.tenant, row.kind).put({ ...row, shelf: searchable(row) });
    }
    for (const rack of touched) rack.tidy();
    for (const row of rows) if (row.gone) this.#forgetEmpty(row.tenant);
  }

  /** All rows of a tenant that are searched or cannot be, of a kind. */
  rackOf(tenant: string, kind: LikenessKind): Rack | undefined {
    return this.#tenants.get(tenant)?.get(kind);
  }

  get counts(): HeldCounts {
    const counts = { held: 0, notHeld: 0, bytes: this.#arena.bytes };
    for (const racks of this.#tenants.values())
      for (const { table, unheld } of racks.values()) {
        counts.held += table.live;
        counts.notHeld += unheld.size;
        counts.bytes += table.bytes;
      }
    return counts;
  }

  /** What is removed may be told without whose it was. */
  *#goneFrom({ tenant, id }: HeldRow): Generator<Rack> {
    const own = this.#tenants.get(tenant);
    const others = [...this.#tenants.values()].filter((racks) => racks !== own);
    for (const racks of own === undefined ? others : [own, ...others])
      for (const rack of racks.values())
        if (rack.takeOut(id)) {
          yield rack;
          return;
        }
  }

  #rack(tenant: string, kind: LikenessKind): Rack {
    let racks = this.#tenants.get(tenant);
    if (racks === undefined) {
      racks = new Map();
      this.#tenants.set(tenant, racks);
    }
    let rack = racks.get(kind);
    if (rack === undefined) {
      rack = new Rack(this.#arena);
      racks.set(kind, rack);
    }
    return rack;
  }

  #forgetEmpty(tenant: string): void {
    const racks = this.#tenants.get(tenant);
    if (racks === undefined || ![...racks.values()].every((rack) => rack.isEmpty && rack.isQuiet)) return;
    for (const rack of racks.values()) rack.empty();
    this.#tenants.delete(tenant);
  }
}

const NOTHING = new Uint8Array();

/** What can be searched of a row: nothing where it is not what it says. Of each frame there are as many fingerprints. */
function searchable({ kind, frames, shelf }: HeldRow): Uint8Array {
  // Values of a sound that are no window any more: less than a second at its end.
  if (kind === 'sound') return shelf.subarray(0, shelf.length - (shelf.length % FINGERPRINT_BYTES));
  if (!Number.isSafeInteger(frames) || frames < 1) return NOTHING;
  return shelf.length % (FINGERPRINT_BYTES * frames) === 0 ? shelf : NOTHING;
}

interface Part {
  rack: Rack;
  queries: Query[];
  collector: Collector;
  /** When it was begun: what comes in meanwhile may be told, and is not counted. */
  searched: number;
  notSearchable: number;
}

/** Fingerprints that one pass over what is held takes. */
const QUERIES_OF_PASS = 256;

/** One search in one thread, done bit by bit: `step` until it says that all is done. */
export class HeldSearch {
  readonly #parts: Part[];
  readonly #limit: number;
  readonly #steps: Generator<void>;
  readonly #near: NearOne[] = [];

  constructor(held: Held, tenant: string, asked: readonly Asked[], { most, limit, without }: AskedOptions) {
    this.#limit = limit;
    this.#parts = asked.flatMap(({ kind, frames, query }) => {
      const rack = held.rackOf(tenant, kind);
      if (rack === undefined) return [];
      rack.use();
      const one = { kind, frames, query };
      const made = kind === 'sound' ? { queries: windowsOf(one), frames: 1 } : queriesOf(one);
      const collector = collectorOf({
        ...made,
        ...{ rack, kind, query, limit },
        most: mostOf(kind, most),
        without: new Set(without),
      });
      return [
        {
          ...{ rack, queries: made.queries, collector },
          searched: rack.table.live,
          notSearchable: rack.flat.size + rack.unheld.size,
        },
      ];
    });
    this.#steps = this.#all();
  }

  /** True when there is nothing left to do. */
  step(): boolean {
    return this.#steps.next().done === true;
  }

  /** What this thread has to say. */
  get answer(): SearchAnswer {
    const { near, more } = nearest(this.#near, this.#limit);
    return {
      near,
      searched: sum(this.#parts, (part) => part.searched),
      notSearchable: sum(this.#parts, (part) => part.notSearchable),
      more: more || this.#parts.some(({ collector }) => collector.more),
    };
  }

  /** Once, whether it was done or not. */
  end(): void {
    for (const { rack } of this.#parts) rack.unuse();
  }

  *#all(): Generator<void> {
    for (const part of this.#parts) {
      yield* this.#compared(part);
      for (const one of part.collector.results()) {
        if (one !== undefined) this.#near.push(one);
        if (part.collector.isSlow) yield;
      }
    }
  }

  *#compared({ rack, queries, collector }: Part): Generator<void> {
    for (let first = 0; first < queries.length; first += QUERIES_OF_PASS) {
      const some = queries.slice(first, first + QUERIES_OF_PASS).map(({ fingerprint }) => fingerprint);
      const atATime = Math.max(1, Math.floor(seenLimits.comparisonsAtATime / some.length / BLOCK));
      for (let block = 0; block < rack.blocks; block += atATime) {
        rack.search(some, collector.most, block, block + atATime, (near) =>
          collector.take({ ...near, query: near.query + first }),
        );
        yield;
      }
    }
  }
}

const sum = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((made, one) => made + of(one), 0);
