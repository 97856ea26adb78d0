import { expect, it } from 'vitest';
import { IndexedEntries, type IndexedRow, IndexSearch } from '../../../src/service/matches/index.js';
import type { SearchAnswer, SearchOptions } from '../../../src/service/matches/matcher.js';
import { type KindQuery, kindQueryOf, resolveSearchOptions } from '../../../src/service/matches/query.js';
import { asking, BYTES, bits, made, off, shelfOf } from './fingerprints.js';

const MEGABYTE = 1024 ** 2;
const row = (id: number, shelf: Uint8Array, more: Partial<IndexedRow> = {}): IndexedRow => ({
  ...{ id, shelf, tenant: 'desk', gone: false, kind: 'picture', frames: 1 },
  ...more,
});
const gone = (id: number, tenant = 'desk'): IndexedRow => row(id, new Uint8Array(), { gone: true, tenant });

function search(
  held: IndexedEntries,
  like: ReturnType<typeof asking>,
  options: SearchOptions = {},
  tenant = 'desk',
): SearchAnswer {
  const one = new IndexSearch(held, tenant, [kindQueryOf(like) as KindQuery], resolveSearchOptions(options));
  while (!one.step());
  const { answer } = one;
  one.end();
  return answer;
}

/** Finds matches by counting bits over all pictures. */
function brute(rows: readonly IndexedRow[], query: Uint8Array, most = 60) {
  return rows
    .map(({ id, shelf }) => {
      const distances = Array.from({ length: shelf.length / BYTES }, (_none, at) =>
        bits(query, shelf.subarray(at * BYTES, (at + 1) * BYTES)),
      );
      return { id, distance: Math.min(...distances) };
    })
    .filter(({ distance }) => distance <= most)
    .sort((one, other) => one.distance - other.distance || one.id - other.id);
}

it('finds what a plain count finds, while rows come, go, change and are moved together', () => {
  const held = new IndexedEntries(64 * MEGABYTE);
  const rows = new Map<number, IndexedRow>();
  const put = (one: IndexedRow): void => {
    held.put([one]);
    if (one.gone) rows.delete(one.id);
    else rows.set(one.id, one);
  };
  const targets = Array.from({ length: 5 }, (_none, at) => made(`asked for ${at}`));
  // Few enough for a plain count, with all numbers of hashes that pictures have, and some near ones.
  for (let id = 1; id <= 600; id += 1) {
    const shelf = shelfOf(`row ${id}`, 1 + (id % 18));
    const target = targets[id % 7];
    if (target !== undefined) shelf.set(off(target, id % 70), (id % (1 + (id % 18))) * BYTES);
    put(row(id, shelf));
    // Rows of another tenant, which must never be found.
    held.put([row(10_000 + id, Buffer.concat([targets[id % 5] ?? made('')]), { tenant: 'other' })]);
  }
  const same = (): void => {
    for (const target of targets) {
      const { near, searched, more } = search(held, asking('picture', [target]), { limit: 1_000 });
      expect(near.map(({ id, distance }) => ({ id, distance }))).toEqual(brute([...rows.values()], target));
      expect({ searched, more }).toEqual({ searched: rows.size, more: false });
    }
  };
  same();
  const before = held.counts.bytes;
  for (let id = 1; id <= 600; id += 1) if (id % 3 !== 0) put(gone(id, id % 2 === 0 ? 'desk' : ''));
  same();
  expect(held.counts.bytes).toBeLessThan(before);
  for (let id = 3; id <= 300; id += 3) put(row(id, shelfOf(`another ${id}`, 17)));
  put(row(7, Buffer.concat([off(targets[0] ?? made(''), 12)])));
  same();
  for (const id of [...rows.keys()]) put(gone(id));
  same();
  expect(search(held, asking('picture', [targets[0] ?? made('')]), {}, 'other').searched).toBe(600);
});

it('says by which turn and part a picture is near, the plainest where several are as near', () => {
  const held = new IndexedEntries(MEGABYTE);
  const shelf = shelfOf('kept');
  held.put([row(1, shelf)]);
  const whole = shelf.subarray(0, BYTES);
  const cut = shelf.subarray(4 * BYTES, 5 * BYTES);
  const strange = made('strange');
  const one = (views: Uint8Array[]) => search(held, asking('picture', views)).near;

  expect(one([off(whole, 31)])).toEqual([{ id: 1, kind: 'picture', distance: 31, tier: 'same' }]);
  expect(one([off(whole, 32)])).toEqual([{ id: 1, kind: 'picture', distance: 32, tier: 'similar' }]);
  expect(one([cut])).toEqual([{ id: 1, kind: 'picture', distance: 0, tier: 'same', part: 'cut' }]);
  expect(one([strange, whole])).toEqual([
    { id: 1, kind: 'picture', distance: 0, tier: 'same', part: 'content' },
  ]);
  expect(one([cut, whole])).toEqual([{ id: 1, kind: 'picture', distance: 0, tier: 'same', part: 'cut' }]);
  const turned = asking('picture', [strange]);
  turned.query.set(off(whole, 5), 5 * BYTES);
  expect(search(held, turned).near).toEqual([
    { id: 1, kind: 'picture', distance: 5, tier: 'same', orientation: 'mirrored' },
  ]);
  expect(one([off(whole, 61)])).toEqual([]);
  expect(search(held, asking('picture', [whole]), { without: [1] }).near).toEqual([]);
});

