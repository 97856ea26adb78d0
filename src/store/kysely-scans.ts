import type { Insertable, Selectable } from 'kysely';
import { pathTold, type ToldPath, textOfPath } from '../core/ground/path-text.js';
import type { SealedBytes } from '../secrets/secret-keys.js';
import type { Database } from './database.js';
import type { Query } from './inside.js';
import { besidesOf, countBeside, dropBeside, otherContent, putBeside } from './scan-beside.js';
import { keyOf } from './scan-key.js';
import type { ScanRecordsTable, ScansTable } from './scan-tables.js';
import {
  type BesideCounts,
  type ChangedRecord,
  type JobCounts,
  type KeptScan,
  type KnownFile,
  type PageAsked,
  type PagedFile,
  type PagedRecord,
  SCAN_STATUSES,
  type ScanCounts,
  type ScanRecordRow,
  type ScanStatus,
  type WorkerCounts,
} from './scans.js';

/** Keys in one statement: both databases bound how many values that may hold. */
const KEYS_AT_ONCE = 500;
const ROWS_AT_ONCE = 200;
/** Reasons for which jobs came back that are told. */
const MOST_REASONS = 8;
const SEEN_MILLIS = 5_000;
const MOST_WORKERS = 1_000;

/** Scans whose records are kept in the database. What a record holds is the scan's business; here it is text. */
export class KyselyScans {
  readonly #database: Pick<Database, 'query'>;

  #seen: { number: number; at: number } | undefined;

  constructor(database: Pick<Database, 'query'>) {
    this.#database = database;
  }

