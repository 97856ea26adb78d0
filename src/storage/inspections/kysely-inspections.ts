import { ORIGINS, type Origin } from '../../core/report/report.js';
import type { Actor } from '../../core/transparency-log/leaf.js';
import type { Message } from '../../i18n/message.js';
import { countStoredBytes } from '../access/usage.js';
import { assertPrecondition } from '../engine/assert-precondition.js';
import type { Database } from '../engine/database.js';
import { type PageRequest, queryPage } from '../engine/page.js';
import type { Precondition } from '../engine/precondition.js';
import { isInspectionId } from '../engine/record-id.js';
import { StoreError } from '../engine/store-error.js';
import type { StoreTransaction } from '../engine/transaction.js';
import { inspectionLabels, readEventLabels } from '../events/event-labels.js';
import type { EventType, NewEvent } from '../events/events.js';
import type { EventRepository } from '../events/kysely-events.js';
import { copyFingerprints, removeOwned, retainExpired } from '../fingerprints/fingerprint-rows.js';
import type { JobQueue } from '../queue/job-queue.js';
import type { InspectionsTable } from '../schema/tables.js';
import { addDerivatives, addFacts } from './attachments.js';
import { type AuditEvents, actorMembers, receivedEvents } from './audit-events.js';
import { markReopened } from './batch-progress.js';
import type { EndedHandler } from './batches.js';
import { copyAnswer } from './cached-answer.js';
import { CaseLinks } from './case-rows.js';
import { addExchanges } from './exchanges.js';
import { extractFacts, type Fact, type SummaryColumns } from './inspection-facts.js';
import { buildConditions } from './inspection-filter.js';
import { doneColumns, toHead, toRecord, toRow } from './inspection-rows.js';
import {
  type AttemptHistory,
  type CachedAnswer,
  type Derivative,
  type DerivativeKind,
  type FinishedInspection,
  INSPECTION_STATUSES,
  type InspectionFailure,
  type InspectionFilter,
  type InspectionPage,
  type InspectionPatch,
  type InspectionRecord,
  type InspectionStatus,
  type NewInspection,
  type StoredRequest,
} from './inspections.js';

interface Parts {
  database: Database;
  queue: JobQueue;
  events: EventRepository;
  /** If absent, there are no batches. */
  noteEnded?: EndedHandler;
  log: AuditEvents;
}

const UNFINISHED: InspectionStatus[] = ['queued', 'running'];
/** Rows per statement: SQLite allows 32,766 values, and a row has 31. */
const ROWS_AT_ONCE = 500;

/** Prefix of derivative kinds that only some keys may see. */
const REVEALED = 'revealed-';
const PART = 'part-';

