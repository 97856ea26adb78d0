import type { Actor } from '../core/log/leaf.js';
import { ORIGINS, type Origin } from '../core/report/report.js';
import type { Said } from '../say/said.js';
import { noteReopened } from './batch-progress.js';
import type { NoteEnded } from './batches.js';
import { addDerivatives, addFacts } from './beside-inspection.js';
import { answerOf } from './cached-answer.js';
import { InCases } from './case-rows.js';
import type { Database } from './database.js';
import { actedBy, type Deeds, receivedLeaves } from './deeds.js';
import { eventWordsOf, inspectionWords } from './event-words.js';
import type { EventType, NewEvent } from './events.js';
import { addExchanges } from './exchanges.js';
import { give, outlive, removeOf } from './fingerprint-rows.js';
import type { Holds } from './holds.js';
import type { Inside } from './inside.js';
import { type Fact, factsOf, type SummaryColumns } from './inspection-facts.js';
import { conditions } from './inspection-filter.js';
import { isInspectionId } from './inspection-id.js';
import { doneColumns, headOf, recordOf, rowOf } from './inspection-rows.js';
import {
  type CachedAnswer,
  type Derivative,
  type DerivativeKind,
  type Failure,
  INSPECTION_STATUSES,
  type InspectionAsk,
  type InspectionFilter,
  type InspectionPage,
  type InspectionPatch,
  type InspectionRecord,
  type InspectionResult,
  type InspectionStatus,
  type NewInspection,
  StoreError,
  type Tries,
} from './inspections.js';
import type { KyselyEvents } from './kysely-events.js';
import { type PageAsk, pageOf } from './page.js';
import type { JobQueue } from './queue.js';
import { assertHolds } from './still.js';
import type { InspectionsTable } from './tables.js';
import { countKept } from './usage.js';

interface Parts {
  database: Database;
  queue: JobQueue;
  events: KyselyEvents;
  /** Left out: nobody keeps batches. */
  noteEnded?: NoteEnded;
  log: Deeds;
}

const UNFINISHED: InspectionStatus[] = ['queued', 'running'];
/** Rows in one statement: SQLite takes 32,766 values, and a row has 31. */
const ROWS_AT_ONCE = 500;

/** What the kinds begin with that only some keys see. */
const REVEALED = 'revealed-';
const PART = 'part-';