  get #query() {
    return this.#database.query;
  }

  async create(
    scan: { id: string; tenant: string; header: string; plan?: string },
    at: string,
  ): Promise<KeptScan> {
    await this.#query
      .insertInto('scans')
      .values({ ...scan, plan: scan.plan ?? null, created_at: at, status: 'listing', ended_at: null })
      .execute();
    const kept = await this.get(scan.id);
    if (kept === undefined) throw new Error('a scan that was just made is not there');
    return kept;
  }

  /** Of that tenant; left out: whoever's it is, for workers, which serve all. */
  async get(id: string, tenant?: string): Promise<KeptScan | undefined> {
    let asked = this.#query.selectFrom('scans').selectAll().where('id', '=', id);
    if (tenant !== undefined) asked = asked.where('tenant', '=', tenant);
    const row = await asked.executeTakeFirst();
    return row && scanOf(row);
  }

  /** By its number, as rows name it. */
  async numbered(number: number, tenant: string): Promise<KeptScan | undefined> {
    const row = await this.#query
      .selectFrom('scans')
      .selectAll()
      .where((eb) => eb.and({ number, tenant }))
      .executeTakeFirst();
    return row && scanOf(row);
  }

  /** The newest first. */
  async list(tenant: string, most: number): Promise<KeptScan[]> {
    const rows = await this.#query
      .selectFrom('scans')
      .selectAll()
      .where('tenant', '=', tenant)
      .orderBy('number', 'desc')
      .limit(most)
      .execute();
    return rows.map(scanOf);
  }

  /** What is written from now on is of another run: its number. */
  async beginRun(number: number): Promise<number> {
    const { run } = await this.#query
      .updateTable('scans')
      .set((eb) => ({ run: eb('run', '+', 1) }))
      .where('number', '=', number)
      .returning('run')
      .executeTakeFirstOrThrow();
    return run;
  }

  /** What was asked, and of which parts, where all records are of others now. */
  async setHeader(number: number, header: string): Promise<void> {
    await this.#query.updateTable('scans').set({ header }).where('number', '=', number).execute();
  }

  /** What workers are to do, where a later run has more to say of it. */
  async setPlan(number: number, plan: string): Promise<void> {
    await this.#query.updateTable('scans').set({ plan }).where('number', '=', number).execute();
  }

  /** False where it has ended or has been cancelled already. */
  async setStatus(number: number, status: ScanStatus, at: string): Promise<boolean> {
    const ended = status === 'done' || status === 'cancelled';
    const { numUpdatedRows } = await this.#query
      .updateTable('scans')
      .set({ status, ended_at: ended ? at : null })
      .where('number', '=', number)
      // What was cancelled stays so; what is done may be gone on with.
      .where('status', status === 'done' ? 'in' : 'not in', status === 'done' ? ['running'] : ['cancelled'])
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** What is known of these files, by path. */
  async known(number: number, paths: readonly string[]): Promise<Map<string, KnownFile>> {
    const known = new Map<string, KnownFile>();
    for (let at = 0; at < paths.length; at += KEYS_AT_ONCE) {
      const byKey = new Map(paths.slice(at, at + KEYS_AT_ONCE).map((path) => [keyOf(path), path]));
      const rows = await this.#query
        .selectFrom('scan_records')
        .select(['path_key', 'bytes', 'modified', 'outcome'])
        .where('scan', '=', number)
        .where('path_key', 'in', [...byKey.keys()])
        .execute();
      for (const { path_key: key, ...file } of rows) known.set(byKey.get(key) ?? key, file);
    }
    return known;
  }

  /** What is kept of one file; undefined where nothing is. */
  async record(number: number, path: string): Promise<string | undefined> {
    const row = await this.#query
      .selectFrom('scan_records')
      .select('record')
      .where('scan', '=', number)
      .where('path_key', '=', keyOf(path))
      .executeTakeFirst();
    return row?.record;
  }

  /**
   * Each takes the place of what was kept of the same path; what stood there before this run is remembered. Rejects with a
   * RangeError where something beside a record is too large.
   */
  async put(
    { number, run }: Pick<KeptScan, 'number' | 'run'>,
    records: readonly ScanRecordRow[],
  ): Promise<void> {
    await this.#see(number);
    // One statement cannot replace a row twice, and two that go the same way do not wait for each other in a circle.
    const byKey = new Map(records.map((record) => [keyOf(record.path), record]));
    const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1));
    const news = besidesOf(sorted);
    if (news.length === 0 && !(await this.#hasBeside(number))) {
      await this.#putRows(this.#query, { number, run }, sorted);
      return;
    }
    await this.#query.transaction().execute(async (inside) => {
      const stale = await otherContent(inside, number, sorted);
      await this.#putRows(inside, { number, run }, sorted);
      await putBeside(inside, number, news, stale);
    });
  }

  async #putRows(
    query: Query,
    { number, run }: Pick<KeptScan, 'number' | 'run'>,
    records: readonly (readonly [key: string, record: ScanRecordRow])[],
  ): Promise<void> {
    const rows = records.map(([key, record]) => ({ ...rowOf(number, key, record), run }));
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      await query
        .insertInto('scan_records')
        .values(rows.slice(at, at + ROWS_AT_ONCE))
        .onConflict((conflict) =>
          conflict.columns(['scan', 'path_key']).doUpdateSet((eb) => ({
            bytes: eb.ref('excluded.bytes'),
            modified: eb.ref('excluded.modified'),
            outcome: eb.ref('excluded.outcome'),
            sha256: eb.ref('excluded.sha256'),
            kind: eb.ref('excluded.kind'),
            origin: eb.ref('excluded.origin'),
            backing: eb.ref('excluded.backing'),
            presence: eb.ref('excluded.presence'),
            integrity: eb.ref('excluded.integrity'),
            signer: eb.ref('excluded.signer'),
            error_code: eb.ref('excluded.error_code'),
            record: eb.ref('excluded.record'),
            run: eb.ref('excluded.run'),
            was: eb
              .case()
              .when('scan_records.run', '<', eb.ref('excluded.run'))
              .then(eb.ref('scan_records.record'))
              .else(eb.ref('scan_records.was'))
              .end(),
          })),
        )
        .execute();
    }
  }

  async #hasBeside(number: number): Promise<boolean> {
    const row = await this.#query
      .selectFrom('scans')
      .select('beside')
      .where('number', '=', number)
      .executeTakeFirst();
    return row?.beside === 1;
  }

  /** Once in some seconds: whoever looks on tells by it whether a scan goes on. */
  async #see(number: number): Promise<void> {
    const now = Date.now();
    if (this.#seen?.number === number && now - this.#seen.at < SEEN_MILLIS) return;
    this.#seen = { number, at: now };
    await this.#query
      .updateTable('scans')
      .set({ seen_at: new Date(now).toISOString() })
      .where('number', '=', number)
      .execute();
  }

  /** In an order of its own, from after a key on; the key of the last asks for the next. */
  async page(number: number, { after, most, filter = {} }: PageAsked): Promise<PagedRecord[]> {
    let asked = this.#query
      .selectFrom('scan_records')
      .select(['path_key as key', 'record'])
      .where('scan', '=', number)
      .orderBy('path_key')
      .limit(most);
    if (after !== undefined) asked = asked.where('path_key', '>', after);
    const { origin, integrity, signer, errors } = filter;
    if (origin !== undefined) {
      asked = asked.where('origin', '=', origin);
      // Said, so that the index of what is not `none` is known to serve.
      if (origin !== 'none') asked = asked.where('origin', '<>', 'none');
    }
    if (integrity !== undefined) asked = asked.where('integrity', '=', integrity);
    if (signer !== undefined) asked = asked.where('signer', '=', signer);
    if (errors === true) asked = asked.where('error_code', 'is not', null);
    return asked.execute();
  }

  /** As `page`: what that run has written, beside what stood there before. */
  async changes(
    { number, run }: Pick<KeptScan, 'number' | 'run'>,
    { after, most }: PageAsked,
  ): Promise<ChangedRecord[]> {
    let asked = this.#query
      .selectFrom('scan_records')
      .select(['path_key as key', 'record', 'was'])
      .where('scan', '=', number)
      .where('run', '=', run)
      // Said, so that the index of what is not of the first run is known to serve.
      .where('run', '>', 1)
      .orderBy('path_key')
      .limit(most);
    if (after !== undefined) asked = asked.where('path_key', '>', after);
    return (await asked.execute()).map(({ was, ...one }) => (was === null ? one : { ...one, was }));
  }

  /** As `page`: of each file what tells whether it is the same. */
  async files(number: number, { after, most }: PageAsked): Promise<PagedFile[]> {
    let asked = this.#query
      .selectFrom('scan_records')
      .select(['path_key as key', 'path', 'bytes', 'modified', 'outcome'])
      .where('scan', '=', number)
      .orderBy('path_key')
      .limit(most);
    if (after !== undefined) asked = asked.where('path_key', '>', after);
    return this.#named(number, await asked.execute());
  }

  /** A name that is not UTF-8 stands in its record alone. */
  async #named(number: number, files: PagedFile[]): Promise<PagedFile[]> {
    const unsure = files.filter(({ path }) => path.includes('\ufffd')).map(({ key }) => key);
    if (unsure.length === 0) return files;
    const rows = await this.#query
      .selectFrom('scan_records')
      .select(['path_key', 'record'])
      .where('scan', '=', number)
      .where('path_key', 'in', unsure)
      .execute();
    const told = new Map(
      rows.map(({ path_key: key, record }) => [key, pathTold(JSON.parse(record) as ToldPath)]),
    );
    return files.map((file) => ({ ...file, path: told.get(file.key) ?? file.path }));
  }

  /** Their records go. */
  async drop(number: number, paths: readonly string[]): Promise<void> {
    const beside = await this.#hasBeside(number);
    for (let at = 0; at < paths.length; at += KEYS_AT_ONCE)
      await this.#drop(number, paths.slice(at, at + KEYS_AT_ONCE).map(keyOf), beside);
  }

  async #drop(number: number, keys: string[], beside: boolean): Promise<void> {
    const records = (query: Query) =>
      query.deleteFrom('scan_records').where('scan', '=', number).where('path_key', 'in', keys).execute();
    if (!beside) {
      await records(this.#query);
      return;
    }
    await this.#query.transaction().execute(async (inside) => {
      await records(inside);
      await dropBeside(inside, number, keys);
    });
  }

  /** With all its records; some thousand at a time, so that others need not wait. */
  async delete(number: number): Promise<void> {
    const beside = await this.#hasBeside(number);
    for (;;) {
      const keys = await this.#query
        .selectFrom('scan_records')
        .select('path_key')
        .where('scan', '=', number)
        .orderBy('path_key')
        .limit(KEYS_AT_ONCE)
        .execute();
      if (keys.length === 0) break;
      await this.#drop(
        number,
        keys.map((row) => row.path_key),
        beside,
      );
    }
    await this.#query.deleteFrom('scan_jobs').where('scan', '=', number).execute();
    await this.#query.deleteFrom('scans').where('number', '=', number).execute();
  }

  /** The picture kept beside a record. */
  async preview(number: number, path: string): Promise<Buffer | undefined> {
    const row = await this.#query
      .selectFrom('scan_previews')
      .select('content')
      .where('scan', '=', number)
      .where('path_key', '=', keyOf(path))
      .executeTakeFirst();
    // libsql gives bytes as an ArrayBuffer.
    return row && Buffer.from(row.content);
  }

  /** The manifest store kept beside a record, to be opened with `openedManifest`. */
  async manifest(number: number, path: string): Promise<SealedBytes | undefined> {
    const row = await this.#query
      .selectFrom('scan_manifests')
      .select(['secret_key', 'sealed'])
      .where('scan', '=', number)
      .where('path_key', '=', keyOf(path))
      .executeTakeFirst();
    return row && { key: row.secret_key, bytes: Buffer.from(row.sealed) };
  }

  /** What is kept beside its records. */
  async beside(number: number): Promise<BesideCounts> {
    return countBeside(this.#query, number);
  }

  async counts(number: number): Promise<ScanCounts> {
    const rows = await this.#query
      .selectFrom('scan_records')
      .select((eb) => [
        'origin',
        'presence',
        'integrity',
        eb.fn.countAll<number>().as('files'),
        eb.fn
          .sum<number>(eb.case().when('error_code', 'is', null).then(eb.ref('bytes')).else(0).end())
          .as('bytes'),
        eb.fn.count<number>('error_code').as('errors'),
        eb.fn.countAll<number>().filterWhere('error_code', '=', 'not-fetched').as('notFetched'),
      ])
      .where('scan', '=', number)
      .where('outcome', '<>', 'gone')
      .groupBy(['origin', 'presence', 'integrity'])
      .execute();
    const { gone } = await this.#query
      .selectFrom('scan_records')
      .select((eb) => eb.fn.countAll<number>().as('gone'))
      .where('scan', '=', number)
      .where('outcome', '=', 'gone')
      .executeTakeFirstOrThrow();
    const counts: ScanCounts = {
      files: 0,
      gone: Number(gone),
      bytes: 0,
      errors: 0,
      notFetched: 0,
      origins: {},
      presences: {},
      integrity: {},
    };
    for (const { origin, presence, integrity, files, bytes, errors, notFetched } of rows) {
      counts.files += Number(files);
      counts.bytes += Number(bytes);
      counts.errors += Number(errors) - Number(notFetched);
      counts.notFetched += Number(notFetched);
      add(counts.origins, origin, Number(files));
      add(counts.presences, presence, Number(files));
      add(counts.integrity, integrity, Number(files));
    }
    return counts;
  }

  /** Of a scan that many machines share: what is handed out and not done. */
  async jobs(number: number): Promise<JobCounts> {
    const row = await this.#query
      .selectFrom('scan_jobs')
      .select((eb) => [
        eb.fn.countAll<number>().as('jobs'),
        eb.fn.count<number>('done_at').as('jobsDone'),
        eb.fn.sum<number | null>('files').as('files'),
        eb.fn
          .sum<number | null>(eb.case().when('done_at', 'is not', null).then(eb.ref('files')).else(0).end())
          .as('filesDone'),
        eb.fn
          .sum<number | null>(
            eb.case().when('cancelled_at', 'is not', null).then(eb.ref('files')).else(0).end(),
          )
          .as('filesCancelled'),
      ])
      .where('scan', '=', number)
      .executeTakeFirstOrThrow();
    const back = await this.#query
      .selectFrom('scan_jobs')
      .select((eb) => [
        'handed_back_for as why',
        eb.fn.countAll<number>().as('jobs'),
        eb.fn.sum<number>('handed_back').as('times'),
      ])
      .where('scan', '=', number)
      .where('done_at', 'is', null)
      .where('cancelled_at', 'is', null)
      .where('handed_back', '>', 0)
      .groupBy('handed_back_for')
      .execute();
    return {
      handedBack: back.reduce((sum, one) => sum + Number(one.jobs), 0),
      handedBackTimes: back.reduce((sum, one) => sum + Number(one.times), 0),
      handedBackFor: back.flatMap(({ why }) => why ?? []).slice(0, MOST_REASONS),
      jobs: Number(row.jobs),
      jobsDone: Number(row.jobsDone),
      files: Number(row.files ?? 0),
      filesDone: Number(row.filesDone ?? 0),
      filesCancelled: Number(row.filesCancelled ?? 0),
    };
  }

  /** Who works on it or did; `since` (RFC 3339): what they did from then on is told apart. */
  async workers(number: number, since: string): Promise<WorkerCounts[]> {
    const rows = await this.#query
      .selectFrom('scan_jobs')
      .select((eb) => [
        'worker',
        eb.fn.count<number>('done_at').as('jobsDone'),
        eb.fn
          .sum<number | null>(eb.case().when('done_at', 'is not', null).then(eb.ref('files')).else(0).end())
          .as('filesDone'),
        eb.fn
          .sum<number | null>(eb.case().when('done_at', '>=', since).then(eb.ref('files')).else(0).end())
          .as('filesSince'),
        eb.fn
          .sum<number | null>(
            eb
              .case()
              .when(eb.and([eb('done_at', 'is', null), eb('cancelled_at', 'is', null)]))
              .then(1)
              .else(0)
              .end(),
          )
          .as('holds'),
        eb.fn.max<string | null>('done_at').as('doneAt'),
        eb.fn.max<string | null>('taken_at').as('takenAt'),
      ])
      .where('scan', '=', number)
      .where('worker', 'is not', null)
      .groupBy('worker')
      .orderBy('worker')
      .limit(MOST_WORKERS)
      .execute();
    return rows.map(({ worker, jobsDone, filesDone, filesSince, holds, doneAt, takenAt }) => {
      const seenAt = [doneAt ?? '', takenAt ?? ''].sort().at(-1);
      return {
        name: worker ?? '',
        jobsDone: Number(jobsDone),
        filesDone: Number(filesDone ?? 0),
        filesSince: Number(filesSince ?? 0),
        holds: Number(holds ?? 0),
        ...(seenAt ? { seenAt } : {}),
      };
    });
  }
}

