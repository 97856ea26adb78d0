import { expect, it, onTestFinished } from 'vitest';
import type { IndexableRow } from '../../../src/matching/indexed-row.js';
import {
  MatchError,
  type MatcherOptions,
  openMatcher,
} from '../../../src/service/matches/in-process-matcher.js';
import { IndexThread } from '../../../src/service/matches/index-thread.js';
import { matchLimits } from '../../../src/service/matches/match-limits.js';
import { ThreadedMatcher } from '../../../src/service/matches/open-matcher.js';
import type { FingerprintSource } from '../../../src/service/matches/source.js';
import { asking, made, off, shelfOf } from './fingerprints.js';

/** In-memory fingerprint source: the last row put comes last, and removed rows are forgotten. */
class Rows implements FingerprintSource {
  #rows: IndexableRow[] = [];
  #seq = 0;
  #floor = 0;
  asked = 0;
  fails = false;

  put(id: number, shelf: Uint8Array, more: Partial<IndexableRow> = {}): void {
    this.#seq += 1;
    this.#rows = this.#rows.filter((row) => row.id !== id);
    const row = {
      id,
      tenant: 'desk',
      gone: false,
      kind: 'picture',
      frames: 1,
      shelf,
      watched: false,
    } as const;
    this.#rows.push({ seq: this.#seq, ...row, ...more });
  }

  remove(id: number): void {
    this.put(id, new Uint8Array(), { gone: true });
  }

  forget(): void {
    this.#rows = this.#rows.filter(({ gone }) => !gone);
    this.#floor = this.#seq;
  }

  async follow(after: number, limit: number): Promise<IndexableRow[]> {
    this.asked += 1;
    if (this.fails) throw new Error('away');
    return this.#rows.filter(({ seq }) => seq > after).slice(0, limit);
  }

  async floor(): Promise<number> {
    return this.#floor;
  }
}

/** Opens a matcher whose threads are stopped after the test. */
function opened(rows: FingerprintSource, options: Partial<MatcherOptions> = {}) {
  const faults: Error[] = [];
  const threads: IndexThread[] = [];
  const all = { threads: 2, onFault: (error: Error) => faults.push(error), ...options };
  const seen = new ThreadedMatcher(rows, all, (mostBytes) => {
    const thread = new IndexThread(mostBytes);
    threads.push(thread);
    return thread;
  });
  onTestFinished(() => seen.close());
  return { seen, faults, threads };
}

const idsOf = (near: { id: number }[]): number[] => near.map(({ id }) => id);

it('follows what is put, changed and removed, and joins what its threads find', async () => {
  const rows = new Rows();
  const target = made('target');
  for (let id = 1; id <= 900; id += 1) rows.put(id, shelfOf(`row ${id}`));
  for (let id = 1; id <= 40; id += 1) rows.put(id, Buffer.concat([made(`whole ${id}`), off(target, id)]));
  rows.put(1_000, target, { tenant: 'other' });
  rows.put(1_001, new Uint8Array());
  const { seen } = opened(rows);
  const ask = (limit?: number) =>
    seen.search('desk', [asking('picture', [target])], limit === undefined ? {} : { limit });

  const all = await ask();
  expect(idsOf(all.near)).toEqual(Array.from({ length: 40 }, (_none, at) => at + 1));
  expect(all).toMatchObject({ searched: 900, notSearchable: 1, more: false });
  expect(await ask(5)).toMatchObject({ near: [{ id: 1 }, {}, {}, {}, { id: 5 }], more: true });
  expect(await seen.search('nobody', [asking('picture', [target])])).toEqual({
    ...{ near: [], searched: 0, notSearchable: 0, more: false },
  });

  rows.put(2_000, target);
  for (let id = 1; id <= 30; id += 1) rows.remove(id);
  rows.put(31, shelfOf('changed'));
  // Concurrent searches see some or all of it.
  await Promise.all([seen.refresh(), ask(), ask()]);
  expect(idsOf((await ask()).near)).toEqual([2_000, 32, 33, 34, 35, 36, 37, 38, 39, 40]);
  expect((await ask()).searched).toBe(871);
  expect(seen.lag).toMatchObject({ loaded: true, indexed: 872, notIndexed: 0 });
});

