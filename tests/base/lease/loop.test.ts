import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { type Lease, LeasedLoop } from '../../../src/base/lease/loop.js';

const MINUTE_MILLIS = 60_000;

/** Starts a loop over jobs in a list; the test decides how long each takes. */
function looping({
  places = 2,
  leaseMillis = MINUTE_MILLIS,
  extend = async (_job: string) => true,
  upkeep = async () => {},
  settling = async () => {},
} = {}) {
  const waiting: string[] = [];
  const open = new Map<string, { lease: Lease; end(ending: string): void; fall(error: Error): void }>();
  const settled: [job: string, ending: string][] = [];
  const told: unknown[] = [];
  const asked: number[] = [];
  class Loop extends LeasedLoop<string, string> {
    protected override upkeep = upkeep;
    protected override renewLease = extend;
    protected async claim(free: number) {
      asked.push(free);
      return waiting.splice(0, free);
    }
    protected perform(job: string, lease: Lease) {
      return new Promise<string>((end, fall) => open.set(job, { lease, end, fall })).finally(() =>
        open.delete(job),
      );
    }
    protected async settle(job: string, ending: string) {
      await settling();
      settled.push([job, ending]);
    }
    protected override abandonedEnding = () => 'left';
    protected reportError(error: unknown) {
      told.push(error);
    }
  }
  const loop = new Loop({ slots: places, leaseMillis, idleMillis: MINUTE_MILLIS });
  onTestFinished(() => loop.stop(0));
  const begun = (job: string) => expect.poll(() => [...open.keys()]).toContain(job);
  return { loop, waiting, open, settled, told, asked, begun };
}

it('holds no more than it has places for, and asks again as soon as one is free', async () => {
  const { loop, waiting, open, settled, asked, begun } = looping();
  waiting.push('a', 'b', 'c');
  loop.start();
  await begun('b');
  loop.wake();
  await delay(1);
  expect([...open.keys()]).toEqual(['a', 'b']);
  expect(asked).toEqual([2]);
  open.get('a')?.end('done');
  await begun('c');
  expect([...open.keys()]).toEqual(['b', 'c']);
  expect(settled).toEqual([['a', 'done']]);
});

it('goes on with its upkeep while every place is taken', async () => {
  let kept = 0;
  const { loop, waiting, begun } = looping({
    places: 1,
    upkeep: async () => {
      kept += 1;
    },
  });
  waiting.push('a');
  loop.start();
  await begun('a');
  const before = kept;
  loop.wake();
  await expect.poll(() => kept).toBeGreaterThan(before);
});

it('is told where its lease was lost, and settles nothing then', async () => {
  const { loop, waiting, open, settled, begun } = looping({ leaseMillis: 30, extend: async () => false });
  waiting.push('a');
  loop.start();
  await begun('a');
  const { lease, end } = open.get('a') ?? expect.fail();
  await expect.poll(() => lease.lost.aborted).toBe(true);
  end('done');
  await expect.poll(() => loop.activeJobs.size).toBe(0);
  expect(settled).toEqual([]);
});

it('prolongs a lease for as long as it is kept, and no longer', async () => {
  const extended: string[] = [];
  const { loop, waiting, open, begun } = looping({
    leaseMillis: 6,
    extend: async (job) => {
      extended.push(job);
      return true;
    },
  });
  waiting.push('kept', 'hangs');
  loop.start();
  await begun('hangs');
  open.get('hangs')?.lease.extend(0);
  const before = extended.filter((job) => job === 'hangs').length;
  await expect.poll(() => extended.filter((job) => job === 'kept').length).toBeGreaterThan(before + 3);
  expect(extended.filter((job) => job === 'hangs')).toHaveLength(before);
});

it('settles again what could not be settled, in its place, and tells of it once', async () => {
  let tries = 0;
  const { loop, waiting, open, told, begun } = looping({
    places: 1,
    settling: async () => {
      tries += 1;
      if (tries < 3) throw new Error('away');
    },
  });
  waiting.push('a', 'b');
  loop.start();
  await begun('a');
  open.get('a')?.end('done');
  await expect.poll(() => tries).toBe(1);
  expect(open.size).toBe(0);
  await expect.poll(() => open.has('b'), { timeout: 10_000 }).toBe(true);
  expect(tries).toBe(3);
  expect(told).toEqual([new Error('away')]);
});

it('leaves what fell to its lease, and goes on', async () => {
  const { loop, waiting, open, settled, told, begun } = looping({ places: 1 });
  waiting.push('a', 'b');
  loop.start();
  await begun('a');
  open.get('a')?.fall(new Error('fell'));
  await begun('b');
  expect(told).toEqual([new Error('fell')]);
  expect(settled).toEqual([]);
});

it('claims nothing more once it is to stop, and settles what comes to its end in time, and the rest as it is told', async () => {
  const { loop, waiting, open, settled, begun } = looping();
  waiting.push('a', 'b', 'c');
  loop.start();
  await begun('b');
  const { lease, end } = open.get('b') ?? expect.fail();
  const stopped = loop.stop(100);
  expect(loop.stopSignal.aborted).toBe(true);
  open.get('a')?.end('done');
  await stopped;
  expect(lease.lost.aborted).toBe(true);
  end('too late');
  await delay(1);
  expect(settled).toEqual([
    ['a', 'done'],
    ['b', 'left'],
  ]);
  expect(waiting).toEqual(['c']);
});

it('waits for what it holds where nothing else is said', async () => {
  const { loop, waiting, open, settled, begun } = looping();
  waiting.push('a');
  loop.start();
  await begun('a');
  const stopped = loop.stop();
  open.get('a')?.end('broken off');
  await stopped;
  expect(settled).toEqual([['a', 'broken off']]);
});

it('asks again at once where it was woken while it asked', async () => {
  const { loop, asked } = looping({
    upkeep: async () => {
      if (asked.length === 0) loop.wake();
    },
  });
  loop.start();
  await expect.poll(() => asked.length).toBe(2);
});
