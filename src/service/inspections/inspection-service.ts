import { setImmediate as nextTurn } from 'node:timers/promises';
import { selectedRulebookIds } from '../../core/law/law-selection.js';
import { statAt } from '../../core/media/plain-path.js';
import type { StoredReport } from '../../core/report/report.js';
import { type Message, message } from '../../i18n/message.js';
import type { Inspector, InspectRequest } from '../../inspect/pool/inspector.js';
import { InspectError, type InspectErrorCode } from '../../inspect/protocol/inspect-error.js';
import { computeTimeBudget, isolationLimits } from '../../inspect/protocol/isolation-limits.js';
import { doneRecord } from '../../storage/inspections/inspection-rows.js';
import type {
  CachedAnswer,
  Derivative,
  FinishedInspection,
  InspectionRecord,
  NewInspection,
} from '../../storage/inspections/inspections.js';
import type { InspectionRepository } from '../../storage/inspections/kysely-inspections.js';
import { runInSpan } from '../ops/spans.js';
import { AfterResponseTasks } from './after-responses.js';
import type { AllowedPaths } from './allowed-paths.js';
import { DerivativeMaker, type DerivativeParts } from './derivatives.js';
import { EqualFileOrder } from './equal-files.js';
import { InspectionRefusal } from './inspection-refusal.js';
import { type ReusedAnswer, toCachedAnswer } from './naming.js';
import { buildResult } from './result.js';
import { buildRequest, runInspection } from './run.js';
import { findStoredAnswer } from './stored-answer.js';
import { toThumbnails } from './thumbnails.js';
import type { JobUploads } from './upload-files.js';
import type { AnswerInputs } from './versions.js';

export interface InspectionServiceParts extends DerivativeParts {
  inspections: InspectionRepository;
  inspector: Inspector;
  files: JobUploads;
  /** Folders of the operator in which clients may name files. */
  allowedPaths: Pick<AllowedPaths, 'find'>;
  versions: AnswerInputs;
  /** Retains uploads after their result; the collector deletes them later. */
  keepUploads: boolean;
  /** Notifies the worker of this process that something was queued. */
  wakeWorker?(): void;
  /** Called for errors that do not affect an answer. */
  onError?(error: unknown): void;
}

/** `queued`: accepted and stored, with its upload. `gone`: the client left, and nothing is stored. */
export type Submitted =
  | { outcome: 'done'; id: string; report: string; cachedFrom?: string }
  | { outcome: 'queued'; id: string }
  | { outcome: 'gone' };

/**
 * Called with the record while it is being written to disk, so that the response can be prepared meanwhile; nothing may
 * be sent before the write succeeded. Must not throw.
 */
export type OnRecordReady = (record: Omit<InspectionRecord, 'report'>, report: StoredReport) => void;

export interface SubmitOptions {
  /** Queues the inspection if no stored answer can be reused. */
  later: boolean;
  /** Returns whether the client has left. */
  gone: () => boolean;
  /** The client is a person who waits and looks at pictures. */
  page?: boolean;
  tell?: OnRecordReady | undefined;
}

export interface PerformOptions {
  /** Called with the maximum time that the inspection may take, in milliseconds. */
  extendLease(millis: number): void;
  /** Returns whether this process is stopping, so that errors need not be reported. */
  isStopping(): boolean;
}

/** `isStored`: this process stored the answer; otherwise another did, or it was deleted. */
export type Performed =
  | { is: 'done'; isStored: boolean }
  | { is: 'failed'; code: string; userMessage: Message };

type Requested = Pick<InspectionRecord, 'id' | 'tenant' | 'request' | 'sha256' | 'supersedes'>;

/** How the answer of one inspection is stored. */
interface AnswerTarget {
  /** Stores the answer of another inspection. False if that was deleted meanwhile. */
  reuse(answer: CachedAnswer): Promise<boolean>;
  /** False if another process has stored an answer. */
  finish(result: FinishedInspection): Promise<boolean>;
  /** Time for hashing a file whose digest is unknown, in milliseconds; absent: it is not hashed. */
  hashMillis?: number;
  /** Queues the inspection in place of reading the file. */
  queue?: (() => Promise<void>) | undefined;
  /** Returns whether an answer is no longer wanted. */
  gone?: (() => boolean) | undefined;
  /** Pictures are made in parallel with the reading, for a page. */
  page?: boolean;
  /** Derivatives are stored with the answer, so that the file can be deleted with it; otherwise after it. */
  derivativesFirst?: { isStopping(): boolean };
}

type Answered =
  | { is: 'done'; report: string; cachedFrom?: string; isStored: boolean; afterwards: AfterwardsTask[] }
  | { is: 'queued' | 'gone' }
  | { is: 'failed'; error: { code: InspectErrorCode; userMessage: Message } };

/** Work on the file that remains when the answer is stored. */
type AfterwardsTask = () => Promise<void>;

/**
 * Takes a stored request to a stored answer: reuses the answer of the same bytes, or reads the file, and makes what is
 * stored beside the Report. Serves clients who wait (`submit`) and queued jobs (`perform`).
 */
