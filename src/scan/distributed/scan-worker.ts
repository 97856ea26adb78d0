import { hostname } from 'node:os';
import type { SandboxChoice } from '../../core/ground/isolation-level.js';
import { idsAsked } from '../../core/law/asked-law.js';
import { statAt } from '../../core/media/reach.js';
import type { Inspector } from '../../isolation/inspector.js';
import { type Lease, LeasedLoop } from '../../lease/loop.js';
import { Pulse } from '../../lease/pulse.js';
import { said } from '../../say/said.js';
import { SaidError } from '../../say/said-error.js';
import type { SecretKeys } from '../../secrets/secret-keys.js';
import type { KyselyScans } from '../../store/kysely-scans.js';
import type { ScanJob, ScanQueue } from '../../store/scan-queue.js';
import type { KeptScan, KnownFile } from '../../store/scans.js';
import { withMembers } from '../archives/members.js';
import { type Found, lostBy } from '../entry.js';
import { Filter } from '../filter.js';
import type { Versions } from '../header.js';
import type { Hours } from '../hours.js';
import { keepsIn, type LikenessMaker } from '../likeness-of.js';
import { localEntry } from '../local-entry.js';
import { parseLine } from '../parse.js';
import { type Plan, parsePlan, parseVersions, parseWork, pathOfWork, type Work } from '../plan.js';
import { Mounts } from '../roots.js';
import { isObjectPath } from '../s3/address.js';
import type { ObjectSource } from '../s3/source.js';
import { scan } from '../scan.js';
import type { Scratch } from '../scratch.js';
import { StoreResults } from '../store-results.js';
import { Twins } from '../twins.js';
import { differingPart } from '../versions.js';

export interface ScanWorkerParts {
  store: KyselyScans;
  queue: ScanQueue;
  inspector: Inspector;
  objects: ObjectSource;
  scratch(): Scratch;
  /** Asked for by the first job of a scan that keeps what files look like. */
  likeness(): LikenessMaker;
  /** Of this machine; asked for by a scan that keeps manifest stores. Undefined where there are none. */
  keys(): SecretKeys | undefined;
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
/** A folder that is mounted nowhere is waited for so often: an hour, where one machine is all there is. */
const MOST_HANDED_BACK = 240;
/** Without a single answer for so long, whoever holds the job hangs: the lease is let go. */
const SILENT_MILLIS = 600_000;

/** `away`: a folder that was to be scanned is not mounted here. */
type Ending = { is: 'done' } | { is: 'again'; afterMillis: number } | { is: 'away'; root: string };

/** Works through the jobs of scans that many machines share, one job at a time. Told to stop, it gives up what it reads. */
export class ScanWorker extends LeasedLoop<ScanJob, Ending> {
  readonly #parts: ScanWorkerParts;
  /** Of jobs that are asked for, and of the answers within one: a loop whose one job hangs does nothing. */
  readonly answers = new Pulse();
  #twins: { scan: number; run: number; twins: Twins } | undefined;

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
    if (ending.is === 'away') return this.#handBack(job, ending.root);
    return queue.complete(job, new Date().toISOString());
  }

  protected tell(error: unknown): void {
    this.#parts.tell(error);
  }

  /** What has its record keeps it. */
  protected async perform(job: ScanJob, lease: Lease): Promise<Ending> {
    try {
      const kept = await this.#parts.store.get(job.scanId);
      if (kept === undefined || kept.status === 'cancelled') return { is: 'done' };
      const read = await this.#read(job, kept, lease);
      if (typeof read === 'object') return { is: 'away', root: read.away };
      if (read) return { is: 'done' };
      return { is: 'again', afterMillis: this.stopping.aborted ? 0 : LEFT_MILLIS };
    } catch (error) {
      this.#parts.tell(error);
      return { is: 'again', afterMillis: RETRY_MILLIS };
    }
  }

