import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sha256Base64, sha256Hex } from '../../src/base/digest.js';
import { ResultsIndex, type StateRow } from '../../src/scan/results/state.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-index-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const digest = (of: number): string => createHash('sha256').update(String(of)).digest('hex');
const rowOf = (number: number, more: Partial<StateRow> = {}): StateRow => ({
  ...{ path: `/archive/${number % 3}/${number}.jpg`, bytes: 100 + number, modified: 1.7e12 + number },
  ...{
    in: 'results',
    offset: number * 2_000,
    length: 1_999,
    run: 1,
    readIn: 1,
    outcome: 'plain',
    sidecars: '',
  },
  sha256: digest(number),
  ...more,
});
const kept = ({ sha256: _, ...row }: StateRow) => row;

describe('rows of an index that its database does not have yet', () => {
  it('are found as those that it has, and are those that it gets', () => {
    const path = join(folder, 'a.state');
    const state = ResultsIndex.open(path, 'scan', () => false);
    const rows = Array.from({ length: 40 }, (_, number) => rowOf(number));
    for (const row of rows.slice(0, 20)) state.put(row, true);
    state.commit();
    for (const row of rows.slice(20)) state.put(row, true);
    // A row twice in one call, and one that the database already has.
    const [again, known] = [rowOf(30, { offset: 7, outcome: 'signed' }), rowOf(3, { bytes: 5, in: 'delta' })];
    state.put(again, false);
    state.put(known, false);
    const now = rows.map((row) => [again, known].find(({ path }) => path === row.path) ?? row);
    const all = () => now.map(({ path }) => state.find(path));
    expect(all()).toEqual(now.map(kept));
    expect(rows.map(({ sha256 = '' }) => state.findContent(sha256))).toEqual(rows.map(({ path }) => path));
    expect([
      state.findContent(digest(99)),
      state.hasSize(139),
      state.hasSize(100),
      state.hasSize(99),
    ]).toEqual([undefined, true, true, false]);
    state.drop(rows[39]?.path ?? '');
    expect([state.find(rows[39]?.path ?? ''), state.find('/archive/0/none')]).toEqual([undefined, undefined]);
    now.pop();
    expect([...state.existingPositions(() => true)]).toHaveLength(39);
    state.commit();
    expect(all()).toEqual(now.map(kept));
    expect(rows.map(({ sha256 = '' }) => state.findContent(sha256))).toEqual(rows.map(({ path }) => path));
    state.close();

    const later = ResultsIndex.open(path, 'scan', () => true);
    expect(now.map((row) => later.find(row.path))).toEqual(now.map(kept));
    expect(later.find(rows[39]?.path ?? '')).toBeUndefined();
    // Contents are indexed per run.
    expect(later.findContent(digest(1))).toBeUndefined();
    later.close();
  });

  it('are by names that are no UTF-8 too', () => {
    const state = ResultsIndex.open(join(folder, 'b.state'), 'scan', () => false);
    const row = rowOf(1, { path: '/archive/\udce9.jpg' });
    state.put(row, true);
    for (const flush of [() => undefined, () => state.commit()]) {
      flush();
      expect([state.find(row.path), state.findContent(digest(1))]).toEqual([kept(row), row.path]);
      expect(state.find('/archive/\udce8.jpg')).toBeUndefined();
    }
    state.close();
  });
});

describe('a digest', () => {
  it.each(['', 'a', 'ü', Buffer.from([0xe9, 0])])('is the SHA-256 of %o', (of) => {
    const hash = () => createHash('sha256').update(of);
    expect([sha256Hex(of), sha256Base64(of)]).toEqual([hash().digest('hex'), hash().digest('base64')]);
  });
});