export class InspectionService {
  /** Work on files whose answer was sent. */
  readonly afterResponse: AfterResponseTasks;
  readonly #parts: InspectionServiceParts;
  readonly #derivatives: DerivativeMaker;
  readonly #equal = new EqualFileOrder();

  constructor(parts: InspectionServiceParts) {
    this.#parts = parts;
    this.#derivatives = new DerivativeMaker(parts);
    this.afterResponse = new AfterResponseTasks((error) => parts.onError?.(error));
  }

  /**
   * Answers for a file that lies under the inspection's id: from the cache, at once, or by a queued job. The file is
   * deleted when nothing needs it any more. Throws `InspectionRefusal`.
   */
  async submit(news: NewInspection, { later, page = false, gone, tell }: SubmitOptions): Promise<Submitted> {
    const { inspections, files } = this.#parts;
    const { id, request } = news;
    const startedAt = new Date().toISOString();
    let answer: Answered | undefined;
    try {
      const file = await buildRequest(news, request, files, this.#parts.allowedPaths);
      if (file === undefined) throw new InspectionRefusal('asset-gone');
      answer = await this.#answer(news, file, {
        reuse: (cached) => inspections.createCached(news, cached),
        finish: async (result) => {
          await this.#createDone(news, { ...result, startedAt }, tell);
          return true;
        },
        queue: later ? () => this.#queue(news) : undefined,
        ...{ gone, page },
      });
      if (answer.is === 'failed') {
        // The message contains a local path; the code is enough for the log.
        throw new InspectionRefusal('inspection-failed', {
          cause: new Error(`inspector: ${answer.error.code}`),
        });
      }
      if (answer.is !== 'done') return answer.is === 'gone' ? { outcome: 'gone' } : { outcome: 'queued', id };
      for (const work of answer.afterwards) this.afterResponse.begin(id, work);
      const { report, cachedFrom } = answer;
      return { outcome: 'done', id, report, ...(cachedFrom === undefined ? {} : { cachedFrom }) };
    } finally {
      const isKept = answer?.is === 'queued' || (answer?.is === 'done' && this.#parts.keepUploads);
      if (!isKept) await this.release(id);
    }
  }

  /** Deletes the files of an inspection once no work needs them. A file that cannot be deleted is collected later. */
  async release(id: string): Promise<void> {
    await this.afterResponse
      .runWhenFree(id, () => this.#parts.files.removeOf(id))
      .catch((error: unknown) => this.#parts.onError?.(error));
  }

  async #createDone(
    news: NewInspection,
    result: FinishedInspection,
    tell: OnRecordReady | undefined,
  ): Promise<void> {
    await runInSpan('keep', { 'assay.inspection': news.id }, async () => {
      const keeping = this.#parts.inspections.createDone(news, result);
      // Prevents an unhandled rejection; the promise is awaited below.
      keeping.catch(() => undefined);
      // SQLite has written on this thread by then, and its fsync runs on another.
      await nextTurn();
      tell?.(doneRecord(news, result), result.report);
      await keeping;
    });
  }

  async #queue(news: NewInspection): Promise<void> {
    const { inspections, files } = this.#parts;
    if (news.request.path === undefined) await files.sync(files.listPaths(news.id, news.request));
    await inspections.create(news);
    this.#parts.wakeWorker?.();
  }

