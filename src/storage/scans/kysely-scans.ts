import type { Insertable, Selectable } from 'kysely';
import { displayPath, fromRecordPath, type RecordPath } from '../../base/path-text.js';
import type { EncryptedBytes } from '../../base/secrets/secret-keys.js';
import type { Database } from '../engine/database.js';
import { pathKey } from '../engine/stored-key.js';
import type { QueryExecutor } from '../engine/transaction.js';
import type { ScanRecordsTable, ScansTable } from '../schema/scan-tables.js';
import {
  attachmentsOf,
  countAttachments,
  deleteAttachments,
  findChangedContent,
  storeAttachments,
} from './scan-attachments.js';
import {
  type AttachmentCounts,
  type ChangedRecord,
  type DatabaseScan,
  type JobCounts,
  type PagedFile,
  type PagedRecord,
  SCAN_STATUSES,
  type ScanCounts,
  type ScannedFile,
  type ScanPageRequest,
  type ScanRecordRow,
  type ScanStatus,
  type WorkerCounts,
} from './scans.js';

/** Keys per statement, since both databases limit the number of values. */
const KEYS_AT_ONCE = 500;
const ROWS_AT_ONCE = 200;
/** Maximum number of distinct reasons reported for requeued jobs. */
const MAX_REASONS = 8;
const SEEN_MILLIS = 5_000;
const MAX_WORKERS = 1_000;

