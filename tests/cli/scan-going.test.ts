import { describe, expect, it } from 'vitest';
import { progressOf, workerView } from '../../src/cli/scan/scan-status.js';
import type { DatabaseScan, WorkerCounts } from '../../src/storage/scans/scans.js';

const NOW = new Date('2026-05-01T12:00:00.000Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString();
const COUNTS = {
  files: 6_000,
  bytes: 0,
  gone: 0,
  errors: 0,
  notFetched: 0,
  origins: {},
  presences: {},
  integrity: {},
};
const NOT_BACK = { handedBack: 0, handedBackTimes: 0, handedBackFor: [] };
const NO_JOBS = { jobs: 0, jobsDone: 0, files: 0, filesDone: 0, filesCancelled: 0, ...NOT_BACK };
const scan = (more: Partial<DatabaseScan>): DatabaseScan => ({
  number: 1,
  id: 'a',
  tenant: 'local',
  run: 1,
  createdAt: ago(100),
  status: 'running',
  header: '',
  ...more,
});
const worker = (more: Partial<WorkerCounts>): WorkerCounts => ({
  name: 'one:1',
  jobsDone: 9,
  filesDone: 4_500,
  filesSince: 3_000,
  holds: 1,
  seenAt: ago(1),
  ...more,
});

describe('how a kept scan goes', () => {
  it('has the rate of its workers, and a time that is left once all is found', () => {
    const jobs = { jobs: 40, jobsDone: 18, files: 20_000, filesDone: 9_000, filesCancelled: 0, ...NOT_BACK };
    const workers = [worker({}), worker({ name: 'two:1' })];
    const asked = { counts: COUNTS, jobs, workers };
    expect(progressOf(scan({}), asked, NOW)).toEqual({
      alive: true,
      seenAt: ago(1),
      filesPerSecond: 10,
      etaSeconds: 1_100,
    });
    expect(progressOf(scan({ status: 'listing' }), asked, NOW)).not.toHaveProperty('etaSeconds');
    expect(workerView(worker({}), scan({}), NOW)).toMatchObject({
      files: 4_500,
      filesPerSecond: 5,
      holds: 1,
    });
  });

  it('that was killed is told by its silence, and has neither rate nor time', () => {
    const killed = { counts: COUNTS, jobs: NO_JOBS, workers: [] };
    const seenAt = ago(20);
    expect(progressOf(scan({ status: 'listing', seenAt }), killed, NOW)).toEqual({ alive: false, seenAt });
    const jobs = { jobs: 40, jobsDone: 18, files: 20_000, filesDone: 9_000, filesCancelled: 0, ...NOT_BACK };
    const dead = { counts: COUNTS, jobs, workers: [worker({ seenAt, filesSince: 0 })] };
    expect(progressOf(scan({ seenAt }), dead, NOW)).toEqual({ alive: false, seenAt });
  });

  it('that was cancelled is as fast as it was while it was worked on', () => {
    const asked = { counts: COUNTS, jobs: NO_JOBS, workers: [] };
    const kept = scan({ status: 'cancelled', seenAt: ago(90), endedAt: ago(1) });
    expect(progressOf(kept, asked, NOW)).toEqual({ seenAt: ago(90), filesPerSecond: 10 });
    expect(progressOf(scan({ status: 'done', endedAt: ago(50) }), asked, NOW)).toEqual({ filesPerSecond: 2 });
  });
});