it('tells the nearest of very many, and that there are more', () => {
  const held = new IndexedEntries(64 * MEGABYTE);
  const target = made('everywhere');
  const rows = Array.from({ length: 9_000 }, (_none, at) =>
    row(at + 1, at % 2 === 0 ? off(target, 40 - (at % 40)) : made(`else ${at}`)),
  );
  held.put(rows);
  const { near, more } = search(held, asking('picture', [target]), { limit: 100 });
  expect(near.map(({ id, distance }) => ({ id, distance }))).toEqual(brute(rows, target).slice(0, 100));
  expect(more).toBe(true);
});

it('holds no more than it may, and counts what it does not hold or cannot search', () => {
  const held = new IndexedEntries(MEGABYTE);
  const target = made('the last');
  held.put(Array.from({ length: 3_000 }, (_none, at) => row(at, shelfOf(`row ${at}`))));
  held.put([
    row(5_000, Buffer.concat([target, shelfOf('rest')])),
    row(5_001, new Uint8Array()),
    row(5_002, target.subarray(1)),
  ]);
  const { searched, notSearchable, near } = search(held, asking('picture', [target]));
  expect(near).toEqual([]);
  expect(searched).toBe(Math.floor(MEGABYTE / 17 / BYTES));
  expect(searched + notSearchable).toBe(3_003);
  expect(held.counts.notHeld).toBe(3_003 - 2 - searched);
  // A removed row no longer counts, and its memory is reused.
  held.put(Array.from({ length: 2_000 }, (_none, at) => gone(at)));
  held.put([row(6_000, target, { tenant: 'other' })]);
  expect(search(held, asking('picture', [target])).notSearchable).toBe(1_003);
  expect(search(held, asking('picture', [target]), {}, 'other').near).toHaveLength(1);
});

it('finds a video by the share of its frames, on either side', () => {
  const held = new IndexedEntries(MEGABYTE);
  const frames = Array.from({ length: 40 }, (_none, at) => made(`frame ${at}`));
  const film = Buffer.concat(frames.map((frame, at) => Buffer.concat([frame, made(`cut ${at}`)])));
  held.put([row(1, film, { kind: 'video', frames: 40 })]);
  const ask = (some: Uint8Array[]) => search(held, asking('video', some, some.length)).near;
  const strange = Array.from({ length: 60 }, (_none, at) => made(`strange ${at}`));

  expect(ask(frames.slice(10, 16).map((frame) => off(frame, 8)))).toEqual([
    { id: 1, kind: 'video', distance: 8, tier: 'same', frames: { matched: 6, of: 6, ofStored: 40 } },
  ]);
  expect(ask([...strange, ...frames.slice(0, 20)])).toMatchObject([
    { id: 1, frames: { matched: 20, of: 80, ofStored: 40 } },
  ]);
  expect(ask([...strange, ...frames.slice(0, 19)])).toEqual([]);
  expect(ask([frames[0] ?? made(''), ...strange.slice(0, 1)])).toEqual([]);
  expect(ask([off(made('cut 3'), 40), off(made('cut 4'), 40)])).toMatchObject([
    { distance: 40, tier: 'similar', part: 'cut' },
  ]);
});

it('finds a sound wherever it lies in another, by the share of its bits', () => {
  const held = new IndexedEntries(MEGABYTE);
  const song = shelfOf('song', 100);
  held.put([row(1, song, { kind: 'sound' }), row(2, shelfOf('other song', 100), { kind: 'sound' })]);
  const ask = (query: Uint8Array) =>
    search(held, { ...asking('sound', []), kind: 'sound', query }).near.map(({ id, distance }) => [
      id,
      distance,
    ]);
  // Flips every n-th bit.
  const worse = (bytes: Uint8Array, every: number): Uint8Array =>
    bytes.map((byte, at) => {
      let turned = byte;
      for (let bit = 0; bit < 8; bit += 1) if ((at * 8 + bit) % every === 0) turned ^= 1 << bit;
      return turned;
    });

  expect(ask(song)).toEqual([[1, 0]]);
  for (const from of [0, 1, 5, 13, 300])
    expect(ask(worse(song.subarray(from * 4, (from + 160) * 4), 10))).toEqual([[1, 26]]);
  expect(ask(worse(song.subarray(1_200, 2_000), 4))).toEqual([]);
  // The query is longer than the stored fingerprint, which lies within it.
  expect(ask(Buffer.concat([shelfOf('before', 9), new Uint8Array(4), song, made('after')]))).toEqual([
    [1, 0],
  ]);
});

it('says nothing of a part where the wholes are the same picture, though the part is nearer', () => {
  const held = new IndexedEntries(MEGABYTE);
  const target = made('asked for');
  held.put([
    row(1, Buffer.concat([off(target, 20), off(target, 8)])),
    row(2, Buffer.concat([off(target, 40), off(target, 8)])),
  ]);
  const { near } = search(held, asking('picture', [target]));
  expect(near.map(({ id, distance, part }) => [id, distance, part])).toEqual([
    [1, 8, undefined],
    [2, 8, 'cut'],
  ]);
});