/** Stores scans whose records are in the database. Records are opaque text here. */
export class ScanRepository {
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
  ): Promise<DatabaseScan> {
    await this.#query
      .insertInto('scans')
      .values({ ...scan, plan: scan.plan ?? null, created_at: at, status: 'listing', ended_at: null })
      .execute();
    const kept = await this.get(scan.id);
    if (kept === undefined) throw new Error('a scan that was just made is not there');
    return kept;
  }

  /** Returns a scan of that tenant; without a tenant, of any, for workers, which serve all. */
  async get(id: string, tenant?: string): Promise<DatabaseScan | undefined> {
    let asked = this.#query.selectFrom('scans').selectAll().where('id', '=', id);
    if (tenant !== undefined) asked = asked.where('tenant', '=', tenant);
    const row = await asked.executeTakeFirst();
    return row && toScan(row);
  }

  /** Returns a scan by its number, which rows refer to. */
  async getByNumber(number: number, tenant: string): Promise<DatabaseScan | undefined> {
    const row = await this.#query
      .selectFrom('scans')
      .selectAll()
      .where((eb) => eb.and({ number, tenant }))
      .executeTakeFirst();
    return row && toScan(row);
  }

  /** Returns the scans, newest first. */
  async list(tenant: string, most: number): Promise<DatabaseScan[]> {
    const rows = await this.#query
      .selectFrom('scans')
      .selectAll()
      .where('tenant', '=', tenant)
      .orderBy('number', 'desc')
      .limit(most)
      .execute();
    return rows.map(toScan);
  }

  /** Starts a new run, to which later writes belong, and returns its number. */
  async beginRun(number: number): Promise<number> {
    const { run } = await this.#query
      .updateTable('scans')
      .set((eb) => ({ run: eb('run', '+', 1) }))
      .where('number', '=', number)
      .returning('run')
      .executeTakeFirstOrThrow();
    return run;
  }

  /** Replaces the header, once all records belong to the new options. */
  async setHeader(number: number, header: string): Promise<void> {
    await this.#query.updateTable('scans').set({ header }).where('number', '=', number).execute();
  }

  /** Replaces the plan for workers if a later run needs more. */
  async setPlan(number: number, plan: string): Promise<void> {
    await this.#query.updateTable('scans').set({ plan }).where('number', '=', number).execute();
  }

  /** Sets the status. Returns false if the scan has ended or was cancelled already. */
  async setStatus(number: number, status: ScanStatus, at: string): Promise<boolean> {
    const ended = status === 'done' || status === 'cancelled';
    const { numUpdatedRows } = await this.#query
      .updateTable('scans')
      .set({ status, ended_at: ended ? at : null })
      .where('number', '=', number)
      // A cancelled scan stays cancelled; a finished one may be continued.
      .where('status', status === 'done' ? 'in' : 'not in', status === 'done' ? ['running'] : ['cancelled'])
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Returns the known state of these files, by path. */
  async knownFiles(number: number, paths: readonly string[]): Promise<Map<string, ScannedFile>> {
    const known = new Map<string, ScannedFile>();
    for (let at = 0; at < paths.length; at += KEYS_AT_ONCE) {
      const byKey = new Map(paths.slice(at, at + KEYS_AT_ONCE).map((path) => [pathKey(path), path]));
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

  /** Returns the record of a file; `undefined` if there is none. */
  async record(number: number, path: string): Promise<string | undefined> {
    const row = await this.#query
      .selectFrom('scan_records')
      .select('record')
      .where('scan', '=', number)
      .where('path_key', '=', pathKey(path))
      .executeTakeFirst();
    return row?.record;
  }

  /**
   * Stores records, each replacing that of the same path; the one from before this run is preserved. Rejects with
   * `RangeError` if an attachment is too large.
   */
  async put(
    { number, run }: Pick<DatabaseScan, 'number' | 'run'>,
    records: readonly ScanRecordRow[],
  ): Promise<void> {
    await this.#see(number);
    // One statement cannot replace a row twice, and sorting prevents deadlocks.
    const byKey = new Map(records.map((record) => [pathKey(record.path), record]));
    const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1));
    const news = attachmentsOf(sorted);
    if (news.length === 0 && !(await this.#hasBeside(number))) {
      await this.#putRows(this.#query, { number, run }, sorted);
      return;
    }
    await this.#query.transaction().execute(async (inside) => {
      const stale = await findChangedContent(inside, number, sorted);
      await this.#putRows(inside, { number, run }, sorted);
      await storeAttachments(inside, number, news, stale);
    });
  }

  async #putRows(
    query: QueryExecutor,
    { number, run }: Pick<DatabaseScan, 'number' | 'run'>,
    records: readonly (readonly [key: string, record: ScanRecordRow])[],
  ): Promise<void> {
    const rows = records.map(([key, record]) => ({ ...toRow(number, key, record), run }));
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

  /** Updates `seen_at` every few seconds; observers use it to tell whether a scan is active. */
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

  /** Returns a page of records in key order after a key; the last key is the cursor of the next page. */
  async listRecords(
    number: number,
    { after, limit: most, filter = {} }: ScanPageRequest,
  ): Promise<PagedRecord[]> {
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
      // Stated explicitly, so that the database can use the index of origins other than `none`.
      if (origin !== 'none') asked = asked.where('origin', '<>', 'none');
    }
    if (integrity !== undefined) asked = asked.where('integrity', '=', integrity);
    if (signer !== undefined) asked = asked.where('signer', '=', signer);
    if (errors === true) asked = asked.where('error_code', 'is not', null);
    return asked.execute();
  }

  /** Returns a page of records that the run has written, with those from before it. */
  async listChanges(
    { number, run }: Pick<DatabaseScan, 'number' | 'run'>,
    { after, limit: most }: ScanPageRequest,
  ): Promise<ChangedRecord[]> {
    let asked = this.#query
      .selectFrom('scan_records')
      .select(['path_key as key', 'record', 'was'])
      .where('scan', '=', number)
      .where('run', '=', run)
      // Stated explicitly, so that the database can use the index of later runs.
      .where('run', '>', 1)
      .orderBy('path_key')
      .limit(most);
    if (after !== undefined) asked = asked.where('path_key', '>', after);
    return (await asked.execute()).map(({ was, ...one }) => (was === null ? one : { ...one, was }));
  }

  /** Returns a page with the data that shows whether a file is unchanged. */
  async listFiles(number: number, { after, limit: most }: ScanPageRequest): Promise<PagedFile[]> {
    let asked = this.#query
      .selectFrom('scan_records')
      .select(['path_key as key', 'path', 'bytes', 'modified', 'outcome'])
      .where('scan', '=', number)
      .orderBy('path_key')
      .limit(most);
    if (after !== undefined) asked = asked.where('path_key', '>', after);
    return this.#named(number, await asked.execute());
  }

  /** A name that is not UTF-8 is complete only in its record. */
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
      rows.map(({ path_key: key, record }) => [key, fromRecordPath(JSON.parse(record) as RecordPath)]),
    );
    return files.map((file) => ({ ...file, path: told.get(file.key) ?? file.path }));
  }

  /** Deletes the records of these paths. */
  async deleteRecords(number: number, paths: readonly string[]): Promise<void> {
    const beside = await this.#hasBeside(number);
    for (let at = 0; at < paths.length; at += KEYS_AT_ONCE)
      await this.#drop(number, paths.slice(at, at + KEYS_AT_ONCE).map(pathKey), beside);
  }

  async #drop(number: number, keys: string[], beside: boolean): Promise<void> {
    const records = (query: QueryExecutor) =>
      query.deleteFrom('scan_records').where('scan', '=', number).where('path_key', 'in', keys).execute();
    if (!beside) {
      await records(this.#query);
      return;
    }
    await this.#query.transaction().execute(async (inside) => {
      await records(inside);
      await deleteAttachments(inside, number, keys);
    });
  }

  /** Deletes a scan with its records, some thousand at a time so that others need not wait. */
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

  /** Returns the picture stored with a record. */
  async preview(number: number, path: string): Promise<Buffer | undefined> {
    const row = await this.#query
      .selectFrom('scan_previews')
      .select('content')
      .where('scan', '=', number)
      .where('path_key', '=', pathKey(path))
      .executeTakeFirst();
    // libsql returns bytes as an ArrayBuffer.
    return row && Buffer.from(row.content);
  }

  /** Returns the sealed manifest store of a record, to be decrypted with `openedManifest`. */
  async manifest(number: number, path: string): Promise<EncryptedBytes | undefined> {
    const row = await this.#query
      .selectFrom('scan_manifests')
      .select(['secret_key', 'sealed'])
      .where('scan', '=', number)
      .where('path_key', '=', pathKey(path))
      .executeTakeFirst();
    return row && { key: row.secret_key, bytes: Buffer.from(row.sealed) };
  }

  /** Returns the number of attachments of its records. */
  async countAttachments(number: number): Promise<AttachmentCounts> {
    return countAttachments(this.#query, number);
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
      addCount(counts.origins, origin, Number(files));
      addCount(counts.presences, presence, Number(files));
      addCount(counts.integrity, integrity, Number(files));
    }
    return counts;
  }

  /** Returns the jobs of a scan shared by several machines, and those not done. */
  async countJobs(number: number): Promise<JobCounts> {
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
      handedBackFor: back.flatMap(({ why }) => why ?? []).slice(0, MAX_REASONS),
      jobs: Number(row.jobs),
      jobsDone: Number(row.jobsDone),
      files: Number(row.files ?? 0),
      filesDone: Number(row.filesDone ?? 0),
      filesCancelled: Number(row.filesCancelled ?? 0),
    };
  }

  /** Returns the workers of a scan; work since `since` (RFC 3339) is counted separately. */
  async countWorkers(number: number, since: string): Promise<WorkerCounts[]> {
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
      .limit(MAX_WORKERS)
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

function addCount(counts: Record<string, number>, name: string | null, files: number): void {
  if (name !== null) counts[name] = (counts[name] ?? 0) + files;
}

function toScan(row: Selectable<ScansTable>): DatabaseScan {
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

function toRow(scan: number, key: string, record: ScanRecordRow): Insertable<ScanRecordsTable> {
  return {
    scan,
    path_key: key,
    path: withoutNul(displayPath(record.path)),
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

/** Replaces NUL, which PostgreSQL's text rejects and names in archives may contain; JSON escapes it. */
const withoutNul = (text: string): string => text.replaceAll('\0', '\ufffd');
