import { setTimeout as delay } from 'node:timers/promises';
import { toRecordPath } from '../../base/path-text.js';
import { StoreFault } from '../../storage/engine/storage-fault.js';
import type { ScanRepository } from '../../storage/scans/kysely-scans.js';
import type { ScanQueue } from '../../storage/scans/scan-queue.js';
import type { DatabaseScan } from '../../storage/scans/scans.js';
import { errorRecord } from '../records/error-record.js';
import type { ScanVersions } from '../records/header.js';
import { toScanRow } from '../results/store-results.js';
import type { JobFileList } from '../run/plan.js';
import type { Entry, FoundEntry, LostEntry } from '../sources/entry.js';
import type { Exclusions } from '../sources/exclusions.js';
import type { FileFilter } from '../sources/filter.js';

export interface Enumeration {
  found: AsyncIterable<FoundEntry>;
  filter: FileFilter;
  store: ScanRepository;
  queue: ScanQueue;
  scan: DatabaseScan;
  /** Leave out files that already have a record, because the scan was started before. */
  resumed: boolean;
  /** Versions with which workers renew the stored records. */
  recheckVersions?: ScanVersions;
  leftOut?: Exclusions | undefined;
  interrupted?: AbortSignal;
  onFiles?(files: number): void;
}

/**
 * Files of the first job, and of the largest. Each job has twice the files of the one before, so that a small scan is
 * shared by all workers, and a large one has few jobs.
 */
const FIRST_JOB_FILES = 8;
const MAX_JOB_FILES = 512;
/** Jobs that may wait: listing files is fast, and an unbounded queue would burden the database. */
const MAX_WAITING = 1_000;
const POLL_MILLIS = 500;
/** A restarting database is waited for; if it stays away, the command ends and can be continued later. */
const OUTAGE_MILLIS = 120_000;

/** Enqueues all files found. Returns `false` if interrupted. */
export async function enqueueFiles(job: Enumeration): Promise<boolean> {
  const { found, filter, interrupted } = job;
  let entries: Entry[] = [];
  let lost: LostEntry[] = [];
  let size = FIRST_JOB_FILES;
  const handOut = async () => {
    await retryOnOutage(() => enqueueJob(entries, lost, job), interrupted);
    entries = [];
    lost = [];
    size = Math.min(size * 2, MAX_JOB_FILES);
  };
  for await (const one of found) {
    if (interrupted?.aborted) break;
    if ('lost' in one) lost.push(one.lost);
    else {
      const left = filter.isOpenedArchive(one.entry.path) ? undefined : filter.entryExclusion(one.entry);
      if (left !== undefined) {
        job.leftOut?.file(left);
        continue;
      }
      entries.push(one.entry);
    }
    if (entries.length + lost.length >= size) await handOut();
  }
  await handOut();
  return interrupted?.aborted !== true;
}

async function enqueueJob(
  entries: readonly Entry[],
  lost: readonly LostEntry[],
  job: Enumeration,
): Promise<void> {
  const { store, queue, scan, interrupted, onFiles } = job;
  await store.put(
    scan,
    lost.map(({ path, code, userMessage }) =>
      toScanRow({ path, error: errorRecord(path, code, userMessage) }),
    ),
  );
  const due = job.resumed ? await filterDone(entries, job) : entries;
  if (due.length > 0) {
    while ((await queue.countOpen(scan.number, MAX_WAITING)) >= MAX_WAITING && !interrupted?.aborted) {
      await delay(POLL_MILLIS);
    }
    const work = due.map(workItemOf);
    await queue.enqueue(scan, work.length, work, job.recheckVersions);
  }
  onFiles?.(entries.length + lost.length);
}

function workItemOf({ path, bytes, modified, etag: version }: Entry): JobFileList[number] {
  const etag = version ?? null;
  const { path: text, pathBytes } = toRecordPath(path);
  return pathBytes === undefined ? [text, bytes, modified, etag] : [text, bytes, modified, etag, pathBytes];
}

async function filterDone(entries: readonly Entry[], { store, scan }: Enumeration): Promise<Entry[]> {
  const known = await store.knownFiles(
    scan.number,
    entries.map(({ path }) => path),
  );
  return entries.filter(({ path, bytes, modified }) => {
    const row = known.get(path);
    return (
      row === undefined ||
      row.outcome === 'error' ||
      row.outcome === 'gone' ||
      row.bytes !== bytes ||
      row.modified !== modified
    );
  });
}

export async function retryOnOutage<T>(work: () => Promise<T>, interrupted?: AbortSignal): Promise<T> {
  for (const until = Date.now() + OUTAGE_MILLIS; ; ) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreFault) || Date.now() > until || interrupted?.aborted) throw error;
      await delay(POLL_MILLIS);
    }
  }
}
