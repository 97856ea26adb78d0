import { hostname } from 'node:os';
import type { SandboxChoice } from '../../base/isolation-level.js';
import { type Lease, LeasedLoop } from '../../base/lease/loop.js';
import { Heartbeat } from '../../base/lease/pulse.js';
import type { SecretKeys } from '../../base/secrets/secret-keys.js';
import { selectedRulebookIds } from '../../core/law/law-selection.js';
import { statAt } from '../../core/media/plain-path.js';
import { message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';
import type { Inspector } from '../../inspect/pool/inspector.js';
import type { ScanRepository } from '../../storage/scans/kysely-scans.js';
import type { QueuedScanJob, ScanQueue } from '../../storage/scans/scan-queue.js';
import type { DatabaseScan, ScannedFile } from '../../storage/scans/scans.js';
import { expandArchives } from '../archives/members.js';
import { differingPart } from '../compare/versions.js';
import { RecentFiles } from '../duplicates/recent-files.js';
import { attachmentOptions, type FingerprintMaker } from '../fingerprints/fingerprint-maker.js';
import { parseLine } from '../lines/parse.js';
import type { ScanVersions } from '../records/header.js';
import { StoreResults } from '../results/store-results.js';
import {
  type JobFileList,
  jobFilePath,
  parseJobFileList,
  parsePlan,
  parseVersions,
  type ScanPlan,
} from '../run/plan.js';
import { scan } from '../run/scan.js';
import { type FoundEntry, lostEntryOf } from '../sources/entry.js';
import { FileFilter } from '../sources/filter.js';
import { createLocalEntry } from '../sources/local-entry.js';
import { MountCheck } from '../sources/roots.js';
import { isObjectPath } from '../sources/s3/address.js';
import type { ObjectSource } from '../sources/s3/source.js';
import type { TempSpace } from '../sources/scratch.js';

export interface ScanWorkerOptions {
  store: ScanRepository;
  queue: ScanQueue;
  inspector: Inspector;
  objects: ObjectSource;
  scratch(): TempSpace;
  /** Created by the first job of a scan with fingerprints. */
  fingerprint(): FingerprintMaker;
  /** Keys of this machine for scans that store manifest stores; `undefined` if there are none. */
  keys(): SecretKeys | undefined;
  /** Sandbox of the programs that unpack archives. */
  sandbox: SandboxChoice;
  /** Returns the versions that determine results on this machine. */
  versions(rulebooks: readonly string[], asked?: { archives?: boolean }): Promise<ScanVersions>;
  /** Name shown by `scan status`. */
  name: string;
  /** Number of files read at the same time. */
  jobs: number;
  leaseMillis: number;
  /** Reports an error or a reason why this machine cannot take a job; the job returns to the queue. */
  report(error: unknown): void;
}

const IDLE_MILLIS = 500;
const RETRY_MILLIS = 1_000;
/** Delay before a released job is offered again, so that other machines can take it. */
const RELEASE_MILLIS = 15_000;
/** Times that a job is handed back because its folder is not mounted: an hour if there is only one machine. */
const MAX_HANDED_BACK = 240;
/** Time without a result after which the worker counts as stuck and the lease expires. */
const SILENT_MILLIS = 600_000;

/** `away`: a folder of the scan is not mounted on this machine. */
type JobOutcome = { is: 'done' } | { is: 'again'; afterMillis: number } | { is: 'away'; root: string };

/**
 * Works through the jobs of scans shared by several machines, one job at a time. When stopped, it abandons the files
 * being read.
 */
export class ScanWorker extends LeasedLoop<QueuedScanJob, JobOutcome> {
  readonly #parts: ScanWorkerOptions;
  /** Counts polls and results, so that a loop stuck in a job is detected. */
  readonly answers = new Heartbeat();
  #twins: { scan: number; run: number; twins: RecentFiles } | undefined;

  constructor(parts: ScanWorkerOptions) {
    super({ slots: 1, leaseMillis: parts.leaseMillis, idleMillis: IDLE_MILLIS });
    this.#parts = parts;
  }

  protected async claim(): Promise<QueuedScanJob[]> {
    this.answers.beat();
    const job = await this.#parts.queue.take(this.#parts.leaseMillis, this.#parts.name);
    return job === undefined ? [] : [job];
  }

  protected override renewLease({ id }: QueuedScanJob): Promise<boolean> {
    return this.#parts.queue.extend(id, this.#parts.leaseMillis);
  }

  protected settle(job: QueuedScanJob, ending: JobOutcome): Promise<void> {
    const { queue } = this.#parts;
    if (ending.is === 'again') return queue.release(job, ending.afterMillis);
    if (ending.is === 'away') return this.#handBack(job, ending.root);
    return queue.complete(job, new Date().toISOString());
  }

  protected reportError(error: unknown): void {
    this.#parts.report(error);
  }

  /** Files that already have a record keep it. */
  protected async perform(job: QueuedScanJob, lease: Lease): Promise<JobOutcome> {
    try {
      const kept = await this.#parts.store.get(job.scanId);
      if (kept === undefined || kept.status === 'cancelled') return { is: 'done' };
      const read = await this.#read(job, kept, lease);
      if (typeof read === 'object') return { is: 'away', root: read.away };
      if (read) return { is: 'done' };
      return { is: 'again', afterMillis: this.stopSignal.aborted ? 0 : RELEASE_MILLIS };
    } catch (error) {
      this.#parts.report(error);
      return { is: 'again', afterMillis: RETRY_MILLIS };
    }
  }

  /**
   * Hands the job back so that its files are not reported as missing. The reason is reported here and by the scan's
   * status.
   */
  async #handBack(job: QueuedScanJob, root: string): Promise<void> {
    const times = await this.#parts.queue.handBack(job, `${root} (${hostname()})`, RELEASE_MILLIS);
    this.#parts.report(
      new MessageError(message('scan.left.rootUnavailable', { scan: job.scanId, root, times })),
    );
  }

  /** Returns `true` if every file of the job has a record. */
  async #read(job: QueuedScanJob, kept: DatabaseScan, lease: Lease): Promise<boolean | { away: string }> {
    const { store, inspector, jobs, report: tell } = this.#parts;
    const plan = parsePlan(kept.plan);
    const work = parseJobFileList(job.work);
    if (plan === undefined || work === undefined) {
      tell(new MessageError(message('scan.left.version', { scan: kept.id })));
      return false;
    }
    const again = parseVersions(job.again);
    // The machine that started the scan could not decrypt what is encrypted with another key.
    const { manifestKey } = plan;
    const keys = manifestKey === undefined ? undefined : this.#parts.keys();
    if (manifestKey !== undefined && keys?.ids.includes(manifestKey) !== true) {
      tell(new MessageError(message('scan.left.noKey', { scan: kept.id })));
      return false;
    }
    if (!(await this.#isFit(kept, plan, again))) return false;
    const mounts = new MountCheck(plan);
    const away = await mounts.missingRootFor(work.map(jobFilePath));
    const isGivenUp = away !== undefined && (await this.#parts.queue.countHandedBack(job)) >= MAX_HANDED_BACK;
    if (away !== undefined && !isGivenUp) return { away };
    lease.extend(SILENT_MILLIS);
    const filter = new FileFilter(plan.filter);
    const known = await store.knownFiles(kept.number, work.map(jobFilePath));
    const results = new StoreResults({
      ...{ store, scan: kept, known },
      recentFiles: this.#twinsOf(kept),
      leaves: true,
      keys,
      ...(again && { redo: () => 'read' as const }),
    });
    const end = await scan({
      found: isGivenUp ? unreachableFiles(work, known, away) : this.#found(work, plan, filter, mounts),
      filter,
      inspector,
      // The job's reading processes end with it, so no later failure casts doubt on records that this worker can no
      // longer reread.
      options: { ...plan.ask, tenant: `job ${job.id}` },
      results,
      full: plan.full,
      ...(plan.keep && {
        fingerprintMaker: this.#parts.fingerprint(),
        attachments: attachmentOptions(plan.keep),
      }),
      ordered: false,
      jobs,
      interrupted: AbortSignal.any([lease.lost, this.stopSignal]),
      onAnswer: () => {
        lease.extend(SILENT_MILLIS);
        this.answers.beat();
        return undefined;
      },
    });
    await results.flush();
    if (mounts.lastMissing !== undefined && !isGivenUp) return { away: mounts.lastMissing };
    return end === 'done';
  }

  /** Reuses the recent files between jobs of one run. An earlier run may have used other lists. */
  #twinsOf({ number, run }: DatabaseScan): RecentFiles {
    if (this.#twins?.scan !== number || this.#twins.run !== run)
      this.#twins = { scan: number, run, twins: new RecentFiles() };
    return this.#twins.twins;
  }

  /** Returns whether this machine has the versions that the scan was started with; others would give different results. */
  async #isFit(kept: DatabaseScan, plan: ScanPlan, again: ScanVersions | undefined): Promise<boolean> {
    const line = parseLine(kept.header);
    const asked = again ?? (line?.is === 'header' ? line.header.versions : undefined);
    const here = await this.#parts.versions(selectedRulebookIds(plan.ask), {
      archives: plan.filter.archives !== undefined,
    });
    const differs = asked === undefined ? 'header' : differingPart(asked, here);
    if (differs === undefined) return true;
    this.#parts.report(new MessageError(message('scan.left.differs', { scan: kept.id, part: differs })));
    return false;
  }

  async *#found(
    work: JobFileList,
    plan: ScanPlan,
    filter: FileFilter,
    mounts: MountCheck,
  ): AsyncGenerator<FoundEntry> {
    const { archives: kinds } = plan.filter;
    const found = this.#files(work, mounts);
    if (kinds === undefined) yield* found;
    else {
      const { scratch, sandbox } = this.#parts;
      yield* expandArchives(found, { kinds, filter, hidden: plan.hidden, scratch, sandbox });
    }
  }

  /** Yields the files as they are now on this machine. */
  async *#files(work: JobFileList, mounts: MountCheck): AsyncGenerator<FoundEntry> {
    for (const one of work) {
      const [, bytes, modified, etag] = one;
      const path = jobFilePath(one);
      if (isObjectPath(path)) {
        yield await this.#parts.objects.createObjectEntry(path, {
          bytes,
          modified,
          ...(etag !== null && { etag }),
        });
        continue;
      }
      try {
        const stats = await statAt(path);
        yield stats.isFile()
          ? { entry: createLocalEntry(path, stats) }
          : { lost: { path, code: 'not-a-file', userMessage: message('error.not-a-file') } };
      } catch (error) {
        // The folder was unmounted during the job; the remaining files are left to other machines.
        if ((await mounts.missingRootFor([path])) !== undefined) return;
        yield { lost: lostEntryOf(path, error) };
      }
    }
  }
}

/**
 * Files that no machine could reach for so long are recorded as `not-checked`, never as missing. Existing records are
 * kept.
 */
export async function* unreachableFiles(
  work: JobFileList,
  known: ReadonlyMap<string, ScannedFile>,
  root: string,
): AsyncGenerator<FoundEntry> {
  for (const one of work) {
    const path = jobFilePath(one);
    const outcome = known.get(path)?.outcome ?? 'error';
    // A file marked as gone was found since, but nobody has inspected it.
    if (outcome === 'error' || outcome === 'gone')
      yield {
        lost: { path, code: 'not-checked', userMessage: message('scan.lost.rootUnavailable', { root }) },
      };
  }
}
