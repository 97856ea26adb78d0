import type { Database } from './database.js';
import { eventWordsOf } from './event-words.js';
import type { Events } from './events.js';

/** A fingerprint of an inspection whose tenant watches a collection. */
export interface WatchedRow {
  id: number;
  tenant: string;
  inspection: string;
}

export interface WatchStep {
  /** Where it stood; given back with `done`. */
  from: number;
  upTo: number;
  rows: WatchedRow[];
}

/** An item of a watched collection that an inspection is near to; no word of either file. */
export interface WatchedMatch {
  tenant: string;
  inspection: string;
  told: Readonly<Record<string, string | number>>;
}

const ROWS_AT_ONCE = 20;

/** How far inspections were held against watched collections: in the order in which their fingerprints were kept, each once. */
export class MatchWatch {
  readonly #query: Database['query'];
  readonly #events: Events;

  constructor({ query }: Pick<Database, 'query'>, events: Events) {
    this.#query = query;
    this.#events = events;
  }

  /** Undefined where nothing new was kept. Where no collection is watched there are no rows to look at. */
  async next(): Promise<WatchStep | undefined> {
    const { position: from, last } = await this.#query
      .selectFrom(['match_watch', 'fingerprint_order'])
      .select(['position', 'last'])
      .executeTakeFirstOrThrow();
    if (Number(last) <= Number(from)) return undefined;
    const watching = this.#query
      .selectFrom('collections')
      .select('tenant')
      .where('watched', '=', 1)
      .where('leaving', '=', 0);
    const rows = await this.#query
      .selectFrom('fingerprints')
      .select(['id', 'seq', 'tenant', 'holder_id as inspection'])
      .where('seq', '>', Number(from))
      .where('seq', '<=', Number(last))
      .where('holder', '=', 'inspection')
      .where('gone_at', 'is', null)
      .where('bytes', '>', 0)
      .where('tenant', 'in', watching)
      .orderBy('seq')
      .limit(ROWS_AT_ONCE)
      .execute();
    const full = rows.length === ROWS_AT_ONCE;
    return {
      from: Number(from),
      upTo: full ? Number(rows.at(-1)?.seq) : Number(last),
      rows: rows.map(({ id, tenant, inspection }) => ({ id: Number(id), tenant, inspection })),
    };
  }

  /** Tells what was found and goes on behind it, at once. False where another process did. */
  async done({ from, upTo }: WatchStep, found: readonly WatchedMatch[], at: string): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const { numUpdatedRows } = await inside
        .updateTable('match_watch')
        .set({ position: upTo })
        .where('position', '=', from)
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
