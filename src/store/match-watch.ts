import type { Database } from './database.js';
import { eventWordsOf } from './event-words.js';
import type { KyselyEvents } from './kysely-events.js';

/** What is new: an inspection whose tenant watches a collection, or an item of a watched collection. */
export type WatchedRow = { id: number; tenant: string } & (
  | { inspection: string }
  | { collection: string; item: string }
);

/** Each goes on by itself: no inspection waits for a collection that is imported. */
export const WATCHED = ['inspections', 'items'] as const;
export type Watched = (typeof WATCHED)[number];

export interface WatchStep {
  of: Watched;
  /** Where it stood; given back with `done`. */
  from: number;
  upTo: number;
  rows: WatchedRow[];
}

/** An item of a watched collection and an inspection that are near; no word of either file. */
export interface WatchedMatch {
  tenant: string;
  inspection: string;
  told: Readonly<Record<string, string | number | true>>;
}

const ROWS_AT_ONCE = 20;

/**
 * How far inspections were held against watched collections, and items that came later against inspections: in the order in
 * which their fingerprints were kept, each once.
 */
export class MatchWatch {
  readonly #query: Database['query'];
  readonly #events: KyselyEvents;

  constructor({ query }: Pick<Database, 'query'>, events: KyselyEvents) {
    this.#query = query;
    this.#events = events;
  }

  /** Undefined where nothing new was kept. Where no collection is watched there are no rows to look at. */
  async next(of: Watched): Promise<WatchStep | undefined> {
    const { at, last } = await this.#query
      .selectFrom(['match_watch', 'fingerprint_order'])
      .select([`${POSITION[of]} as at`, 'last'])
      .executeTakeFirstOrThrow();
    const from = Number(at);
    if (Number(last) <= from) return undefined;
    const watching = this.#query.selectFrom('collections').where('watched', '=', 1).where('leaving', '=', 0);
    const all = this.#query
      .selectFrom('fingerprints')
      .select(['id', 'seq', 'tenant', 'holder_id', 'item'])
      .where('seq', '>', from)
      .where('seq', '<=', Number(last))
      .where('gone_at', 'is', null)
      .where('bytes', '>', 0)
      .orderBy('seq')
      .limit(ROWS_AT_ONCE);
    const rows = await (of === 'inspections'
      ? all.where('holder', '=', 'inspection').where('tenant', 'in', watching.select('tenant'))
      : all.where('holder', '=', 'collection').where('holder_id', 'in', watching.select('id'))
    ).execute();
    const full = rows.length === ROWS_AT_ONCE;
    return {
      of,
      from,
      upTo: full ? Number(rows.at(-1)?.seq) : Number(last),
      rows: rows.map(({ id, tenant, holder_id: holder, item }) => ({
        ...{ id: Number(id), tenant },
        ...(of === 'inspections' ? { inspection: holder } : { collection: holder, item }),
      })),
    };
  }

  /** Tells what was found and goes on behind it, at once. False where another process did. */
  async done({ of, from, upTo }: WatchStep, found: readonly WatchedMatch[], at: string): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const { numUpdatedRows } = await inside
        .updateTable('match_watch')
        .set({ [POSITION[of]]: upTo })
        .where(POSITION[of], '=', from)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return false;
      for (const { tenant, inspection, told } of found) {
        const words = await eventWordsOf(inside, tenant, inspection);
        const data = { ...told, ...words };
        await this.#events.emit(inside, { tenant, type: 'match.found', at, subject: inspection, data });
      }
      return true;
    });
  }
}

const POSITION = { inspections: 'position', items: 'items_position' } as const;
