import { sql } from 'kysely';
import type { ReadFault } from '../core/ground/fault.js';
import { pathTold, type ToldPath, toldPath } from '../core/ground/path-text.js';
import type { Likenesses, LikenessKind } from '../core/likeness/likeness.js';
import type { ShelfRow } from '../core/likeness/shelf-row.js';
import type { Database } from './database.js';
import { holderColumns, likenessKind } from './fingerprint-holder.js';
import { removeFingerprints, takeNumbers } from './fingerprint-order.js';
import { give, removeOf } from './fingerprint-rows.js';
import type { FingerprintCounts, Holder, KeptHolder, NewFingerprint } from './fingerprints.js';
import type { Inside } from './inside.js';
import { putRows, rowsOf } from './put-fingerprints.js';

const IDS_AT_ONCE = 500;
/** Of one answer to whoever follows. */
const MOST_ROWS = 10_000;
const MOST_BYTES = 16 * 1024 * 1024;
/** Rows that go at once; others wait for them. */
const GO_AT_ONCE = 500;
/** For how long who follows may be away without having to read all anew. */
const GONE_KEPT_MILLIS = 7 * 86_400_000;
const HASH_BYTES = 32;

export class KyselyFingerprints {
  readonly #database: Pick<Database, 'query'>;

  constructor(database: Pick<Database, 'query'>) {
    this.#database = database;
  }

