import type { DatabaseScan, JobCounts, ScanCounts, WorkerCounts } from '../../storage/scans/scans.js';

/** Period of the rate: recent minutes predict the remaining time better than the whole run. */
const RECENT_MILLIS = 10 * 60_000;
/**
 * Time without records after which a scan counts as stopped. Records are normally written every few seconds, but one
 * large file may take minutes.
 */
const SILENT_MILLIS = 5 * 60_000;

export const recentSince = (now: Date): string => new Date(now.getTime() - RECENT_MILLIS).toISOString();

/** Progress of a scan stored in the database. */
export interface ScanProgress {
  /**
   * `false` if no record was written for minutes: the scan was killed or no worker takes its jobs. Absent once the scan
   * has ended.
   */
  alive?: boolean;
  /** Time of the last record, accurate to a few seconds. */
  seenAt?: string;
  /**
   * Rate of the last ten minutes for distributed scans, otherwise since the start. Absent if nothing was done in that
   * time.
   */
  filesPerSecond?: number;
  /** Present once all files have been found and work continues. */
  etaSeconds?: number;
}

export function progressOf(
  scan: DatabaseScan,
  { counts, jobs, workers }: { counts: ScanCounts; jobs: JobCounts; workers: readonly WorkerCounts[] },
  now: Date,
): ScanProgress {
  const ended = scan.status === 'done' || scan.status === 'cancelled';
  const seenAt = [scan.seenAt ?? '', ...workers.map((one) => one.seenAt ?? '')].sort().at(-1) || undefined;
  const alive = Date.parse(seenAt ?? scan.createdAt) > now.getTime() - SILENT_MILLIS;
  const rate = rateOf(scan, { counts, jobs, workers, seenAt, ended }, now);
  const left = jobs.files - jobs.filesDone - jobs.filesCancelled;
  const eta = scan.status === 'running' && alive && jobs.jobs > 0 && rate > 0 ? left / rate : undefined;
  return {
    ...(ended ? {} : { alive }),
    ...(seenAt === undefined ? {} : { seenAt }),
    // A scan without activity has no rate.
    ...(rate > 0 && (ended || alive) ? { filesPerSecond: roundRate(rate) } : {}),
    ...(eta === undefined ? {} : { etaSeconds: Math.round(eta) }),
  };
}

function rateOf(
  { createdAt, endedAt }: DatabaseScan,
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
    // If a scan was cancelled long after it had stopped, the rate covers the time until the last record.
    const until = [endedAt ?? now.toISOString(), seenAt ?? ''].filter((one) => one !== '').sort()[0];
    return perSecond(counts.files, Date.parse(createdAt), Date.parse(until ?? createdAt));
  }
  const recent = workers.reduce((sum, { filesSince }) => sum + filesSince, 0);
  return perSecond(recent, rateStart(createdAt, now), now.getTime());
}

/** The rate of a scan younger than ten minutes covers its whole life. */
const rateStart = (createdAt: string, now: Date): number =>
  Math.max(Date.parse(createdAt), now.getTime() - RECENT_MILLIS);

/** Returns a worker with its rate over the last ten minutes while the scan is running. */
export function workerView(
  { name, jobsDone, filesDone, filesSince, holds, seenAt }: WorkerCounts,
  { createdAt }: DatabaseScan,
  now: Date,
) {
  const filesPerSecond = roundRate(perSecond(filesSince, rateStart(createdAt, now), now.getTime()));
  return { name, jobs: jobsDone, files: filesDone, filesPerSecond, holds, ...(seenAt && { seenAt }) };
}

const perSecond = (files: number, from: number, until: number): number =>
  files === 0 ? 0 : files / Math.max(1, (until - from) / 1_000);

const roundRate = (rate: number): number => Math.round(rate * 10) / 10;
