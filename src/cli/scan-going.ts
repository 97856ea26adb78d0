import type { JobCounts, KeptScan, ScanCounts, WorkerCounts } from '../store/scans.js';

/** The rate of the last minutes says better what is to come than that of the whole. */
const RECENT_MILLIS = 10 * 60_000;
/** Records are written every few seconds; one large file may take minutes. */
const SILENT_MILLIS = 5 * 60_000;

export const recently = (now: Date): string => new Date(now.getTime() - RECENT_MILLIS).toISOString();

/** How a scan goes that is kept in the database. */
export interface Going {
  /** Left out where it has ended: false where nothing was heard of it for minutes, and it was killed or nobody takes its jobs. */
  alive?: boolean;
  /** When records of it were last written, give or take some seconds. */
  seenAt?: string;
  /** Of the last ten minutes, where workers do it; else since it was begun. Left out where nothing was done in that time. */
  filesPerSecond?: number;
  /** Where all files have been found, and work goes on. */
  etaSeconds?: number;
}

export function progressOf(
  scan: KeptScan,
  { counts, jobs, workers }: { counts: ScanCounts; jobs: JobCounts; workers: readonly WorkerCounts[] },
  now: Date,
): Going {
  const ended = scan.status === 'done' || scan.status === 'cancelled';
  const seenAt = [scan.seenAt ?? '', ...workers.map((one) => one.seenAt ?? '')].sort().at(-1) || undefined;
  const alive = Date.parse(seenAt ?? scan.createdAt) > now.getTime() - SILENT_MILLIS;
  const rate = rateOf(scan, { counts, jobs, workers, seenAt, ended }, now);
  const left = jobs.files - jobs.filesDone - jobs.filesCancelled;
  const eta = scan.status === 'running' && alive && jobs.jobs > 0 && rate > 0 ? left / rate : undefined;
  return {
    ...(ended ? {} : { alive }),
    ...(seenAt === undefined ? {} : { seenAt }),
    // A scan that nobody works on has no rate.
    ...(rate > 0 && (ended || alive) ? { filesPerSecond: rounded(rate) } : {}),
    ...(eta === undefined ? {} : { etaSeconds: Math.round(eta) }),
  };
}

function rateOf(
  { createdAt, endedAt }: KeptScan,
  {
    counts,
    jobs,
    workers,
    seenAt,
    ended,
  }: {
    counts: ScanCounts;
    jobs: JobCounts;
    workers: readonly WorkerCounts[];
    seenAt: string | undefined;
    ended: boolean;
  },
  now: Date,
): number {
  if (ended || jobs.jobs === 0) {
    // Of one that was cancelled long after it had stopped: up to when something was done.
    const until = [endedAt ?? now.toISOString(), seenAt ?? ''].filter((one) => one !== '').sort()[0];
    return perSecond(counts.files, Date.parse(createdAt), Date.parse(until ?? createdAt));
  }
  const recent = workers.reduce((sum, { filesSince }) => sum + filesSince, 0);
  return perSecond(recent, sinceOf(createdAt, now), now.getTime());
}

/** A scan that is younger than ten minutes has a rate of its whole life. */
const sinceOf = (createdAt: string, now: Date): number =>
  Math.max(Date.parse(createdAt), now.getTime() - RECENT_MILLIS);

/** A worker, as it is told: its rate is that of the last ten minutes, as long as the scan goes on. */
export function workerTold(
  { name, jobsDone, filesDone, filesSince, holds, seenAt }: WorkerCounts,
  { createdAt }: KeptScan,
  now: Date,
) {
  const filesPerSecond = rounded(perSecond(filesSince, sinceOf(createdAt, now), now.getTime()));
  return { name, jobs: jobsDone, files: filesDone, filesPerSecond, holds, ...(seenAt && { seenAt }) };
}

const perSecond = (files: number, from: number, until: number): number =>
  files === 0 ? 0 : files / Math.max(1, (until - from) / 1_000);

const rounded = (rate: number): number => Math.round(rate * 10) / 10;