  get #query() {
    return this.#database.query;
  }

  #inside<T>(work: (inside: Inside) => Promise<T>): Promise<T> {
    return this.#query.transaction().execute(work);
  }

  /**
   * Each takes the place of what its holder had of that kind; the same again changes nothing. All of it or nothing, on the
   * disk once this resolves. Left out are those whose holder is not there (any more). `within`: part of the caller's own
   * transaction, at its end, since others wait for it from here on. Rejects with a RangeError what is too large or not
   * whole.
   */
  async put(news: readonly NewFingerprint[], within?: Inside): Promise<void> {
    const rows = rowsOf(news);
    if (rows.length === 0) return;
    const now = new Date().toISOString();
    if (within === undefined) await this.#inside((inside) => putRows(inside, rows, now));
    else await putRows(within, rows, now);
  }

  /**
   * What an inspection has is given to another about the same bytes (`cachedFrom`), which so need not be made again; the
   * other's stay its own when the first goes. False: there is nothing to give, or nobody to give it to.
   */
  async give(tenant: string, from: string, to: string): Promise<boolean> {
    return this.#inside((inside) => give(inside, tenant, from, to));
  }

  /**
   * Of all tenants, what has changed after a number, in the order in which it was kept: nothing comes in behind somebody
   * who follows. Bounded in bytes too, so it may be fewer than asked for; an empty answer is the end.
   */
  async follow(after: number, limit: number): Promise<ShelfRow[]> {
    for (;;) {
      const rows = await this.#some(after, limit);
      // All of them were removed in between: they and what stood behind them come later, and an empty answer is the end.
      if (rows !== 'gone') return rows;
    }
  }

  async #some(after: number, limit: number): Promise<ShelfRow[] | 'gone'> {
    const sizes = await this.#query
      .selectFrom('fingerprints')
      .select(['seq', 'bytes'])
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(Math.min(limit, MOST_ROWS))
      .execute();
    let bytes = 0;
    const some = sizes.filter((row, place) => {
      bytes += row.bytes;
      return place === 0 || bytes <= MOST_BYTES;
    });
    const last = some.at(-1)?.seq;
    if (last === undefined) return [];
    // What went since then has a later number now and is met there.
    const rows = await this.#query
      .selectFrom('fingerprints')
      .leftJoin('collections', (join) =>
        join
          .onRef('collections.id', '=', 'fingerprints.holder_id')
          .on('fingerprints.holder', '=', 'collection'),
      )
      .select([
        ...([
          'seq',
          'fingerprints.id',
          'fingerprints.tenant',
          'gone_at',
          'kind',
          'frames',
          'seconds',
          'shelf',
        ] as const),
        'watched',
      ])
      .where('seq', '>', after)
      .where('seq', '<=', last)
      .orderBy('seq')
      .execute();
    if (rows.length === 0) return 'gone';
    return rows.map((row) => ({
      seq: row.seq,
      id: row.id,
      tenant: row.tenant,
      gone: row.gone_at !== null,
      kind: likenessKind(row.kind),
      frames: row.frames,
      ...(row.seconds === null ? {} : { seconds: row.seconds }),
      // libsql gives bytes as an ArrayBuffer.
      shelf: Buffer.from(row.shelf),
      watched: row.watched === 1,
    }));
  }

  /**
   * Removed ones are forgotten after some days, up to this number. Whoever follows asks before it begins and after each
   * answer: where it has grown past the number that was asked for, something may have been missed, and all has to be
   * read anew from 0.
   */
  async floor(): Promise<number> {
    const { floor } = await this.#query
      .selectFrom('fingerprint_order')
      .select('floor')
      .executeTakeFirstOrThrow();
    return floor;
  }

  /** Of these; without those that are gone and those of other tenants. */
  async holders(tenant: string, ids: readonly number[]): Promise<Map<number, KeptHolder>> {
    const found = new Map<number, KeptHolder>();
    for (let at = 0; at < ids.length; at += IDS_AT_ONCE) {
      const rows = await this.#query
        .selectFrom('fingerprints')
        .leftJoin('collections', (join) =>
          join
            .onRef('collections.id', '=', 'fingerprints.holder_id')
            .on('fingerprints.holder', '=', 'collection'),
        )
        .select([
          ...(['fingerprints.id', 'holder', 'holder_id', 'item', 'kind', 'at', 'missing', 'partly'] as const),
          ...(['left_of_report', 'watched', 'leaving'] as const),
        ])
        .where('fingerprints.id', 'in', ids.slice(at, at + IDS_AT_ONCE))
        .where('fingerprints.tenant', '=', tenant)
        .where('gone_at', 'is', null)
        .execute();
      const paths = await this.#paths(rows.filter(({ holder }) => holder === 'scan'));
      for (const row of rows) {
        const holder = holderOf(row, paths);
        // A collection that is being deleted is gone for everybody who asks.
        if (holder === undefined || row.leaving === 1) continue;
        found.set(row.id, {
          ...holder,
          kind: likenessKind(row.kind),
          at: row.at,
          ...(row.missing === null ? {} : { notSearchable: JSON.parse(row.missing) as ReadFault }),
          ...(row.partly === null ? {} : { partly: JSON.parse(row.partly) as ReadFault }),
          ...(row.left_of_report === null ? {} : { left: JSON.parse(row.left_of_report) }),
          ...(row.watched === 1 ? { watched: true as const } : {}),
        });
      }
    }
    return found;
  }

  /** Of records of scans, by scan and key. */
  async #paths(rows: readonly { holder_id: string; item: string }[]): Promise<Map<string, ToldPath>> {
    const paths = new Map<string, ToldPath>();
    for (const scan of new Set(rows.map((row) => row.holder_id))) {
      const keys = rows.filter((row) => row.holder_id === scan).map(({ item }) => item);
      const found = await this.#query
        .selectFrom('scan_records')
        .select([
          'path_key',
          'path',
          // What stands in the column is not always all of the name; then its record has it.
          sql<string | null>`case when path like ${'%\ufffd%'} then record end`.as('record'),
        ])
        .where('scan', '=', Number(scan))
        .where('path_key', 'in', [...new Set(keys)])
        .execute();
      for (const { path_key: key, path, record } of found) {
        paths.set(
          `${scan} ${key}`,
          record === null ? { path } : toldPath(pathTold(JSON.parse(record) as ToldPath)),
        );
      }
    }
    return paths;
  }

  /** Ids of what a holder has, to be left out where it asks itself. */
  async idsOf(tenant: string, holder: Holder): Promise<number[]> {
    const rows = await this.#of(this.#query, tenant, holder).select('id').orderBy('id').execute();
    return rows.map(({ id }) => id);
  }

  /**
   * To ask with. Where only the side that is searched was kept (scans), each frame is asked with as it is, without its
   * turns. `frames` and the like as they were made.
   */
  async likenessOf(tenant: string, holder: Holder): Promise<Likenesses> {
    const rows = await this.#of(this.#query, tenant, holder)
      .leftJoin('fingerprint_queries', 'fingerprint_queries.fingerprint', 'fingerprints.id')
      .select(['kind', 'quality', 'frames', 'seconds', 'shelf', 'missing', 'partly', 'query'])
      .orderBy('kind')
      .execute();
    const answer: Likenesses = { made: [], missing: [] };
    for (const row of rows) {
      const kind = likenessKind(row.kind);
      if (row.missing !== null) {
        answer.missing.push({ ...(JSON.parse(row.missing) as ReadFault), kind });
        continue;
      }
      if (row.partly !== null)
        answer.partly = [...(answer.partly ?? []), { ...(JSON.parse(row.partly) as ReadFault), kind }];
      const shelf = Buffer.from(row.shelf);
      answer.made.push({
        ...{ kind, quality: row.quality, frames: row.frames },
        ...(row.seconds === null ? {} : { seconds: row.seconds }),
        shelf,
        query: row.query === null ? asKept(kind, row.frames, shelf) : Buffer.from(row.query),
      });
    }
    return answer;
  }

  #of(query: Inside | Database['query'], tenant: string, holder: Holder) {
    return query
      .selectFrom('fingerprints')
      .where((eb) => eb.and({ tenant, ...holderColumns(holder) }))
      .where('gone_at', 'is', null);
  }

  async counts(tenant: string): Promise<FingerprintCounts> {
    const { rows, bytes, searchable } = await this.#query
      .selectFrom('fingerprints')
      .select((eb) => [
        eb.fn.countAll<number>().as('rows'),
        eb.fn.sum<number | null>('bytes').as('bytes'),
        eb.fn.sum<number | null>(eb.case().when('bytes', '>', 0).then(1).else(0).end()).as('searchable'),
      ])
      .where('tenant', '=', tenant)
      .where('gone_at', 'is', null)
      .executeTakeFirstOrThrow();
    return {
      searchable: Number(searchable ?? 0),
      notSearchable: Number(rows) - Number(searchable ?? 0),
      bytes: Number(bytes ?? 0),
    };
  }

  /** By a person; what a report left behind, too. True where there was something. */
  async remove(tenant: string, holder: Holder, within?: Inside): Promise<boolean> {
    const { item, ...of } = holderColumns(holder);
    const work = async (inside: Inside) => {
      // Before it is looked at: what is being put there meanwhile goes as well.
      await takeNumbers(inside, 0);
      return removeOf(inside, tenant, { ...of, items: [item] });
    };
    return within === undefined ? this.#inside(work) : work(within);
  }

  /** What is past its day goes, and what was removed long ago is forgotten; some at a time: again until it says 0. */
  async expire(now: string): Promise<number> {
    const past = await this.#query
      .selectFrom('fingerprints')
      .select('id')
      .where('gone_at', 'is', null)
      .where('expires_at', '<=', now)
      .orderBy('expires_at')
      .limit(GO_AT_ONCE)
      .execute();
    if (past.length > 0)
      await this.#inside((inside) =>
        removeFingerprints(
          inside,
          past.map(({ id }) => id),
          now,
        ),
      );
    return past.length + (await this.#forget(new Date(Date.parse(now) - GONE_KEPT_MILLIS).toISOString()));
  }

  async #forget(before: string): Promise<number> {
    const old = () =>
      this.#query.selectFrom('fingerprints').select('id').where('gone_at', '<=', before).limit(GO_AT_ONCE);
    if ((await old().executeTakeFirst()) === undefined) return 0;
    return this.#inside(async (inside) => {
      await takeNumbers(inside, 0);
      const gone = await inside
        .deleteFrom('fingerprints')
        .where('id', 'in', old())
        .returning('seq')
        .execute();
      const floor = gone.reduce((most, { seq }) => Math.max(most, seq), 0);
      await inside.updateTable('fingerprint_order').set({ floor }).where('floor', '<', floor).execute();
      return gone.length;
    });
  }
}

function holderOf(
  row: { holder: string; holder_id: string; item: string },
  paths: ReadonlyMap<string, ToldPath>,
): Holder | undefined {
  if (row.holder === 'inspection') return { inspection: row.holder_id };
  if (row.holder === 'collection') return { collection: row.holder_id, item: row.item };
  const path = paths.get(`${row.holder_id} ${row.item}`);
  return path && { scan: Number(row.holder_id), ...path };
}

/** Of each frame the first: the whole of it as it is. */
function asKept(kind: LikenessKind, frames: number, shelf: Buffer): Buffer {
  if (kind === 'sound') return shelf;
  const each = shelf.length / frames;
  return Buffer.concat(
    Array.from({ length: frames }, (_, frame) => shelf.subarray(frame * each, frame * each + HASH_BYTES)),
  );
}