function add(counts: Record<string, number>, name: string | null, files: number): void {
  if (name !== null) counts[name] = (counts[name] ?? 0) + files;
}

function scanOf(row: Selectable<ScansTable>): KeptScan {
  const status = SCAN_STATUSES.find((one) => one === row.status);
  if (status === undefined) throw new Error(`a scan has the status ${row.status}`);
  return {
    number: Number(row.number),
    id: row.id,
    tenant: row.tenant,
    run: row.run,
    createdAt: row.created_at,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    ...(row.seen_at === null ? {} : { seenAt: row.seen_at }),
    status,
    header: row.header,
    ...(row.plan === null ? {} : { plan: row.plan }),
  };
}

function rowOf(scan: number, key: string, record: ScanRecordRow): Insertable<ScanRecordsTable> {
  return {
    scan,
    path_key: key,
    path: withoutNul(textOfPath(record.path)),
    bytes: record.bytes,
    modified: record.modified,
    outcome: record.outcome,
    sha256: record.sha256 ?? null,
    kind: record.kind ?? null,
    origin: record.origin ?? null,
    backing: record.backing ?? null,
    presence: record.presence ?? null,
    integrity: record.integrity ?? null,
    signer: record.signer === undefined ? null : withoutNul(record.signer),
    error_code: record.errorCode ?? null,
    record: record.record,
  };
}

/** PostgreSQL's text knows no NUL, and names in archives may hold one; JSON says it as an escape. */
const withoutNul = (text: string): string => text.replaceAll('\0', '\ufffd');