  /** So that no file is told as not found for it. Told here, and with the scan's status. */
  async #handBack(job: ScanJob, root: string): Promise<void> {
    const times = await this.#parts.queue.handBack(job, `${root} (${hostname()})`, LEFT_MILLIS);
    this.#parts.tell(new SaidError(said('scan.left.rootAway', { scan: job.scanId, root, times })));
  }

  /** True where every file of the job has its record. */
  async #read(job: ScanJob, kept: KeptScan, lease: Lease): Promise<boolean | { away: string }> {
    const { store, inspector, jobs, tell } = this.#parts;
    const plan = parsePlan(kept.plan);
    const work = parseWork(job.work);
    if (plan === undefined || work === undefined) {
      tell(new SaidError(said('scan.left.version', { scan: kept.id })));
      return false;
    }
    const again = parseVersions(job.again);
    // What is sealed under another key, whoever handed the scan out could not open.
    const { manifestKey } = plan;
    const keys = manifestKey === undefined ? undefined : this.#parts.keys();
    if (manifestKey !== undefined && keys?.ids.includes(manifestKey) !== true) {
      tell(new SaidError(said('scan.left.noKey', { scan: kept.id })));
      return false;
    }
    if (!(await this.#isFit(kept, plan, again))) return false;
    const mounts = new Mounts(plan);
    const away = await mounts.awayFor(work.map(pathOfWork));
    const isGivenUp = away !== undefined && (await this.#parts.queue.handedBack(job)) >= MOST_HANDED_BACK;
    if (away !== undefined && !isGivenUp) return { away };
    lease.keep(SILENT_MILLIS);
    const filter = new Filter(plan.filter);
    const known = await store.known(kept.number, work.map(pathOfWork));
    const closing = new AbortController();
    const { hours } = this.#parts;
    const timer = hours && setTimeout(() => closing.abort(), millisLeft(hours, new Date()));
    const results = new StoreResults({
      ...{ store, scan: kept, known },
      twins: this.#twinsOf(kept),
      leaves: plan.sniff === true,
      keys,
      ...(again && { redo: () => 'read' as const }),
    });
    const end = await scan({
      found: isGivenUp ? givenUp(work, known, away) : this.#found(work, plan, filter, mounts),
      filter,
      inspector,
      // With the job its readers end: none faults later on records that nobody here reads anew.
      ask: { ...plan.ask, party: `job ${job.id}` },
      results,
      full: plan.full,
      sniff: plan.sniff === true,
      ...(plan.fingerprints && {
        likeness: this.#parts.likeness(),
        keeps: keepsIn({ previews: plan.previews, keepManifests: keys !== undefined }),
      }),
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
    if (mounts.away !== undefined && !isGivenUp) return { away: mounts.away };
    return end === 'done';
  }

  /** From one job of a run to the next: what an earlier run of the scan read may rest on other lists. */
  #twinsOf({ number, run }: KeptScan): Twins {
    if (this.#twins?.scan !== number || this.#twins.run !== run)
      this.#twins = { scan: number, run, twins: new Twins() };
    return this.#twins.twins;
  }

  /** Other lists, engines or rules would give other answers: one scan has those it was begun with. */
  async #isFit(kept: KeptScan, plan: Plan, again: Versions | undefined): Promise<boolean> {
    const line = parseLine(kept.header);
    const asked = again ?? (line?.is === 'header' ? line.header.versions : undefined);
    const here = await this.#parts.versions(idsAsked(plan.ask), {
      archives: plan.filter.archives !== undefined,
    });
    const differs = asked === undefined ? 'header' : differingPart(asked, here);
    if (differs === undefined) return true;
    this.#parts.tell(new SaidError(said('scan.left.differs', { scan: kept.id, part: differs })));
    return false;
  }

  async *#found(work: Work, plan: Plan, filter: Filter, mounts: Mounts): AsyncGenerator<Found> {
    const { archives: kinds } = plan.filter;
    const found = this.#files(work, mounts);
    if (kinds === undefined) yield* found;
    else {
      const { scratch, sandbox } = this.#parts;
      yield* withMembers(found, { kinds, filter, hidden: plan.hidden, scratch, sandbox });
    }
  }

  /** As they are now, on this machine. */
  async *#files(work: Work, mounts: Mounts): AsyncGenerator<Found> {
    for (const one of work) {
      const [, bytes, modified, etag] = one;
      const path = pathOfWork(one);
      if (isObjectPath(path)) {
        yield await this.#parts.objects.objectOf(path, { bytes, modified, ...(etag !== null && { etag }) });
        continue;
      }
      try {
        const stats = await statAt(path);
        yield stats.isFile()
          ? { entry: localEntry(path, stats) }
          : { lost: { path, code: 'not-a-file', said: said('error.not-a-file') } };
      } catch (error) {
        // Unmounted meanwhile: the rest is for others.
        if ((await mounts.awayFor([path])) !== undefined) return;
        yield { lost: lostBy(path, error) };
      }
    }
  }
}

/** Until they close; none where that was while the job was looked at. */
const millisLeft = (hours: Hours, now: Date): number => (hours.isOpen(now) ? hours.millisToChange(now) : 0);

/** What nobody could reach for so long is told as not looked at, and never as not there; what has its record keeps it. */
export async function* givenUp(
  work: Work,
  known: ReadonlyMap<string, KnownFile>,
  root: string,
): AsyncGenerator<Found> {
  for (const one of work) {
    const path = pathOfWork(one);
    const outcome = known.get(path)?.outcome ?? 'error';
    // Marked as gone before, and found since: nobody has looked at it.
    if (outcome === 'error' || outcome === 'gone')
      yield { lost: { path, code: 'not-checked', said: said('scan.lost.rootAway', { root }) } };
  }
}