/** Each method is one transaction. */
export class KyselyInspections {
  readonly #parts: Parts;
  readonly #cases: InCases;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#cases = new InCases(parts.log);
  }

  get #query() {
    return this.#parts.database.query;
  }

  /**
   * Queued, with its job, in one transaction: once this resolves it is accepted and will have a result.
   * `within`: part of the caller's own transaction (batches).
   */
  async create(news: NewInspection | readonly NewInspection[], within?: Inside): Promise<void> {
    const all: readonly NewInspection[] = Array.isArray(news) ? news : [news];
    for (const one of all) checkId(one.id);
    if (within === undefined) {
      await this.#query.transaction().execute((inside) => this.#create(inside, all));
    } else await this.#create(within, all);
  }

  async #create(inside: Inside, all: readonly NewInspection[]): Promise<void> {
    await this.#cases.join(inside, all);
    for (let first = 0; first < all.length; first += ROWS_AT_ONCE) {
      const some = all.slice(first, first + ROWS_AT_ONCE);
      await inside.insertInto('inspections').values(some.map(rowOf)).execute();
      for (const one of some) {
        await addFacts(inside, one, tagFacts(one.tags));
        await addExchanges(inside, one);
      }
      const leaves = some.flatMap((one) => receivedLeaves(one));
      await this.#parts.log.append(inside, leaves);
      await this.#parts.queue.enqueue(inside, some);
    }
  }

  /** Finished at once, without a job: what a client waited for. */
  async createDone(news: NewInspection, result: InspectionResult): Promise<void> {
    checkId(news.id);
    await this.#query.transaction().execute(async (inside) => {
      await this.#cases.join(inside, [news]);
      // Nobody sees it before it is done: it is written once, and nothing of it has to be asked for again.
      const row = { ...rowOf(news), ...doneColumns(result) };
      await inside.insertInto('inspections').values(row).execute();
      await addFacts(inside, news, [...tagFacts(news.tags), ...factsOf(result.report)]);
      await addExchanges(inside, news);
      await this.#parts.log.append(inside, receivedLeaves(news, result.report.asset.sha256));
      await this.#keepBeside(inside, news, result, news.request.keyId);
      // The words are at hand: they are not asked of the row.
      await this.#parts.events.emit(inside, {
        ...{ tenant: news.tenant, type: 'inspection.done', subject: news.id, at: result.finishedAt },
        data: { ...toldOf(row), ...inspectionWords(row) },
      });
      await this.#keptDone(inside, news, result, row);
    });
  }

  /** Finished at once with the answer of another, its derivatives included. False where that one is gone. */
  async createCached(news: NewInspection, cached: CachedAnswer): Promise<boolean> {
    checkId(news.id);
    const { at } = cached;
    return this.#query.transaction().execute(async (inside) => {
      const source = await answerOf(inside, news.tenant, cached);
      if (source === undefined) return false;
      await this.#cases.join(inside, [news]);
      await inside
        .insertInto('inspections')
        .values({ ...rowOf(news), ...source.columns, status: 'done', finished_at: at })
        .execute();
      await addFacts(inside, news, tagFacts(news.tags));
      await addExchanges(inside, news);
      await source.copyTo(news.id, { keyId: news.request.keyId, at });
      await this.#parts.log.append(inside, receivedLeaves(news, source.columns.sha256 ?? undefined));
      await this.#emit(inside, 'inspection.done', news, at, { ...toldOf(source.columns), cached: true });
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
    return row && recordOf(row, row.report);
  }

  /** Newest first. Rejects with a StoreError `store.bad-cursor`. */
  async list(tenant: string, filter: InspectionFilter, page: PageAsk): Promise<InspectionPage> {
    const query = this.#query
      .selectFrom('inspections')
      .selectAll()
      .where((eb) => conditions(eb, tenant, filter, this.#parts.database.flavour));
    return pageOf(query, page, headOf);
  }

  /** How many of each status; a batch's progress. */
  async count(tenant: string, filter: InspectionFilter): Promise<Record<InspectionStatus, number>> {
    const rows = await this.#query
      .selectFrom('inspections')
      .select(['status', (eb) => eb.fn.countAll<number>().as('number')])
      .where((eb) => conditions(eb, tenant, filter, this.#parts.database.flavour))
      .groupBy('status')
      .execute();
    const counts = { queued: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
    for (const status of INSPECTION_STATUSES) {
      counts[status] = Number(rows.find((row) => row.status === status)?.number ?? 0);
    }
    return counts;
  }

  /** How many declare each origin; under undefined those that have no answer. */
  async origins(tenant: string, filter: InspectionFilter): Promise<Map<Origin | undefined, number>> {
    const rows = await this.#query
      .selectFrom('inspections')
      .select(['origin', (eb) => eb.fn.countAll<number>().as('number')])
      .where((eb) => conditions(eb, tenant, filter, this.#parts.database.flavour))
      .groupBy('origin')
      .execute();
    return new Map(rows.map(({ origin, number }) => [ORIGINS.find((one) => one === origin), Number(number)]));
  }

  /**
   * For the worker: marks it running and counts the attempt. Undefined where there is nothing (more) to do. One that was
   * running already never came to an end, which is counted first. Where `mayBegin` then says no, it is queued and no
   * attempt is counted.
   */
  async start(
    tenant: string,
    id: string,
    at: string,
    mayBegin: (tries: Tries) => boolean = () => true,
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
      return recordOf(row);
    });
  }

  /** Back to queued. `uncounted`: the worker was told to stop. `counted`: for a fault of ours. */
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

  /** True where this result is now the one; false where there was one already, or it was cancelled or deleted. */
  async finish(tenant: string, id: string, result: InspectionResult): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      if (!(await this.#keepResult(inside, { tenant, id }, result))) return false;
      const { report, finishedAt: at } = result;
      await this.#doneLeaf(inside, { tenant, id, at, sha256: report.asset.sha256 });
      return true;
    });
  }

  /** Of what waited, whose hash nobody knew when it came. */
  async #doneLeaf(
    inside: Inside,
    { sha256, id, ...of }: { tenant: string; id: string; at: string; sha256: string | null | undefined },
  ): Promise<void> {
    const facts = sha256 ? { sha256 } : {};
    await this.#parts.log.append(inside, { ...of, action: 'inspection.done', subject: id, facts });
  }

  /**
   * With the answer of another, as `createCached`. False where that one is gone; one that has its result already, or was
   * cancelled or deleted, stays as it is.
   */
  async finishCached(tenant: string, id: string, cached: CachedAnswer): Promise<boolean> {
    const { at } = cached;
    return this.#query.transaction().execute(async (inside) => {
      const source = await answerOf(inside, tenant, cached);
      if (source === undefined) return false;
      const row = await inside
        .updateTable('inspections')
        .set({ ...source.columns, status: 'done', finished_at: at })
        .where((eb) => eb.and({ tenant, id }))
        .where('status', 'in', UNFINISHED)
        .returning(['batch_id', 'request'])
        .executeTakeFirst();
      if (row === undefined) return true;
      const { keyId }: InspectionAsk = JSON.parse(row.request);
      await source.copyTo(id, { keyId, at });
      await this.#doneLeaf(inside, { tenant, id, at, sha256: source.columns.sha256 });
      const told = { ...toldOf(source.columns), cached: true };
      await this.#emit(inside, 'inspection.done', { tenant, id }, at, told);
      await this.#ended(inside, tenant, row.batch_id, at);
      return true;
    });
  }

  async #keepResult(
    inside: Inside,
    subject: { tenant: string; id: string },
    result: InspectionResult,
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
    await addFacts(inside, subject, factsOf(result.report));
    const { keyId }: InspectionAsk = JSON.parse(row.request);
    await this.#keepBeside(inside, subject, result, keyId);
    await this.#emit(inside, 'inspection.done', subject, result.finishedAt, toldOf(columns));
    await this.#keptDone(inside, subject, result, row);
    return true;
  }

  /** What hangs on the row. */
  async #keepBeside(
    inside: Inside,
    { id }: { id: string },
    { report, text = JSON.stringify(report), derivatives = [], finishedAt: at }: InspectionResult,
    keyId: string | undefined,
  ): Promise<void> {
    await inside.insertInto('inspection_reports').values({ inspection_id: id, report: text }).execute();
    await addDerivatives(inside, id, derivatives);
    const kept = derivatives.reduce((sum, { content }) => sum + content.length, Buffer.byteLength(text));
    await countKept(inside, { keyId, at, bytes: kept - report.asset.bytes });
  }

  /** What else becomes of its being done. */
  async #keptDone(
    inside: Inside,
    { tenant, id }: { tenant: string; id: string },
    { finishedAt, changes }: InspectionResult,
    row: Pick<InspectionsTable, 'supersedes' | 'batch_id' | 'sha256'>,
  ): Promise<void> {
    await this.#ended(inside, tenant, row.batch_id, finishedAt);
    if (row.supersedes !== null && (changes?.answer.length ?? 0) > 0) {
      await this.#supersede(inside, { tenant, id: row.supersedes }, id, finishedAt);
    }
    // A recheck may have no file of which anything could be made.
    if (row.supersedes !== null && row.sha256 !== null) {
      const same = await inside
        .selectFrom('inspections')
        .select('id')
        .where((eb) => eb.and({ tenant, id: row.supersedes ?? '', sha256: row.sha256 }))
        .executeTakeFirst();
      if (same !== undefined) await give(inside, tenant, same.id, id);
    }
  }

  /** The old answer stays to be read, and says which one took its place. */
  async #supersede(
    inside: Inside,
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

  /** With its job. */
  async fail(
    tenant: string,
    id: string,
    { code, said, uploadKeptUntil }: Failure,
    at: string,
  ): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const row = await inside
        .updateTable('inspections')
        .set({
          status: 'failed',
          error_code: code,
          error_message: JSON.stringify(said),
          upload_kept_until: uploadKeptUntil ?? null,
          finished_at: at,
        })
        .where((eb) => eb.and({ tenant, id }))
        .where('status', 'in', UNFINISHED)
        .returning('batch_id')
        .executeTakeFirst();
      if (row === undefined) return false;
      // Here, and not by the worker afterwards: by then it may have been asked for again.
      await this.#parts.queue.remove(inside, [id]);
      await this.#emit(inside, 'inspection.failed', { tenant, id }, at, { code });
      await this.#ended(inside, tenant, row.batch_id, at);
      return true;
    });
  }

  /**
   * One that failed waits again, with a job, as if it had never been begun; its batch is open again. False where it has
   * not failed.
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
      // One of an earlier version may have left its job.
      await this.#parts.queue.remove(inside, [id]);
      await this.#parts.queue.enqueue(inside, [{ id, tenant }]);
      if (row.batch_id !== null) await noteReopened(inside, { tenant, id: row.batch_id });
      return true;
    });
  }

  /** With its job. True where it was still waiting or running. */
  async cancel(tenant: string, id: string, at: string): Promise<boolean> {
    const ids = await this.#cancel(tenant, { id }, at);
    return ids.length > 0;
  }

  /** All of a batch's that wait or run; their ids, whose uploads may go. */
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

  /** A finished answer to the same question (answer-key.ts), under whatever name. */
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
    return row && recordOf(row, row.report);
  }

  /** `holds`: asked of it as it is, within the same transaction; where it says no, nothing is done and it rejects (`store.changed`). */
  async patch(
    tenant: string,
    id: string,
    { caseRef, at = new Date().toISOString(), tags, note, by }: InspectionPatch,
    holds?: Holds<InspectionRecord>,
  ): Promise<InspectionRecord | undefined> {
    if (!isInspectionId(id)) return undefined;
    const found = await this.#query.transaction().execute(async (inside) => {
      if (caseRef !== undefined) await this.#cases.hold(inside, { tenant, id }, caseRef, { at, by });
      const row = await heldRow(inside, tenant, id);
      if (row === undefined) return false;
      const before = recordOf(row);
      assertHolds(holds, before);
      if (caseRef !== undefined) await this.#cases.move(inside, row, caseRef, { at, by });
      const isNew = note !== undefined && !before.notes.some(({ id }) => id !== undefined && id === note.id);
      const changed = {
        ...(tags === undefined ? {} : { tags: JSON.stringify(tags) }),
        ...(isNew ? { notes: JSON.stringify([...before.notes, note]) } : {}),
      };
      if (isNew) {
        await this.#parts.log.append(inside, {
          ...{ tenant, at: note.at, action: 'note.written', subject: id },
          ...actedBy(by),
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
        await addFacts(inside, { tenant, id }, tagFacts(tags));
      }
      return true;
    });
    return found ? this.get(tenant, id) : undefined;
  }

  /**
   * Row, derivatives, facts, job and fingerprints, also those that stayed when the rest went by its day. False where there
   * was none. `holds`: as for `patch`. `by`: for the log.
   */
  async delete(tenant: string, id: string, holds?: Holds<InspectionRecord>, by?: Actor): Promise<boolean> {
    if (!isInspectionId(id)) return false;
    return this.#query.transaction().execute(async (inside) => {
      await this.#cases.holdThatOf(inside, { tenant, id });
      if (holds !== undefined) {
        const current = await heldRow(inside, tenant, id);
        if (current === undefined) return false;
        assertHolds(holds, recordOf(current));
      }
      const row = await this.#drop(inside, tenant, id, 'deleted', new Date().toISOString());
      // What a report left behind that went by its day goes under its id.
      const had = await removeOf(inside, tenant, { holder: 'inspection', holder_id: id });
      const was = row !== undefined || had;
      if (was) {
        const at = new Date().toISOString();
        const deed = { tenant, at, action: 'inspection.deleted', subject: id };
        await this.#parts.log.append(inside, { ...deed, ...actedBy(by) });
      }
      return was;
    });
  }

  /** By its day: as `delete`, but fingerprints with a later day stay, with no more than fingerprints.ts says. */
  async expire(tenant: string, id: string, now: string): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      await this.#cases.holdThatOf(inside, { tenant, id });
      const row = await this.#drop(inside, tenant, id, 'expired', now);
      if (row === undefined) return false;
      await outlive(inside, { tenant, id, now }, row);
      const facts = { because: 'day' };
      const deed = { tenant, at: now, action: 'inspection.deleted', subject: id, facts };
      await this.#parts.log.append(inside, deed);
      return true;
    });
  }

  async #drop(inside: Inside, tenant: string, id: string, how: 'deleted' | 'expired', at: string) {
    // Report, facts and derivatives go with it (on delete cascade).
    const row = await inside
      .deleteFrom('inspections')
      .where((eb) => eb.and({ tenant, id }))
      .returning(['batch_id', 'finished_at', 'headline', 'signer'])
      .returning(['id', 'tenant', 'created_at', 'case_ref', 'case_at', 'case_by'])
      .executeTakeFirst();
    if (row === undefined) return undefined;
    await this.#cases.noteGone(inside, row, how, at);
    await this.#parts.queue.remove(inside, [id]);
    // One that had ended was counted then.
    if (row.finished_at === null) await this.#ended(inside, tenant, row.batch_id, new Date().toISOString());
    return row;
  }

  /** All or none; nothing where the inspection is gone. A power cut soon after may take them back: they can be made again. */
  async putDerivatives(tenant: string, id: string, derivatives: readonly Derivative[]): Promise<void> {
    await this.#parts.database.regainable(async (inside) => {
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
    // libsql gives bytes as an ArrayBuffer.
    return row && { kind, mediaType: row.media_type, content: Buffer.from(row.content) };
  }

  /** What the files of these inspections are called, of those that are there; nothing else is read. */
  async names(tenant: string, ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#query
      .selectFrom('inspections')
      .select(['id', 'request'])
      .where('tenant', '=', tenant)
      .where('id', 'in', [...ids])
      .execute();
    return new Map(rows.map(({ id, request }) => [id, (JSON.parse(request) as InspectionAsk).name]));
  }

  /** Of these inspections, those that such a thing was made for. */
  async having(tenant: string, ids: readonly string[], kind: DerivativeKind): Promise<Set<string>> {
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

  /** The numbers of its file's parts that have a Report of their own, smallest first. */
  async partNumbers(tenant: string, id: string): Promise<number[]> {
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

  /** Everything that was made for it and shows nothing that is masked. */
  async derivatives(tenant: string, id: string): Promise<Derivative[]> {
    return this.#beside(tenant, id, 'not like');
  }

  /** What of it shows the personal data that was asked for. Whether somebody may see it is for the door to say. */
  async revealed(tenant: string, id: string): Promise<Derivative[]> {
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

  /** Of all tenants, for the collector: what is past its day, so many at most. */
  async expired(now: string, limit: number): Promise<{ tenant: string; id: string }[]> {
    return this.#query
      .selectFrom('inspections')
      .select(['tenant', 'id'])
      .where('expires_at', '<=', now)
      .orderBy('expires_at')
      .limit(limit)
      .execute();
  }

  /** Of all tenants: of these ids, those whose upload is needed: they wait, run, or failed and may be tried again. */
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

  async #ended(inside: Inside, tenant: string, batchId: string | null, at: string, count = 1): Promise<void> {
    if (batchId !== null) await this.#parts.noteEnded?.(inside, { tenant, id: batchId }, count, at);
  }

  async #emit(
    inside: Inside,
    type: EventType,
    { tenant, id }: { tenant: string; id: string },
    at: string,
    data: NewEvent['data'],
  ): Promise<void> {
    const words = await eventWordsOf(inside, tenant, id);
    await this.#parts.events.emit(inside, { tenant, type, at, subject: id, data: { ...data, ...words } });
  }
}

function heldRow(inside: Inside, tenant: string, id: string) {
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

const tagFacts = (tags: readonly string[] = []): Fact[] =>
  [...new Set(tags)].map((value) => ({ name: 'tag', value }));

type Told = Pick<SummaryColumns, 'origin' | 'headline'>;

/** What an event tells of an answer; the headline as ids and params, whose words are made when it is sent. */
function toldOf({ origin, headline }: Told): NewEvent['data'] {
  return {
    origin: origin ?? '',
    ...(headline === null ? {} : { headline: JSON.parse(headline) as Said }),
  };
}