it('goes on after an answer that has fewer rows than it asked for, however small', async () => {
  const rows = new Rows();
  for (let id = 1; id <= 60; id += 1) rows.put(id, shelfOf(`row ${id}`));
  const few = { follow: (after: number) => rows.follow(after, 7) };
  const { seen } = opened(few);
  expect(await seen.search('desk', [asking('picture', [made('target')])])).toMatchObject({ searched: 60 });
  for (let id = 61; id <= 90; id += 1) rows.put(id, shelfOf(`row ${id}`));
  await seen.refresh();
  expect(seen.lag.indexed).toBe(90);
});

it('loads anew where removed rows were forgotten before it heard of them', async () => {
  const rows = new Rows();
  for (let id = 1; id <= 50; id += 1) rows.put(id, off(made('target'), 3));
  const { seen, threads, faults } = opened(rows);
  await seen.refresh();
  for (let id = 1; id <= 45; id += 1) rows.remove(id);
  rows.forget();
  await seen.refresh();
  const { near, searched } = await seen.search('desk', [asking('picture', [made('target')])]);
  expect(idsOf(near)).toEqual([46, 47, 48, 49, 50]);
  expect(searched).toBe(5);
  expect({ started: threads.length, faults }).toEqual({ started: 4, faults: [] });
});

it('begins a thread that ended anew; whoever searches meanwhile waits and hears of all rows', async () => {
  const rows = new Rows();
  for (let id = 1; id <= 200; id += 1) rows.put(id, off(made('target'), id % 30));
  const { seen, threads, faults } = opened(rows);
  await seen.refresh();
  const asked = Array.from({ length: 5 }, () =>
    seen.search('desk', [asking('picture', [made('target')])], { limit: 1_000 }),
  );
  await threads[1]?.end();
  for (const { near, searched } of await Promise.all(asked))
    expect([near.length, searched]).toEqual([200, 200]);
  expect(faults).toHaveLength(1);
  expect(threads).toHaveLength(3);
});

it('goes on with what it holds while the source is away, and takes the rest when it is back', async () => {
  const rows = new Rows();
  rows.put(1, made('target'));
  const { seen, faults } = opened(rows);
  const ask = async () => idsOf((await seen.search('desk', [asking('picture', [made('target')])])).near);
  expect(await ask()).toEqual([1]);
  rows.fails = true;
  rows.put(2, made('target'));
  await expect(seen.refresh()).rejects.toThrow('away');
  expect(faults).toHaveLength(1);
  expect(await ask()).toEqual([1]);
  rows.fails = false;
  await seen.refresh();
  expect(await ask()).toEqual([1, 2]);
});

it('ends a search that waits too long, or among too many, with a code of its own', async () => {
  const never = { follow: () => new Promise<never>(() => undefined) };
  const seen = await openMatcher(never, { threads: 1, deadlineMillis: 50, onFault: () => undefined });
  const ask = () => seen.search('desk', [asking('picture', [made('target')])]);
  await expect(ask()).rejects.toMatchObject({ code: 'fingerprint.notLoaded' });

  const rows = new Rows();
  for (let id = 1; id <= 2_000; id += 1) rows.put(id, shelfOf(`row ${id}`));
  const { seen: other } = opened(rows, { threads: 1 });
  await other.refresh();
  const many = await Promise.allSettled(
    Array.from({ length: matchLimits.waitingOfTenant + 10 }, () =>
      other.search('desk', [asking('picture', [made('target')])]),
    ),
  );
  const refused = many.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  // One search runs, the others wait.
  expect(refused).toHaveLength(9);
  for (const error of refused) expect(error).toMatchObject({ code: 'fingerprint.busy' });
  const last = other.search('desk', [asking('picture', [made('target')])]);
  const closed = other.close();
  await expect(last).rejects.toBeInstanceOf(MatchError);
  await closed;
  await expect(other.refresh()).rejects.toMatchObject({ code: 'fingerprint.ended' });
});

it('does not ask with what is no fingerprint', async () => {
  const { seen } = opened(new Rows());
  const broken = { ...asking('picture', [made('one')]), query: new Uint8Array(33) };
  await expect(seen.search('desk', [broken])).rejects.toThrow(RangeError);
  await expect(seen.search('desk', [])).rejects.toThrow(RangeError);
});
