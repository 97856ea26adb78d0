import { sql } from 'kysely';
import type { ReadFault } from '../../base/fault.js';
import { fromRecordPath, type RecordPath, toRecordPath } from '../../base/path-text.js';
import type { FingerprintKind, Fingerprints } from '../../matching/fingerprint.js';
import type { IndexableRow } from '../../matching/indexed-row.js';
import type { Database } from '../engine/database.js';
import type { StoreTransaction } from '../engine/transaction.js';
import { holderColumns, parseFingerprintKind } from './fingerprint-holder.js';
import { removeFingerprints, takeNumbers } from './fingerprint-order.js';
import { copyFingerprints, removeOwned } from './fingerprint-rows.js';
import type { FingerprintCounts, FingerprintOwner, NewFingerprint, StoredOwner } from './fingerprints.js';
import { storeRows, toFingerprintRows } from './put-fingerprints.js';

const IDS_AT_ONCE = 500;
/** Maximum rows per answer of `follow`. */
const MAX_ROWS = 10_000;
const MAX_BYTES = 16 * 1024 * 1024;
/** Rows deleted per transaction, since others wait for it. */
const DELETE_BATCH_SIZE = 500;
/** Time for which a follower may be disconnected without having to reread everything. */
const REMOVED_RETENTION_MILLIS = 7 * 86_400_000;
const HASH_BYTES = 32;

export class FingerprintRepository {
  readonly #database: Pick<Database, 'query'>;

  constructor(database: Pick<Database, 'query'>) {
    this.#database = database;
  }

