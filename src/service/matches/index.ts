import type { FingerprintKind } from '../../matching/fingerprint.js';
import type { IndexableRow } from '../../matching/indexed-row.js';
import { createCollector, type MatchCollector, nearestMatches } from './collect.js';
import { BLOCK_ENTRIES, FINGERPRINT_BYTES, FingerprintArena } from './fingerprint-arena.js';
import { matchLimits } from './match-limits.js';
import type { FingerprintMatch, SearchAnswer } from './matcher.js';
import {
  type FingerprintQuery,
  type KindQuery,
  maxDistanceOf,
  queriesOf,
  type SearchParameters,
  windowsOf,
} from './query.js';
import { ShardedIndex } from './sharded-index.js';

/** Columns of a row that a thread needs. */
export type IndexedRow = Pick<IndexableRow, 'id' | 'tenant' | 'gone' | 'kind' | 'frames' | 'shelf'>;

export interface IndexCounts {
  held: number;
  notHeld: number;
  bytes: number;
}

type KindIndexes = Map<FingerprintKind, ShardedIndex>;

/** Index of one thread: its share of the rows of all tenants. */
export class IndexedEntries {
  readonly #arena: FingerprintArena;
  readonly #tenants = new Map<string, KindIndexes>();

  constructor(mostBytes: number) {
    this.#arena = new FingerprintArena(mostBytes);
  }

  put(rows: readonly IndexedRow[]): void {
    const touched = new Set<ShardedIndex>();
    for (const row of rows) {
      if (row.gone) {
        for (const rack of this.#goneFrom(row)) touched.add(rack);
        continue;
      }
      this.#rack(row.tenant, row.kind).put({ ...row, shelf: searchableFingerprints(row) });
    }
    for (const rack of touched) rack.compact();
    for (const row of rows) if (row.gone) this.#forgetEmpty(row.tenant);
  }

  /** Returns the index of a tenant's rows of one kind, including those that cannot be searched. */
  indexOf(tenant: string, kind: FingerprintKind): ShardedIndex | undefined {
    return this.#tenants.get(tenant)?.get(kind);
  }

  get counts(): IndexCounts {
    const counts = { held: 0, notHeld: 0, bytes: this.#arena.bytes };
    for (const racks of this.#tenants.values())
      for (const { table, notIndexed: unheld } of racks.values()) {
        counts.held += table.live;
        counts.notHeld += unheld.size;
        counts.bytes += table.bytes;
      }
    return counts;
  }

  /** A deletion may arrive without its tenant. */
  *#goneFrom({ tenant, id }: IndexedRow): Generator<ShardedIndex> {
    const own = this.#tenants.get(tenant);
    const others = [...this.#tenants.values()].filter((racks) => racks !== own);
    for (const racks of own === undefined ? others : [own, ...others])
      for (const rack of racks.values())
        if (rack.delete(id)) {
          yield rack;
          return;
        }
  }

  #rack(tenant: string, kind: FingerprintKind): ShardedIndex {
    let racks = this.#tenants.get(tenant);
    if (racks === undefined) {
      racks = new Map();
      this.#tenants.set(tenant, racks);
    }
    let rack = racks.get(kind);
    if (rack === undefined) {
      rack = new ShardedIndex(this.#arena);
      racks.set(kind, rack);
    }
    return rack;
  }

  #forgetEmpty(tenant: string): void {
    const racks = this.#tenants.get(tenant);
    if (racks === undefined || ![...racks.values()].every((rack) => rack.isEmpty && rack.isIdle)) return;
    for (const rack of racks.values()) rack.clear();
    this.#tenants.delete(tenant);
  }
}

const NOTHING = new Uint8Array();

/**
 * Returns the searchable fingerprints of a row; nothing if their size does not fit its frames. Each frame has the same
 * number of fingerprints.
 */
function searchableFingerprints({ kind, frames, shelf }: IndexedRow): Uint8Array {
  // Cuts the values at the end of a sound that do not fill a window: less than a second.
  if (kind === 'sound') return shelf.subarray(0, shelf.length - (shelf.length % FINGERPRINT_BYTES));
  if (!Number.isSafeInteger(frames) || frames < 1) return NOTHING;
  return shelf.length % (FINGERPRINT_BYTES * frames) === 0 ? shelf : NOTHING;
}

interface SearchPart {
  rack: ShardedIndex;
  queries: FingerprintQuery[];
  collector: MatchCollector;
  /** Number of rows at the start; rows added during the search may be found but are not counted. */
  searched: number;
  notSearchable: number;
}

/** Fingerprints compared in one pass over the index. */
const QUERIES_PER_PASS = 256;

/** One search in one thread, run in small steps: call `step` until it returns `true`. */
export class IndexSearch {
  readonly #parts: SearchPart[];
  readonly #limit: number;
  readonly #steps: Generator<void>;
  readonly #near: FingerprintMatch[] = [];

  constructor(
    held: IndexedEntries,
    tenant: string,
    asked: readonly KindQuery[],
    { maxDistance: most, limit, excluded: without }: SearchParameters,
  ) {
    this.#limit = limit;
    this.#parts = asked.flatMap(({ kind, frames, query }) => {
      const rack = held.indexOf(tenant, kind);
      if (rack === undefined) return [];
      rack.acquire();
      const one = { kind, frames, query };
      const made = kind === 'sound' ? { queries: windowsOf(one), frames: 1 } : queriesOf(one);
      const collector = createCollector({
        ...made,
        ...{ index: rack, kind, query, limit },
        maxDistance: maxDistanceOf(kind, most),
        excluded: new Set(without),
      });
      return [
        {
          ...{ rack, queries: made.queries, collector },
          searched: rack.table.live,
          notSearchable: rack.notSearchable.size + rack.notIndexed.size,
        },
      ];
    });
    this.#steps = this.#all();
  }

  /** Runs one step; returns `true` when nothing is left to do. */
  step(): boolean {
    return this.#steps.next().done === true;
  }

  /** Result of this thread. */
  get answer(): SearchAnswer {
    const { near, more } = nearestMatches(this.#near, this.#limit);
    return {
      near,
      searched: sum(this.#parts, (part) => part.searched),
      notSearchable: sum(this.#parts, (part) => part.notSearchable),
      more: more || this.#parts.some(({ collector }) => collector.more),
    };
  }

  /** Ends the search; must be called once, even if it was not finished. */
  end(): void {
    for (const { rack } of this.#parts) rack.release();
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

  *#compared({ rack, queries, collector }: SearchPart): Generator<void> {
    for (let first = 0; first < queries.length; first += QUERIES_PER_PASS) {
      const some = queries.slice(first, first + QUERIES_PER_PASS).map(({ fingerprint }) => fingerprint);
      const atATime = Math.max(1, Math.floor(matchLimits.comparisonsAtATime / some.length / BLOCK_ENTRIES));
      for (let block = 0; block < rack.blocks; block += atATime) {
        rack.search(some, collector.maxDistance, block, block + atATime, (near) =>
          collector.add({ ...near, query: near.query + first }),
        );
        yield;
      }
    }
  }
}

const sum = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((made, one) => made + of(one), 0);