  /** Performs a queued inspection that a worker has begun. Rejects on internal errors, after which it is retried. */
  async perform(record: InspectionRecord, { extendLease, isStopping }: PerformOptions): Promise<Performed> {
    const { inspections, files } = this.#parts;
    const { tenant, id, request } = record;
    const file = await buildRequest(record, request, files, this.#parts.allowedPaths);
    if (file === undefined)
      return { is: 'failed', code: 'path-not-allowed', userMessage: message('error.path-not-allowed') };
    const taskMillis = await taskMillisOf(file);
    // Hashing may take as long again, and so may waiting for an equal file; with revealed data the file is read twice.
    extendLease((file.reveal === undefined ? 3 : 5) * taskMillis);
    const answer = await this.#answer(record, file, {
      reuse: (cached) => inspections.finishCached(tenant, id, cached),
      finish: (result) => inspections.finish(tenant, id, result),
      hashMillis: taskMillis,
      derivativesFirst: { isStopping },
    });
    if (answer.is === 'failed') {
      const { code, userMessage } = answer.error;
      // No process could be started, or a file of the service cannot be read, which says nothing about the file.
      if (code === 'internal' || request.path === undefined) throw new InspectError(code, userMessage);
      return { is: 'failed', code, userMessage };
    }
    if (answer.is !== 'done') throw new Error(`a job cannot end as ${answer.is}`);
    for (const work of answer.afterwards)
      await work().catch((error: unknown) => {
        if (!isStopping()) this.#parts.onError?.(error);
      });
    return { is: 'done', isStored: answer.isStored };
  }

  /** The one way from a request to its stored answer. */
  async #answer(record: Requested, file: InspectRequest, target: AnswerTarget): Promise<Answered> {
    const { inspections, inspector, files } = this.#parts;
    const versions = await this.#parts.versions.now(selectedRulebookIds(record.request));
    const stored = await findStoredAnswer(record, file, versions, this.#parts, target.hashMillis);
    const { known, hash, same } = stored;
    const reused = known && (await this.#reuse(record, file, known, target));
    if (reused !== undefined) return reused;
    if (target.queue !== undefined) {
      await target.queue();
      return { is: 'queued' };
    }
    // Equal files wait until this one has its answer.
    const equal = same && (await this.#equal.waitForDuplicate(same));
    try {
      const other = equal?.known && (await this.#reuse(record, file, equal.known, target));
      if (other !== undefined) return other;
      const [outcome, pictures] = await Promise.all([
        runInspection(hash === undefined ? file : { ...file, hash }, { inspector }),
        target.page ? this.#picturesForPage(file) : undefined,
      ]);
      if ('error' in outcome) return { is: 'failed', error: outcome.error };
      if (target.gone?.()) return { is: 'gone' };
      const { report } = outcome;
      const made = await this.#derive(record, file, report, target, {
        pictures: pictures === undefined ? undefined : toThumbnails(report, pictures),
      });
      const { tenant, supersedes } = record;
      const before = supersedes === undefined ? undefined : await inspections.get(tenant, supersedes);
      const derivatives = [...outcome.derivatives, ...made.derivatives];
      const result = await buildResult({ record, before, report, versions, files, derivatives });
      const text = JSON.stringify(result.report);
      const isStored = await target.finish({ ...result, text });
      return { is: 'done', report: text, isStored, afterwards: isStored ? made.afterwards : [] };
    } finally {
      equal?.ended();
    }
  }

  /** Stores the answer of the same bytes. Returns `undefined` if that was deleted meanwhile. */
  async #reuse(
    record: Requested,
    file: InspectRequest,
    known: ReusedAnswer,
    target: AnswerTarget,
  ): Promise<Answered | undefined> {
    const { from, report, text } = known;
    const made = await this.#derive(record, file, report, target, { from });
    const answer = toCachedAnswer(known, new Date().toISOString(), made.derivatives);
    if (!(await target.reuse(answer))) return undefined;
    return { is: 'done', report: text, cachedFrom: from, isStored: true, afterwards: made.afterwards };
  }

  /** Makes what is stored beside the Report: with the answer, or as work that remains after it. */
  async #derive(
    { tenant, id }: Requested,
    file: InspectRequest,
    report: StoredReport,
    { derivativesFirst }: AnswerTarget,
    { from, pictures }: { from?: string; pictures?: Derivative[] | undefined },
  ): Promise<{ derivatives: Derivative[]; afterwards: AfterwardsTask[] }> {
    const owner = { tenant, id };
    const maker = this.#derivatives;
    const can = maker.wantedFor(report);
    const wanted = { ...can, pictures: can.pictures && pictures === undefined };
    if (derivativesFirst !== undefined) {
      const missing = await maker.findMissing(owner, wanted, { derivativesOf: from, from });
      const [made, crJson] = await Promise.all([
        maker.makePictures(owner, file, report, missing),
        // No client waits, and a lease is running. A failure must not lose the report.
        maker.makeCrJson(file, missing, { isUrgent: true }).catch((error: unknown) => {
          if (derivativesFirst.isStopping()) throw error;
          this.#parts.onError?.(error);
          return [];
        }),
      ]);
      return {
        derivatives: [...made, ...crJson],
        afterwards: [() => maker.makeSlowFingerprints(owner, file, missing, from)],
      };
    }
    const put = (made: readonly Derivative[]) => this.#parts.inspections.putDerivatives(tenant, id, made);
    // The other may have stored derivatives after its answer was copied.
    const stored = { derivativesOf: from === undefined ? undefined : id, from };
    const afterwards: AfterwardsTask[] = [];
    if (wanted.pictures || wanted.fingerprints !== undefined)
      afterwards.push(async () => {
        const missing = await maker.findMissing(owner, { ...wanted, crJson: false }, stored);
        const made = await maker.makePictures(owner, file, report, missing);
        if (made.length > 0) await put(made);
        await maker.makeSlowFingerprints(owner, file, missing, from);
      });
    // Its engine takes longer than the whole inspection, and pictures do not wait for it.
    if (wanted.crJson)
      afterwards.push(async () => {
        const missing = await maker.findMissing(owner, { pictures: false, crJson: true }, stored);
        if (missing.crJson) await put(await maker.makeCrJson(file, missing));
      });
    return { derivatives: pictures ?? [], afterwards };
  }

  /** A report matters more than its pictures, so an error gives none. */
  #picturesForPage(file: InspectRequest) {
    return this.#derivatives.makePicturesForPage(file).catch((error: unknown) => {
      if (!this.afterResponse.isClosed) this.#parts.onError?.(error);
      return undefined;
    });
  }
}

async function taskMillisOf({ path }: InspectRequest): Promise<number> {
  const bytes = await statAt(path).then(
    ({ size }) => size,
    () => 0,
  );
  return computeTimeBudget(bytes, isolationLimits).taskMillis;
}
