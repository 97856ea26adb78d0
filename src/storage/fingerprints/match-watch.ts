import type { Database } from '../engine/database.js';
import { readEventLabels } from '../events/event-labels.js';
import type { EventRepository } from '../events/kysely-events.js';

/** New row to compare: an inspection whose tenant watches a collection, or an item of a watched collection. */
export type NewMatchRow = { id: number; tenant: string } & (
  | { inspection: string }
  | { collection: string; item: string }
);

/** The two kinds progress independently, so that inspections need not wait for the import of a collection. */
export const WATCH_KINDS = ['inspections', 'items'] as const;
export type WatchKind = (typeof WATCH_KINDS)[number];

export interface WatchStep {
  kind: WatchKind;
  /** Start position; passed back to `done`. */
  from: number;
  to: number;
  rows: NewMatchRow[];
}

/** Match between an item of a watched collection and an inspection; contains no text of either file. */
export interface WatchedMatch {
  tenant: string;
  inspection: string;
  data: Readonly<Record<string, string | number | true>>;
}

const ROWS_AT_ONCE = 20;

/**
 * Tracks which inspections were compared with watched collections, and which later items with inspections: each once,
 * in the order in which their fingerprints were stored.
 */
export class MatchWatchProgress {
  readonly #query: Database['query'];
  readonly #events: EventRepository;

  constructor({ query }: Pick<Database, 'query'>, events: EventRepository) {
    this.#query = query;
    this.#events = events;
  }

  /**
   * Returns the next rows to compare; `undefined` if nothing new was stored. Without a watched collection there are no
   * rows.
   */
  async next(of: WatchKind): Promise<WatchStep | undefined> {
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
      kind: of,
      from,
      to: full ? Number(rows.at(-1)?.seq) : Number(last),
      rows: rows.map(({ id, tenant, holder_id: holder, item }) => ({
        ...{ id: Number(id), tenant },
        ...(of === 'inspections' ? { inspection: holder } : { collection: holder, item }),
      })),
    };
  }

  /** Publishes the matches and advances the position, atomically. Returns false if another process did. */
  async advance(
    { kind: of, from, to: upTo }: WatchStep,
    found: readonly WatchedMatch[],
    at: string,
  ): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const { numUpdatedRows } = await inside
        .updateTable('match_watch')
        .set({ [POSITION[of]]: upTo })
        .where(POSITION[of], '=', from)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return false;
      for (const { tenant, inspection, data: told } of found) {
        const words = await readEventLabels(inside, tenant, inspection);
        const data = { ...told, ...words };
        await this.#events.emit(inside, { tenant, type: 'match.found', at, subject: inspection, data });
      }
      return true;
    });
  }
}

const POSITION = { inspections: 'position', items: 'items_position' } as const;
