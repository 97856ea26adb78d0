import { setTimeout as delay } from 'node:timers/promises';
import { toldPath } from '../../core/ground/path-text.js';
import type { KyselyScans } from '../../store/kysely-scans.js';
import type { ScanQueue } from '../../store/scan-queue.js';
import type { KeptScan } from '../../store/scans.js';
import { StoreFault } from '../../store/store-fault.js';
import type { Entry, Found, Lost } from '../entry.js';
import { errorRecord } from '../error-record.js';
import type { Filter } from '../filter.js';
import type { Versions } from '../header.js';
import type { LeftOut } from '../left-out.js';
import type { Work } from '../plan.js';
import { rowOf } from '../store-results.js';

export interface Enumeration {
  found: AsyncIterable<Found>;
  filter: Filter;
  store: KyselyScans;
  queue: ScanQueue;
  scan: KeptScan;
  filesPerJob: number;
  /** Leaves out what has its record: the scan was begun before. */
  resumed: boolean;
  /** What is kept of the files is made again, by machines that have these. */
  again?: Versions;
  limit?: number;
  leftOut?: LeftOut | undefined;
  interrupted?: AbortSignal;
  onFiles?(files: number): void;
}

/** So many jobs may wait: finding files is fast, and a queue without an end is a burden for the database. */
const MOST_WAITING = 1_000;
const LOOK_MILLIS = 500;
/** A database that restarts is waited for; one that stays away ends the command, which can be gone on with. */
const AWAY_MILLIS = 120_000;

/** Hands out all that is found, some hundred files a job. False where it was interrupted. */
export async function enumerate(job: Enumeration): Promise<boolean> {
  const { found, filter, interrupted, limit = Number.POSITIVE_INFINITY } = job;
  let entries: Entry[] = [];
  let lost: Lost[] = [];
  let seen = 0;
  const handOut = async () => {
    await patiently(() => hand(entries, lost, job), interrupted);
    entries = [];
    lost = [];
  };
  for await (const one of found) {
    if (interrupted?.aborted || seen >= limit) break;
    if ('lost' in one) lost.push(one.lost);
    else {
      const left = filter.isLookedInto(one.entry.path) ? undefined : filter.leavesEntry(one.entry);
      if (left !== undefined) {
        job.leftOut?.file(left);
        continue;
      }
      entries.push(one.entry);
    }
    seen += 1;
    if (entries.length + lost.length >= job.filesPerJob) await handOut();
  }
  await handOut();
  return interrupted?.aborted !== true;
}

async function hand(entries: readonly Entry[], lost: readonly Lost[], job: Enumeration): Promise<void> {
  const { store, queue, scan, interrupted, onFiles } = job;
  await store.put(
    scan,
    lost.map(({ path, code, said }) => rowOf({ path, error: errorRecord(path, code, said) })),
  );
  const due = job.resumed ? await withoutDone(entries, job) : entries;
  if (due.length > 0) {
    while ((await queue.waiting(scan.number, MOST_WAITING)) >= MOST_WAITING && !interrupted?.aborted) {
      await delay(LOOK_MILLIS);
    }
    const work = due.map(workOf);
    await queue.enqueue(scan, work.length, work, job.again);
  }
  onFiles?.(entries.length + lost.length);
}

function workOf({ path, bytes, modified, etag: version }: Entry): Work[number] {
  const etag = version ?? null;
  const { path: text, pathBytes } = toldPath(path);
  return pathBytes === undefined ? [text, bytes, modified, etag] : [text, bytes, modified, etag, pathBytes];
}

async function withoutDone(entries: readonly Entry[], { store, scan }: Enumeration): Promise<Entry[]> {
  const known = await store.known(
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

export async function patiently<T>(work: () => Promise<T>, interrupted?: AbortSignal): Promise<T> {
  for (const until = Date.now() + AWAY_MILLIS; ; ) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreFault) || Date.now() > until || interrupted?.aborted) throw error;
      await delay(LOOK_MILLIS);
    }
  }
}