  get #query() {
    return this.#database.query;
  }

  #inside<T>(work: (inside: StoreTransaction) => Promise<T>): Promise<T> {
    return this.#query.transaction().execute(work);
  }

  /**
   * Stores fingerprints, each replacing its owner's of that kind; repeating the call changes nothing. Atomic, and on
   * disk once this resolves. Skips those whose owner does not exist any more. `within`: the caller's transaction; call
   * at its end, since others wait from here on. Rejects with `RangeError` if the data is too large or incomplete.
   */
  async put(news: readonly NewFingerprint[], within?: StoreTransaction): Promise<void> {
    const rows = toFingerprintRows(news);
    if (rows.length === 0) return;
    const now = new Date().toISOString();
    if (within === undefined) await this.#inside((inside) => storeRows(inside, rows, now));
    else await storeRows(within, rows, now);
  }

  /**
   * Copies an inspection's fingerprints to another about the same bytes (`cachedFrom`), so that they need not be made
   * again; they remain when the first inspection is deleted. Returns false if there is nothing to copy or no target.
   */
  async copy(tenant: string, from: string, to: string): Promise<boolean> {
    return this.#inside((inside) => copyFingerprints(inside, tenant, from, to));
  }

  /**
   * Returns the changes of all tenants after a number, in commit order, so that a follower misses none. Limited in
   * bytes too, so it may return fewer than `limit`; an empty answer means the end.
   */
  async follow(after: number, limit: number): Promise<IndexableRow[]> {
    for (;;) {
      const rows = await this.#some(after, limit);
      // All rows were removed meanwhile. They and the rows after them have later numbers, and an empty answer would
      // mean the end, so it reads again.
      if (rows !== 'gone') return rows;
    }
  }

  async #some(after: number, limit: number): Promise<IndexableRow[] | 'gone'> {
    const sizes = await this.#query
      .selectFrom('fingerprints')
      .select(['seq', 'bytes'])
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(Math.min(limit, MAX_ROWS))
      .execute();
    let bytes = 0;
    const some = sizes.filter((row, place) => {
      bytes += row.bytes;
      return place === 0 || bytes <= MAX_BYTES;
    });
    const last = some.at(-1)?.seq;
    if (last === undefined) return [];
    // Rows removed since then have a later number and appear there.
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
      kind: parseFingerprintKind(row.kind),
      frames: row.frames,
      ...(row.seconds === null ? {} : { seconds: row.seconds }),
      // libsql returns bytes as an ArrayBuffer.
      shelf: Buffer.from(row.shelf),
      watched: row.watched === 1,
    }));
  }

  /**
   * Returns the number up to which removed rows are deleted after some days. A follower reads it before it begins and
   * after each answer: if it exceeds the number the follower asked for, changes may have been missed, and everything
   * has to be reread from 0.
   */
  async floor(): Promise<number> {
    const { floor } = await this.#query
      .selectFrom('fingerprint_order')
      .select('floor')
      .executeTakeFirstOrThrow();
    return floor;
  }

  /** Returns the owners of these ids, without removed ones and those of other tenants. */
  async findOwners(tenant: string, ids: readonly number[]): Promise<Map<number, StoredOwner>> {
    const found = new Map<number, StoredOwner>();
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
        const holder = parseOwner(row, paths);
        // A collection that is being deleted is invisible.
        if (holder === undefined || row.leaving === 1) continue;
        found.set(row.id, {
          ...holder,
          kind: parseFingerprintKind(row.kind),
          at: row.at,
          ...(row.missing === null ? {} : { notSearchable: JSON.parse(row.missing) as ReadFault }),
          ...(row.partly === null ? {} : { partly: JSON.parse(row.partly) as ReadFault }),
          ...(row.left_of_report === null ? {} : { remainder: JSON.parse(row.left_of_report) }),
          ...(row.watched === 1 ? { watched: true as const } : {}),
        });
      }
    }
    return found;
  }

  /** Returns the paths of scan records, by scan and key. */
  async #paths(rows: readonly { holder_id: string; item: string }[]): Promise<Map<string, RecordPath>> {
    const paths = new Map<string, RecordPath>();
    for (const scan of new Set(rows.map((row) => row.holder_id))) {
      const keys = rows.filter((row) => row.holder_id === scan).map(({ item }) => item);
      const found = await this.#query
        .selectFrom('scan_records')
        .select([
          'path_key',
          'path',
          // The column may contain only a lossy form of the name; the record has the original.
          sql<string | null>`case when path like ${'%\ufffd%'} then record end`.as('record'),
        ])
        .where('scan', '=', Number(scan))
        .where('path_key', 'in', [...new Set(keys)])
        .execute();
      for (const { path_key: key, path, record } of found) {
        paths.set(
          `${scan} ${key}`,
          record === null ? { path } : toRecordPath(fromRecordPath(JSON.parse(record) as RecordPath)),
        );
      }
    }
    return paths;
  }

  /** Returns the ids of an owner's fingerprints, to be excluded when it searches for itself. */
  async listIds(tenant: string, holder: FingerprintOwner): Promise<number[]> {
    const rows = await this.#of(this.#query, tenant, holder).select('id').orderBy('id').execute();
    return rows.map(({ id }) => id);
  }

  /**
   * Returns fingerprints to search with. If only the indexed side was stored (scans), each frame is searched as it is,
   * without rotations. `frames` and similar values are as they were made.
   */
  async getForSearch(tenant: string, holder: FingerprintOwner): Promise<Fingerprints> {
    const rows = await this.#of(this.#query, tenant, holder)
      .leftJoin('fingerprint_queries', 'fingerprint_queries.fingerprint', 'fingerprints.id')
      .select(['kind', 'quality', 'frames', 'seconds', 'shelf', 'missing', 'partly', 'query'])
      .orderBy('kind')
      .execute();
    const answer: Fingerprints = { made: [], missing: [] };
    for (const row of rows) {
      const kind = parseFingerprintKind(row.kind);
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
        query: row.query === null ? firstHashes(kind, row.frames, shelf) : Buffer.from(row.query),
      });
    }
    return answer;
  }

  #of(query: StoreTransaction | Database['query'], tenant: string, holder: FingerprintOwner) {
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

  /** Removes fingerprints for a person, including those left by an expired report. Returns true if there were any. */
  async remove(tenant: string, holder: FingerprintOwner, within?: StoreTransaction): Promise<boolean> {
    const { item, ...of } = holderColumns(holder);
    const work = async (inside: StoreTransaction) => {
      // Locks before reading, so that fingerprints being stored meanwhile are removed too.
      await takeNumbers(inside, 0);
      return removeOwned(inside, tenant, { ...of, items: [item] });
    };
    return within === undefined ? this.#inside(work) : work(within);
  }

  /** Removes expired fingerprints and deletes rows removed long ago, some per call; call again until it returns 0. */
  async deleteExpired(now: string): Promise<number> {
    const past = await this.#query
      .selectFrom('fingerprints')
      .select('id')
      .where('gone_at', 'is', null)
      .where('expires_at', '<=', now)
      .orderBy('expires_at')
      .limit(DELETE_BATCH_SIZE)
      .execute();
    if (past.length > 0)
      await this.#inside((inside) =>
        removeFingerprints(
          inside,
          past.map(({ id }) => id),
          now,
        ),
      );
    return (
      past.length + (await this.#forget(new Date(Date.parse(now) - REMOVED_RETENTION_MILLIS).toISOString()))
    );
  }

  async #forget(before: string): Promise<number> {
    const old = () =>
      this.#query
        .selectFrom('fingerprints')
        .select('id')
        .where('gone_at', '<=', before)
        .limit(DELETE_BATCH_SIZE);
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

function parseOwner(
  row: { holder: string; holder_id: string; item: string },
  paths: ReadonlyMap<string, RecordPath>,
): FingerprintOwner | undefined {
  if (row.holder === 'inspection') return { inspection: row.holder_id };
  if (row.holder === 'collection') return { collection: row.holder_id, item: row.item };
  const path = paths.get(`${row.holder_id} ${row.item}`);
  return path && { scan: Number(row.holder_id), ...path };
}

/** Returns the first hash of each frame, which is of the whole frame without rotation. */
function firstHashes(kind: FingerprintKind, frames: number, shelf: Buffer): Buffer {
  if (kind === 'sound') return shelf;
  const each = shelf.length / frames;
  return Buffer.concat(
    Array.from({ length: frames }, (_, frame) => shelf.subarray(frame * each, frame * each + HASH_BYTES)),
  );
}