/** Stores inspections. Each method is one transaction. */
export class InspectionRepository {
  readonly #parts: Parts;
  readonly #cases: CaseLinks;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#cases = new CaseLinks(parts.log);
  }

  get #query() {
    return this.#parts.database.query;
  }

  /**
   * Queues inspections with their jobs in one transaction: once this resolves, they are accepted and will have a
   * result. `within`: the caller's transaction (batches).
   */
  async create(news: NewInspection | readonly NewInspection[], within?: StoreTransaction): Promise<void> {
    const all: readonly NewInspection[] = Array.isArray(news) ? news : [news];
    for (const one of all) checkId(one.id);
    if (within === undefined) {
      await this.#query.transaction().execute((inside) => this.#create(inside, all));
    } else await this.#create(within, all);
  }

  async #create(inside: StoreTransaction, all: readonly NewInspection[]): Promise<void> {
    await this.#cases.join(inside, all);
    for (let first = 0; first < all.length; first += ROWS_AT_ONCE) {
      const some = all.slice(first, first + ROWS_AT_ONCE);
      await inside.insertInto('inspections').values(some.map(toRow)).execute();
      for (const one of some) {
        await addFacts(inside, one, toTagFacts(one.tags));
        await addExchanges(inside, one);
      }
      const leaves = some.flatMap((one) => receivedEvents(one));
      await this.#parts.log.append(inside, leaves);
      await this.#parts.queue.enqueue(inside, some);
    }
  }

  /** Stores an inspection as finished, without a job, because a client waited for it. */
  async createDone(news: NewInspection, result: FinishedInspection): Promise<void> {
    checkId(news.id);
    await this.#query.transaction().execute(async (inside) => {
      await this.#cases.join(inside, [news]);
      // Nobody sees it before it is finished, so the row is written once and need not be read again.
      const row = { ...toRow(news), ...doneColumns(result) };
      await inside.insertInto('inspections').values(row).execute();
      await addFacts(inside, news, [...toTagFacts(news.tags), ...extractFacts(result.report)]);
      await addExchanges(inside, news);
      await this.#parts.log.append(inside, receivedEvents(news, result.report.asset.sha256));
      await this.#keepBeside(inside, news, result, news.request.keyId);
      // The values are available and need not be read from the row.
      await this.#parts.events.emit(inside, {
        ...{ tenant: news.tenant, type: 'inspection.done', subject: news.id, at: result.finishedAt },
        data: { ...eventDataOf(row), ...inspectionLabels(row) },
      });
      await this.#keptDone(inside, news, result, row);
    });
  }

  /**
   * Stores an inspection as finished with the answer of another, including its derivatives. Returns false if the other
   * was deleted.
   */
  async createCached(news: NewInspection, cached: CachedAnswer): Promise<boolean> {
    checkId(news.id);
    const { at } = cached;
    return this.#query.transaction().execute(async (inside) => {
      const source = await copyAnswer(inside, news.tenant, cached);
      if (source === undefined) return false;
      await this.#cases.join(inside, [news]);
      await inside
        .insertInto('inspections')
        .values({ ...toRow(news), ...source.columns, status: 'done', finished_at: at })
        .execute();
      await addFacts(inside, news, toTagFacts(news.tags));
      await addExchanges(inside, news);
      await source.copyTo(news.id, { keyId: news.request.keyId, at });
      await this.#parts.log.append(inside, receivedEvents(news, source.columns.sha256 ?? undefined));
      await this.#emit(inside, 'inspection.done', news, at, { ...eventDataOf(source.columns), cached: true });
      return true;
    });
  }

  async get(tenant: string, id: string): Promise<InspectionRecord | undefined> {
    if (!isInspectionId(id)) return undefined;
    const row = await this.#query
      .selectFrom('inspections')
      .leftJoin('inspection_reports', 'inspection_reports.inspection_id', 'inspections.id')
      .selectAll('inspections')
      .select('inspection_reports.report')
      .where((eb) => eb.and({ tenant, id }))
      .executeTakeFirst();
    return row && toRecord(row, row.report);
  }

  /** Returns a page, newest first. Rejects with `StoreError` `store.bad-cursor`. */
  async list(tenant: string, filter: InspectionFilter, page: PageRequest): Promise<InspectionPage> {
    const query = this.#query
      .selectFrom('inspections')
      .selectAll()
      .where((eb) => buildConditions(eb, tenant, filter, this.#parts.database.dialect));
    return queryPage(query, page, toHead);
  }

  /** Returns the number of inspections by status; used for a batch's progress. */
  async countByStatus(tenant: string, filter: InspectionFilter): Promise<Record<InspectionStatus, number>> {
    const rows = await this.#query
      .selectFrom('inspections')
      .select(['status', (eb) => eb.fn.countAll<number>().as('number')])
      .where((eb) => buildConditions(eb, tenant, filter, this.#parts.database.dialect))
      .groupBy('status')
      .execute();
    const counts = { queued: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
    for (const status of INSPECTION_STATUSES) {
      counts[status] = Number(rows.find((row) => row.status === status)?.number ?? 0);
    }
    return counts;
  }

  /** Returns the number of inspections by declared origin; those without an answer are under `undefined`. */
  async countByOrigin(tenant: string, filter: InspectionFilter): Promise<Map<Origin | undefined, number>> {
    const rows = await this.#query
      .selectFrom('inspections')
      .select(['origin', (eb) => eb.fn.countAll<number>().as('number')])
      .where((eb) => buildConditions(eb, tenant, filter, this.#parts.database.dialect))
      .groupBy('origin')
      .execute();
    return new Map(rows.map(({ origin, number }) => [ORIGINS.find((one) => one === origin), Number(number)]));
  }

  /**
   * Starts an inspection for a worker: marks it as running and counts the attempt. Returns `undefined` if there is
   * nothing to do. If it was running already, that start never ended, which is counted first. If `mayBegin` then
   * returns false, it is queued again without counting an attempt.
   */
  async start(
    tenant: string,
    id: string,
    at: string,
    mayBegin: (tries: AttemptHistory) => boolean = () => true,
  ): Promise<InspectionRecord | undefined> {
    return this.#query.transaction().execute(async (inside) => {
      const found = await inside
        .selectFrom('inspections')
        .select(['status', 'interrupted'])
        .where((eb) => eb.and({ tenant, id }))
        .where('status', 'in', UNFINISHED)
        .forUpdate()
        .executeTakeFirst();
      if (found === undefined) return undefined;
      const died = found.status === 'running';
      const interrupted = found.interrupted + (died ? 1 : 0);
      const begins = mayBegin({ interrupted, died });
      const row = await inside
        .updateTable('inspections')
        .set((eb) => ({
          interrupted,
          ...(begins
            ? { status: 'running', started_at: at, attempts: eb('attempts', '+', 1) }
            : { status: 'queued', started_at: null }),
        }))
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      return toRecord(row);
    });
  }

  /** Queues it again. `uncounted`: the worker was asked to stop. `counted`: after an internal error. */
  async requeue(tenant: string, id: string, how: 'counted' | 'uncounted'): Promise<void> {
    await this.#query
      .updateTable('inspections')
      .set((eb) => ({
        status: 'queued',
        started_at: null,
        ...(how === 'uncounted' ? { attempts: eb('attempts', '-', 1) } : { faults: eb('faults', '+', 1) }),
      }))
      .where((eb) => eb.and({ tenant, id }))
      .where('status', '=', 'running')
      .where('attempts', '>', 0)
      .execute();
  }

  /** Stores the result. Returns false if there was one already, or if it was cancelled or deleted. */
  async finish(tenant: string, id: string, result: FinishedInspection): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      if (!(await this.#keepResult(inside, { tenant, id }, result))) return false;
      const { report, finishedAt: at } = result;
      await this.#doneLeaf(inside, { tenant, id, at, sha256: report.asset.sha256 });
      return true;
    });
  }

  /** Appends the audit event of a queued inspection, whose hash was unknown when it was received. */
  async #doneLeaf(
    inside: StoreTransaction,
    { sha256, id, ...of }: { tenant: string; id: string; at: string; sha256: string | null | undefined },
  ): Promise<void> {
    const facts = sha256 ? { sha256 } : {};
    await this.#parts.log.append(inside, { ...of, action: 'inspection.done', subject: id, facts });
  }

  /**
   * Finishes an inspection with the answer of another, as in `createCached`. Returns false if the other was deleted; an
   * inspection that is finished, cancelled or deleted stays as it is.
   */
  async finishCached(tenant: string, id: string, cached: CachedAnswer): Promise<boolean> {
    const { at } = cached;
    return this.#query.transaction().execute(async (inside) => {
      const source = await copyAnswer(inside, tenant, cached);
      if (source === undefined) return false;
      const row = await inside
        .updateTable('inspections')
        .set({ ...source.columns, status: 'done', finished_at: at })
        .where((eb) => eb.and({ tenant, id }))
        .where('status', 'in', UNFINISHED)
        .returning(['batch_id', 'request'])
        .executeTakeFirst();
      if (row === undefined) return true;
      const { keyId }: StoredRequest = JSON.parse(row.request);
      await source.copyTo(id, { keyId, at });
      await this.#doneLeaf(inside, { tenant, id, at, sha256: source.columns.sha256 });
      const told = { ...eventDataOf(source.columns), cached: true };
      await this.#emit(inside, 'inspection.done', { tenant, id }, at, told);
      await this.#ended(inside, tenant, row.batch_id, at);
      return true;
    });
  }

  async #keepResult(
    inside: StoreTransaction,
    subject: { tenant: string; id: string },
    result: FinishedInspection,
  ): Promise<boolean> {
    const { tenant, id } = subject;
    const columns = doneColumns(result);
    const row = await inside
      .updateTable('inspections')
      .set(columns)
      .where((eb) => eb.and({ tenant, id }))
      .where('status', 'in', UNFINISHED)
      .returning(['supersedes', 'batch_id', 'sha256', 'request'])
      .executeTakeFirst();
    if (row === undefined) return false;
    await addFacts(inside, subject, extractFacts(result.report));
    const { keyId }: StoredRequest = JSON.parse(row.request);
    await this.#keepBeside(inside, subject, result, keyId);
    await this.#emit(inside, 'inspection.done', subject, result.finishedAt, eventDataOf(columns));
    await this.#keptDone(inside, subject, result, row);
    return true;
  }

  /** Writes the rows that belong to the inspection. */
  async #keepBeside(
    inside: StoreTransaction,
    { id }: { id: string },
    { report, text = JSON.stringify(report), derivatives = [], finishedAt: at }: FinishedInspection,
    keyId: string | undefined,
  ): Promise<void> {
    await inside.insertInto('inspection_reports').values({ inspection_id: id, report: text }).execute();
    await addDerivatives(inside, id, derivatives);
    const kept = derivatives.reduce((sum, { content }) => sum + content.length, Buffer.byteLength(text));
    await countStoredBytes(inside, { keyId, at, bytes: kept - report.asset.bytes });
  }

  /** Handles the consequences of a finished inspection. */
  async #keptDone(
    inside: StoreTransaction,
    { tenant, id }: { tenant: string; id: string },
    { finishedAt, changes }: FinishedInspection,
    row: Pick<InspectionsTable, 'supersedes' | 'batch_id' | 'sha256'>,
  ): Promise<void> {
    await this.#ended(inside, tenant, row.batch_id, finishedAt);
    if (row.supersedes !== null && (changes?.answer.length ?? 0) > 0) {
      await this.#supersede(inside, { tenant, id: row.supersedes }, id, finishedAt);
    }
    // A recheck may have no file from which fingerprints could be made.
    if (row.supersedes !== null && row.sha256 !== null) {
      const same = await inside
        .selectFrom('inspections')
        .select('id')
        .where((eb) => eb.and({ tenant, id: row.supersedes ?? '', sha256: row.sha256 }))
        .executeTakeFirst();
      if (same !== undefined) await copyFingerprints(inside, tenant, same.id, id);
    }
  }

  /** Marks an old inspection, which remains readable, as replaced. */
  async #supersede(
    inside: StoreTransaction,
    old: { tenant: string; id: string },
    by: string,
    at: string,
  ): Promise<void> {
    const { numUpdatedRows } = await inside
      .updateTable('inspections')
      .set({ superseded_by: by })
      .where((eb) => eb.and({ tenant: old.tenant, id: old.id }))
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await this.#emit(inside, 'inspection.superseded', old, at, { supersededBy: by });
  }

  /** Stores a failure and removes the job. */
  async fail(
    tenant: string,
    id: string,
    { code, message: userMessage, uploadKeptUntil }: InspectionFailure,
    at: string,
  ): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const row = await inside
        .updateTable('inspections')
        .set({
          status: 'failed',
          error_code: code,
          error_message: JSON.stringify(userMessage),
          upload_kept_until: uploadKeptUntil ?? null,
          finished_at: at,
        })
        .where((eb) => eb.and({ tenant, id }))
        .where('status', 'in', UNFINISHED)
        .returning('batch_id')
        .executeTakeFirst();
      if (row === undefined) return false;
      // Removed here and not by the worker afterwards, because by then it may have been requested again.
      await this.#parts.queue.remove(inside, [id]);
      await this.#emit(inside, 'inspection.failed', { tenant, id }, at, { code });
      await this.#ended(inside, tenant, row.batch_id, at);
      return true;
    });
  }

  /**
   * Queues a failed inspection again, with a job, as if it had never started; its batch is open again. Returns false if
   * it has not failed.
   */
  async retry(tenant: string, id: string): Promise<boolean> {
    if (!isInspectionId(id)) return false;
    return this.#query.transaction().execute(async (inside) => {
      const row = await inside
        .updateTable('inspections')
        .set({
          ...{
            status: 'queued',
            started_at: null,
            finished_at: null,
            attempts: 0,
            interrupted: 0,
            faults: 0,
          },
          ...{ error_code: null, error_message: null, upload_kept_until: null },
        })
        .where((eb) => eb.and({ tenant, id }))
        .where('status', '=', 'failed')
        .returning('batch_id')
        .executeTakeFirst();
      if (row === undefined) return false;
      // An earlier version may have left its job.
      await this.#parts.queue.remove(inside, [id]);
      await this.#parts.queue.enqueue(inside, [{ id, tenant }]);
      if (row.batch_id !== null) await markReopened(inside, { tenant, id: row.batch_id });
      return true;
    });
  }

  /** Cancels an inspection and removes its job. Returns true if it was queued or running. */
  async cancel(tenant: string, id: string, at: string): Promise<boolean> {
    const ids = await this.#cancel(tenant, { id }, at);
    return ids.length > 0;
  }

  /** Cancels all queued and running inspections of a batch; returns the ids whose uploads may be deleted. */
  async cancelBatch(tenant: string, batchId: string, at: string): Promise<string[]> {
    return this.#cancel(tenant, { batchId }, at);
  }

  async #cancel(tenant: string, of: { id: string } | { batchId: string }, at: string): Promise<string[]> {
    return this.#query.transaction().execute(async (inside) => {
      const rows = await inside
        .updateTable('inspections')
        .set({ status: 'cancelled', finished_at: at })
        .where('tenant', '=', tenant)
        .where('status', 'in', UNFINISHED)
        .where((eb) => ('id' in of ? eb('id', '=', of.id) : eb('batch_id', '=', of.batchId)))
        .returning(['id', 'batch_id'])
        .execute();
      const ids = rows.map(({ id }) => id);
      await this.#parts.queue.remove(inside, ids);
      await this.#ended(inside, tenant, rows[0]?.batch_id ?? null, at, ids.length);
      return ids;
    });
  }

  /** Finds a finished answer to the same request, under any file name. */
  async findCached(tenant: string, sha256: string, answerKey: string): Promise<InspectionRecord | undefined> {
    const row = await this.#query
      .selectFrom('inspections')
      .innerJoin('inspection_reports', 'inspection_reports.inspection_id', 'inspections.id')
      .selectAll('inspections')
      .select('inspection_reports.report')
      .where('tenant', '=', tenant)
      .where('sha256', '=', sha256)
      .where('answer_key', '=', answerKey)
      .where('status', '=', 'done')
      .where('superseded_by', 'is', null)
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && toRecord(row, row.report);
  }

  /**
   * `holds` is checked against the current record in the same transaction; if it returns false, nothing changes and the
   * call rejects (`store.changed`).
   */
  async patch(
    tenant: string,
    id: string,
    { caseRef, at = new Date().toISOString(), tags, note, by }: InspectionPatch,
    holds?: Precondition<InspectionRecord>,
  ): Promise<InspectionRecord | undefined> {
    if (!isInspectionId(id)) return undefined;
    const found = await this.#query.transaction().execute(async (inside) => {
      if (caseRef !== undefined) await this.#cases.lockCases(inside, { tenant, id }, caseRef, { at, by });
      const row = await lockRow(inside, tenant, id);
      if (row === undefined) return false;
      const before = toRecord(row);
      assertPrecondition(holds, before);
      if (caseRef !== undefined) await this.#cases.move(inside, row, caseRef, { at, by });
      const isNew = note !== undefined && !before.notes.some(({ id }) => id !== undefined && id === note.id);
      const changed = {
        ...(tags === undefined ? {} : { tags: JSON.stringify(tags) }),
        ...(isNew ? { notes: JSON.stringify([...before.notes, note]) } : {}),
      };
      if (isNew) {
        await this.#parts.log.append(inside, {
          ...{ tenant, at: note.at, action: 'note.written', subject: id },
          ...actorMembers(by),
        });
      }
      if (Object.keys(changed).length > 0) {
        await inside.updateTable('inspections').set(changed).where('id', '=', id).execute();
      }
      if (tags !== undefined) {
        await inside
          .deleteFrom('inspection_facts')
          .where('inspection_id', '=', id)
          .where('name', '=', 'tag')
          .execute();
        await addFacts(inside, { tenant, id }, toTagFacts(tags));
      }
      return true;
    });
    return found ? this.get(tenant, id) : undefined;
  }

  /**
   * Deletes row, derivatives, facts, job and fingerprints, including those that outlived an expired inspection. Returns
   * false if there were none. `holds`: as for `patch`. `by`: for the log.
   */
  async delete(
    tenant: string,
    id: string,
    holds?: Precondition<InspectionRecord>,
    by?: Actor,
  ): Promise<boolean> {
    if (!isInspectionId(id)) return false;
    return this.#query.transaction().execute(async (inside) => {
      await this.#cases.lockCaseOf(inside, { tenant, id });
      if (holds !== undefined) {
        const current = await lockRow(inside, tenant, id);
        if (current === undefined) return false;
        assertPrecondition(holds, toRecord(current));
      }
      const row = await this.#drop(inside, tenant, id, 'deleted', new Date().toISOString());
      // Fingerprints left by an expired report are stored under its id.
      const had = await removeOwned(inside, tenant, { holder: 'inspection', holder_id: id });
      const was = row !== undefined || had;
      if (was) {
        const at = new Date().toISOString();
        const deed = { tenant, at, action: 'inspection.deleted', subject: id };
        await this.#parts.log.append(inside, { ...deed, ...actorMembers(by) });
      }
      return was;
    });
  }

  /**
   * Deletes an expired inspection like `delete`, except that fingerprints with later expiry stay, reduced to
   * `LeftOfReport`.
   */
  async expire(tenant: string, id: string, now: string): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      await this.#cases.lockCaseOf(inside, { tenant, id });
      const row = await this.#drop(inside, tenant, id, 'expired', now);
      if (row === undefined) return false;
      await retainExpired(inside, { tenant, id, now }, row);
      const facts = { reason: 'day' };
      const deed = { tenant, at: now, action: 'inspection.deleted', subject: id, facts };
      await this.#parts.log.append(inside, deed);
      return true;
    });
  }

  async #drop(inside: StoreTransaction, tenant: string, id: string, how: 'deleted' | 'expired', at: string) {
    // Deletes report, facts and derivatives too (on delete cascade).
    const row = await inside
      .deleteFrom('inspections')
      .where((eb) => eb.and({ tenant, id }))
      .returning(['batch_id', 'finished_at', 'headline', 'signer'])
      .returning(['id', 'tenant', 'created_at', 'case_ref', 'case_at', 'case_by'])
      .executeTakeFirst();
    if (row === undefined) return undefined;
    await this.#cases.recordDeletion(inside, row, how, at);
    await this.#parts.queue.remove(inside, [id]);
    // An inspection that had ended was counted then.
    if (row.finished_at === null) await this.#ended(inside, tenant, row.batch_id, new Date().toISOString());
    return row;
  }

  /**
   * Stores all derivatives or none; none if the inspection was deleted. A power failure soon after may undo it, since
   * they can be made again.
   */
  async putDerivatives(tenant: string, id: string, derivatives: readonly Derivative[]): Promise<void> {
    await this.#parts.database.runReproducible(async (inside) => {
      const row = await inside
        .selectFrom('inspections')
        .select('id')
        .where((eb) => eb.and({ tenant, id }))
        .executeTakeFirst();
      if (row === undefined) return;
      await addDerivatives(inside, id, derivatives);
    });
  }

  async getDerivative(tenant: string, id: string, kind: DerivativeKind): Promise<Derivative | undefined> {
    const row = await this.#query
      .selectFrom('inspection_derivatives')
      .innerJoin('inspections', 'inspections.id', 'inspection_derivatives.inspection_id')
      .select(['media_type', 'content'])
      .where('tenant', '=', tenant)
      .where('inspection_id', '=', id)
      .where('inspection_derivatives.kind', '=', kind)
      .executeTakeFirst();
    // libsql returns bytes as an ArrayBuffer.
    return row && { kind, mediaType: row.media_type, content: Buffer.from(row.content) };
  }

  /** Returns the file names of existing inspections, and reads nothing else. */
  async fileNames(tenant: string, ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#query
      .selectFrom('inspections')
      .select(['id', 'request'])
      .where('tenant', '=', tenant)
      .where('id', 'in', [...ids])
      .execute();
    return new Map(rows.map(({ id, request }) => [id, (JSON.parse(request) as StoredRequest).name]));
  }

  /** Returns which of these inspections have a derivative of this kind. */
  async withDerivative(tenant: string, ids: readonly string[], kind: DerivativeKind): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const rows = await this.#query
      .selectFrom('inspection_derivatives')
      .innerJoin('inspections', 'inspections.id', 'inspection_derivatives.inspection_id')
      .select('inspection_id')
      .where('tenant', '=', tenant)
      .where('inspection_id', 'in', [...ids])
      .where('inspection_derivatives.kind', '=', kind)
      .execute();
    return new Set(rows.map((row) => row.inspection_id));
  }

  /** Returns the numbers of parts that have a Report of their own, in ascending order. */
  async listPartNumbers(tenant: string, id: string): Promise<number[]> {
    const rows = await this.#query
      .selectFrom('inspection_derivatives')
      .innerJoin('inspections', 'inspections.id', 'inspection_derivatives.inspection_id')
      .select('inspection_derivatives.kind')
      .where('tenant', '=', tenant)
      .where('inspection_id', '=', id)
      .where('inspection_derivatives.kind', 'like', `${PART}%`)
      .execute();
    return rows.map(({ kind }) => Number(kind.slice(PART.length))).sort((a, b) => a - b);
  }

  /** Returns all derivatives without revealed personal data. */
  async listDerivatives(tenant: string, id: string): Promise<Derivative[]> {
    return this.#beside(tenant, id, 'not like');
  }

  /** Returns the derivatives that reveal requested personal data. The caller decides who may see them. */
  async listRevealed(tenant: string, id: string): Promise<Derivative[]> {
    return this.#beside(tenant, id, 'like');
  }

  async #beside(tenant: string, id: string, revealed: 'like' | 'not like'): Promise<Derivative[]> {
    const rows = await this.#query
      .selectFrom('inspection_derivatives')
      .innerJoin('inspections', 'inspections.id', 'inspection_derivatives.inspection_id')
      .select(['inspection_derivatives.kind', 'media_type', 'content'])
      .where('tenant', '=', tenant)
      .where('inspection_id', '=', id)
      .where('inspection_derivatives.kind', revealed, `${REVEALED}%`)
      .orderBy('inspection_derivatives.kind')
      .execute();
    return rows.map(({ kind, media_type: mediaType, content }) => ({
      kind: kind as Derivative['kind'],
      mediaType,
      content: Buffer.from(content),
    }));
  }

  /** Returns up to `limit` expired inspections of all tenants, for the collector. */
  async listExpired(now: string, limit: number): Promise<{ tenant: string; id: string }[]> {
    return this.#query
      .selectFrom('inspections')
      .select(['tenant', 'id'])
      .where('expires_at', '<=', now)
      .orderBy('expires_at')
      .limit(limit)
      .execute();
  }

  /**
   * Returns which of these ids, of all tenants, still need their upload: queued, running, or failed with a possible
   * retry.
   */
  async needingUpload(ids: readonly string[], now: string): Promise<Set<string>> {
    const found = new Set<string>();
    for (let first = 0; first < ids.length; first += ROWS_AT_ONCE) {
      const rows = await this.#query
        .selectFrom('inspections')
        .select('id')
        .where('id', 'in', ids.slice(first, first + ROWS_AT_ONCE))
        .where((eb) => eb.or([eb('status', 'in', UNFINISHED), eb('upload_kept_until', '>', now)]))
        .execute();
      for (const { id } of rows) found.add(id);
    }
    return found;
  }

  async #ended(
    inside: StoreTransaction,
    tenant: string,
    batchId: string | null,
    at: string,
    count = 1,
  ): Promise<void> {
    if (batchId !== null) await this.#parts.noteEnded?.(inside, { tenant, id: batchId }, count, at);
  }

  async #emit(
    inside: StoreTransaction,
    type: EventType,
    { tenant, id }: { tenant: string; id: string },
    at: string,
    data: NewEvent['data'],
  ): Promise<void> {
    const words = await readEventLabels(inside, tenant, id);
    await this.#parts.events.emit(inside, { tenant, type, at, subject: id, data: { ...data, ...words } });
  }
}

function lockRow(inside: StoreTransaction, tenant: string, id: string) {
  return inside
    .selectFrom('inspections')
    .selectAll()
    .where((eb) => eb.and({ tenant, id }))
    .forUpdate()
    .executeTakeFirst();
}

function checkId(id: string): void {
  if (!isInspectionId(id)) throw new StoreError('store.bad-id');
}

const toTagFacts = (tags: readonly string[] = []): Fact[] =>
  [...new Set(tags)].map((value) => ({ name: 'tag', value }));

type EventSource = Pick<SummaryColumns, 'origin' | 'headline'>;

/** Returns the event data of an answer; the headline as message id and params, translated when it is sent. */
function eventDataOf({ origin, headline }: EventSource): NewEvent['data'] {
  return {
    origin: origin ?? '',
    ...(headline === null ? {} : { headline: JSON.parse(headline) as Message }),
  };
}
