import { stat } from 'node:fs/promises';
import type { SandboxChoice } from '../../core/ground/isolation-level.js';
import { idsAsked } from '../../core/law/asked-law.js';
import type { Inspector } from '../../isolation/inspector.js';
import { type Lease, LeasedLoop } from '../../lease/loop.js';
import { Pulse } from '../../lease/pulse.js';
import { said } from '../../say/said.js';
import { SaidError } from '../../say/said-error.js';
import type { ScanJob, ScanQueue } from '../../store/scan-queue.js';
import type { KeptScan, ScanStore } from '../../store/scans.js';
import { withMembers } from '../archives/members.js';
import { type Found, lostBy } from '../entry.js';
import { Filter } from '../filter.js';
import type { Versions } from '../header.js';
import type { Hours } from '../hours.js';
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
  /** Of programs that unpack archives. */
  sandbox: SandboxChoice;
  /** What decides an answer here. */
  versions(rulebooks: readonly string[], asked?: { archives?: boolean }): Promise<Versions>;
  /** As `scan status` names it. */
  name: string;
  /** Files at the same time. */
  jobs: number;
  /** Objects of a store that are fetched beside those. */
  prefetch: number;
  /** No job is taken outside of them, and one that is not done by then is given back. */
  hours?: Hours | undefined;
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

type Ending = { is: 'done' } | { is: 'again'; afterMillis: number };

/** Works through the jobs of scans that many machines share, one job at a time. Told to stop, it gives up what it reads. */
export class ScanWorker extends LeasedLoop<ScanJob, Ending> {
  readonly #parts: ScanWorkerParts;
  /** Of jobs that are asked for, and of the answers within one: a loop whose one job hangs does nothing. */
  readonly answers = new Pulse();
  #twins: { scan: number; twins: Twins } | undefined;

  constructor(parts: ScanWorkerParts) {
    super({ places: 1, leaseMillis: parts.leaseMillis, idleMillis: IDLE_MILLIS });
    this.#parts = parts;
  }

  protected async claim(): Promise<ScanJob[]> {
    this.answers.beat();
    if (this.#parts.hours?.isOpen(new Date()) === false) return [];
    const job = await this.#parts.queue.take(this.#parts.leaseMillis, this.#parts.name);
    return job === undefined ? [] : [job];
  }

  protected override extend({ id }: ScanJob): Promise<boolean> {
    return this.#parts.queue.extend(id, this.#parts.leaseMillis);
  }

  protected settle(job: ScanJob, ending: Ending): Promise<void> {
    const { queue } = this.#parts;
    if (ending.is === 'again') return queue.release(job, ending.afterMillis);
    return queue.complete(job, new Date().toISOString());
  }

  protected tell(error: unknown): void {
    this.#parts.tell(error);
  }

  /** What has its record keeps it. */
  protected async perform(job: ScanJob, lease: Lease): Promise<Ending> {
    try {
      const kept = await this.#parts.store.get(job.scanId);
      const isDone =
        kept === undefined || kept.status === 'cancelled' || (await this.#read(job, kept, lease));
      if (isDone) return { is: 'done' };
      return { is: 'again', afterMillis: this.stopping.aborted ? 0 : LEFT_MILLIS };
    } catch (error) {
      this.#parts.tell(error);
      return { is: 'again', afterMillis: RETRY_MILLIS };
    }
  }

  /** True where every file of the job has its record. */
  async #read(job: ScanJob, kept: KeptScan, lease: Lease): Promise<boolean> {
    const { store, inspector, jobs, tell } = this.#parts;
    const plan = parsePlan(kept.plan);
    const work = parseWork(job.work);
    if (plan === undefined || work === undefined) {
      tell(new SaidError(said('scan.left.version', { scan: kept.id })));
      return false;
    }
    if (!(await this.#isFit(kept, plan))) return false;
    lease.keep(SILENT_MILLIS);
    const filter = new Filter(plan.filter);
    const known = await store.known(
      kept.number,
      work.map(([path]) => path),
    );
    const closing = new AbortController();
    const { hours } = this.#parts;
    const timer = hours && setTimeout(() => closing.abort(), hours.millisToChange(new Date()));
    const results = new StoreResults({ store, scan: kept, known, twins: this.#twinsOf(kept) });
    const end = await scan({
      found: this.#found(work, plan, filter),
      filter,
      inspector,
      // With the job its readers end: none faults later on records that nobody here reads anew.
      ask: { ...plan.ask, party: `job ${job.id}` },
      results,
      full: plan.full,
      sniff: plan.sniff === true,
      prefetch: this.#parts.prefetch,
      ordered: false,
      jobs,
      interrupted: AbortSignal.any([lease.lost, this.stopping, closing.signal]),
      onAnswer: () => {
        lease.keep(SILENT_MILLIS);
        this.answers.beat();
        return undefined;
      },
    }).finally(() => clearTimeout(timer));
    await results.flush();
    return end === 'done';
  }

  /** From one job of a scan to the next. */
  #twinsOf({ number }: KeptScan): Twins {
    if (this.#twins?.scan !== number) this.#twins = { scan: number, twins: new Twins() };
    return this.#twins.twins;
  }

  /** Other lists, engines or rules would give other answers: one scan has those it was begun with. */
  async #isFit(kept: KeptScan, plan: Plan): Promise<boolean> {
    const line = parseLine(kept.header);
    const here = await this.#parts.versions(idsAsked(plan.ask), {
      archives: plan.filter.archives !== undefined,
    });
    const differs = line?.is === 'header' ? differingPart(line.header.versions, here) : 'header';
    if (differs === undefined) return true;
    this.#parts.tell(new SaidError(said('scan.left.differs', { scan: kept.id, part: differs })));
    return false;
  }

  async *#found(work: Work, plan: Plan, filter: Filter): AsyncGenerator<Found> {
    const { archives: kinds } = plan.filter;
    const found = this.#files(work);
    if (kinds === undefined) yield* found;
    else {
      const { scratch, sandbox } = this.#parts;
      yield* withMembers(found, { kinds, filter, hidden: plan.hidden, scratch, sandbox });
    }
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
}
