import { stat } from 'node:fs/promises';
import type { Inspector } from '../../isolation/inspector.js';
import { Pulse } from '../../pulse.js';
import { Rest } from '../../rest.js';
import { said } from '../../say/said.js';
import { SaidError } from '../../say/said-error.js';
import type { ScanJob, ScanQueue } from '../../store/scan-queue.js';
import type { KeptScan, ScanStore } from '../../store/scans.js';
import { withMembers } from '../archives/members.js';
import { type Found, lostBy } from '../entry.js';
import { Filter } from '../filter.js';
import type { Versions } from '../header.js';
import { localEntry } from '../local-entry.js';
import { parseLine } from '../parse.js';
import { type Plan, parsePlan, parseWork, type Work } from '../plan.js';
import { isObjectPath } from '../s3/address.js';
import type { ObjectSource } from '../s3/source.js';
import { scan } from '../scan.js';
import type { Scratch } from '../scratch.js';
import { StoreResults } from '../store-results.js';
import { Twins } from '../twins.js';
import { differingPart } from '../versions.js';

export interface ScanWorkerParts {
  store: ScanStore;
  queue: ScanQueue;
  inspector: Inspector;
  objects: ObjectSource;
  scratch(): Scratch;
  /** What decides an answer here. */
  versions(rulebooks: readonly string[]): Promise<Versions>;
  /** Files at the same time. */
  jobs: number;
  leaseMillis: number;
  /** What went wrong here, or keeps this machine from a job; the job goes back to the queue. */
  tell(error: unknown): void;
}

const IDLE_MILLIS = 500;
const RETRY_MILLIS = 1_000;
/** A job that this machine is not fit for, or whose files nobody here finishes, is left to others for so long. */
const LEFT_MILLIS = 15_000;
/** Without a single answer for so long, whoever holds the job hangs: the lease is let go. */
const SILENT_MILLIS = 600_000;

/** Works through the jobs of scans that many machines share, one job at a time. */
export class ScanWorker {
  readonly #parts: ScanWorkerParts;
  readonly #stopping = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  readonly #rest = new Rest();
  /** Of the loop that takes jobs, and of the answers within one. */
  readonly pulse = new Pulse();
  #twins: { scan: number; twins: Twins } | undefined;

  constructor(parts: ScanWorkerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#loop = this.#work();
  }

  /** What is being read is given up; the job goes back to the queue, and what has its record keeps it. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#rest.end();
    await this.#loop;
  }

  async #work(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.pulse.beat();
      const job = await this.#parts.queue.take(this.#parts.leaseMillis).catch((error: unknown) => {
        this.#parts.tell(error);
        return undefined;
      });
      if (job === undefined) await this.#rest.take(IDLE_MILLIS);
      else await this.#do(job);
    }
  }

  /** Never rejects: a database that is away for a while loses no job. */
  async #do(job: ScanJob): Promise<void> {
    const { store, queue, tell } = this.#parts;
    try {
      const kept = await store.get(job.scanId);
      const isDone = kept === undefined || kept.status === 'cancelled' || (await this.#read(job, kept));
      if (!isDone) {
        await queue.release(job, this.#stopping.signal.aborted ? 0 : LEFT_MILLIS);
        return;
      }
      await queue.complete(job, new Date().toISOString());
    } catch (error) {
      tell(error);
      await queue.release(job, RETRY_MILLIS).catch(tell);
    }
  }

  /** True where every file of the job has its record. */
  async #read(job: ScanJob, kept: KeptScan): Promise<boolean> {
    const { store, inspector, jobs, tell } = this.#parts;
    const plan = parsePlan(kept.plan);
    const work = parseWork(job.work);
    if (plan === undefined || work === undefined) {
      tell(new SaidError(said('scan.left.version', { scan: kept.id })));
      return false;
    }
    if (!(await this.#isFit(kept, plan))) return false;
    const filter = new Filter(plan.filter);
    const known = await store.known(
      kept.number,
      work.map(([path]) => path),
    );
    const results = new StoreResults({ store, scan: kept, known, twins: this.#twinsOf(kept) });
    const hold = this.#hold(job);
    try {
      const end = await scan({
        found: this.#found(work, plan, filter),
        filter,
        inspector,
        // With the job its readers end: none faults later on records that nobody here reads anew.
        ask: { ...plan.ask, party: `job ${job.id}` },
        results,
        full: plan.full,
        ordered: false,
        jobs,
        interrupted: hold.lost,
        onAnswer: () => {
          hold.seen();
          return undefined;
        },
      });
      await results.flush();
      return end === 'done';
    } finally {
      hold.release();
    }
  }

  /** From one job of a scan to the next. */
  #twinsOf({ number }: KeptScan): Twins {
    if (this.#twins?.scan !== number) this.#twins = { scan: number, twins: new Twins() };
    return this.#twins.twins;
  }

  /** Other lists, engines or rules would give other answers: one scan has those it was begun with. */
  async #isFit(kept: KeptScan, plan: Plan): Promise<boolean> {
    const line = parseLine(kept.header);
    const here = await this.#parts.versions(plan.ask.rulebooks);
    const differs = line?.is === 'header' ? differingPart(line.header.versions, here) : 'header';
    if (differs === undefined) return true;
    this.#parts.tell(new SaidError(said('scan.left.differs', { scan: kept.id, part: differs })));
    return false;
  }

  async *#found(work: Work, plan: Plan, filter: Filter): AsyncGenerator<Found> {
    const { archives: kinds } = plan.filter;
    const found = this.#files(work);
    if (kinds === undefined) yield* found;
    else yield* withMembers(found, { kinds, filter, hidden: plan.hidden, scratch: this.#parts.scratch });
  }

  /** As they are now, on this machine. */
  async *#files(work: Work): AsyncGenerator<Found> {
    for (const [path, bytes, modified, etag] of work) {
      if (isObjectPath(path)) {
        yield await this.#parts.objects.objectOf(path, { bytes, modified, ...(etag !== null && { etag }) });
        continue;
      }
      try {
        const stats = await stat(path);
        yield stats.isFile()
          ? { entry: localEntry(path, stats) }
          : { lost: { path, code: 'not-a-file', said: said('error.not-a-file') } };
      } catch (error) {
        yield { lost: lostBy(path, error) };
      }
    }
  }

  /** Prolongs the lease while answers come; `lost` aborts when the job is not ours any more, or we are to stop. */
  #hold(job: ScanJob): { lost: AbortSignal; seen(): void; release(): void } {
    const { queue, leaseMillis, tell } = this.#parts;
    const lost = new AbortController();
    const stop = () => lost.abort();
    this.#stopping.signal.addEventListener('abort', stop, { once: true });
    if (this.#stopping.signal.aborted) stop();
    let last = Date.now();
    const beat = setInterval(() => {
      if (Date.now() - last > SILENT_MILLIS) return;
      queue.extend(job.id, leaseMillis).then((ours) => {
        if (!ours) lost.abort();
      }, tell);
    }, leaseMillis / 3);
    return {
      lost: lost.signal,
      seen: () => {
        last = Date.now();
        this.pulse.beat();
      },
      release: () => {
        clearInterval(beat);
        this.#stopping.signal.removeEventListener('abort', stop);
      },
    };
  }
}
