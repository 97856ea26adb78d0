import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { deltaPath, isDeadLine, type RecordChange, recordChangesIn } from '../../src/scan/lines/delta.js';
import { readRecords } from '../../src/scan/lines/latest-records.js';
import type { Header } from '../../src/scan/records/header.js';
import type { ScanRecord } from '../../src/scan/records/record.js';
import { tallyOf } from '../../src/scan/records/tally.js';
import { FileResults, type FileResultsOptions } from '../../src/scan/results/file-results.js';
import { compactResults } from '../../src/scan/results/merge.js';
import type { Entry } from '../../src/scan/sources/entry.js';
import { toldNothingStated } from '../http/shell-report.js';
import { memoryFolder } from '../support/memory-folder.js';
import { scanned } from './scanned.js';

/** Resuming complete results: what it writes, and the state that a kill at any moment leaves. */
const folders: string[] = [];
let folder = '';
let out = '';
beforeEach(() => {
  folder = mkdtempSync(join(memoryFolder(), 'assay-resume-'));
  folders.push(folder);
  out = join(folder, 'results.ndjson');
});
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

const PLAIN: Omit<ScanRecord, 'path' | 'modified' | 'asset'> = {
  schema: 'assay.scan-record/1',
  summary: {
    ...toldNothingStated(),
    origin: 'none',
    // Lines of real records have about a kilobyte.
    sentence: 'The file declares nothing of its origin. '.repeat(20),
    coverage: { state: 'complete', unread: [] },
  },
  contentCredentials: { presence: 'absent' },
  signals: [],
  contradictions: [],
  findings: [],
  reads: {},
};

/** Returns a file of this size with its record; the size counts its changes. */
function file(path: string, bytes: number): Entry & { record: ScanRecord } {
  const modified = 1_700_000_000_000 + bytes;
  const record = {
    ...PLAIN,
    path,
    modified: new Date(modified).toISOString(),
    asset: { name: path, bytes, sha256: 'a'.repeat(64), mediaType: 'image/png', kind: 'image' as const },
  };
  return { path, bytes, modified, record, open: async () => ({ local: path, close: async () => {} }) };
}

type Tree = Readonly<Record<string, number>>;

const header = (run: number): Header => ({
  schema: 'assay.scan/1',
  scan: 'a',
  run,
  begun: '2026-11-25T00:00:00Z',
  asOf: '2026-11-25',
  asOfSource: 'requested',
  sources: [],
  options: {},
  versions: { assay: '', engines: [], lists: [], rulebooks: [] },
});
const SUMMARY = { schema: 'assay.scan-summary/1', ended: '2026-11-25T00:01:00Z', seconds: 1 } as const;
const OPTIONS = { resume: true, overwrite: false };

const open = (path: string, more: Partial<FileResultsOptions> = {}) =>
  FileResults.open({ out: path, ...OPTIONS, ...more }, 'a');

/** Runs over a tree and answers the due files; returns their paths. */
async function run(
  path: string,
  tree: Tree,
  more: Partial<FileResultsOptions> & {
    gone?: readonly string[];
    before?(results: FileResults): Promise<void>;
  } = {},
): Promise<string[]> {
  const results = await open(path, more);
  await results.begin(header(results.headers.length + 1));
  const read: string[] = [];
  for (const [name, bytes] of Object.entries(tree)) {
    const entry = file(name, bytes);
    if ((await results.due(entry)) !== 'read') continue;
    read.push(name);
    await results.write({ entry, record: entry.record });
  }
  for (const one of more.gone ?? []) results.drop(one);
  await more.before?.(results);
  await results.finish(SUMMARY);
  return read;
}

/** Returns the tree in the form that readers of the results use. */
async function readable(path: string): Promise<Tree> {
  const found: [string, number][] = [];
  for await (const record of readRecords(path))
    found.push([record.path, 'asset' in record ? record.asset.bytes : -1]);
  expect(new Set(found.map(([name]) => name)).size, 'one record a file').toBe(found.length);
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Asserts the state of the results while no run is active: one line with a path per file, and the counts. */
async function expectWhole(path: string, tree: Tree): Promise<void> {
  const text = readFileSync(path, 'utf8');
  const { records, summary } = scanned(text);
  const bySize = Object.fromEntries(records.map((one) => [one.path, 'asset' in one ? one.asset.bytes : -1]));
  expect(bySize).toEqual(tree);
  expect(records).toHaveLength(Object.keys(tree).length);
  expect(text.match(/"assay\.scan-summary\/1"/g)).toHaveLength(1);
  const tally = Object.entries(tree).map(([name, bytes]) => {
    const entry = file(name, bytes);
    return tallyOf(entry.record);
  });
  expect(summary?.tally).toEqual({
    ...tally[0],
    files: tally.length,
    bytes: Object.values(tree).reduce((sum, bytes) => sum + bytes, 0),
    unread: tally.reduce((sum, { unread }) => sum + unread, 0),
    origins: Object.fromEntries(Object.keys(tally[0]?.origins ?? {}).map((name) => [name, tally.length])),
    credentials: Object.fromEntries(
      Object.keys(tally[0]?.credentials ?? {}).map((name) => [name, tally.length]),
    ),
    integrity: Object.fromEntries(Object.keys(tally[0]?.integrity ?? {}).map((name) => [name, tally.length])),
    contradictions: tally.reduce((sum, { contradictions }) => sum + contradictions, 0),
    outcomes: summary?.tally.outcomes,
  });
  const beside = readdirSync(join(path, '..')).filter((name) => !name.endsWith('.state'));
  expect(beside).toEqual(['results.ndjson']);
  expect(await readable(path)).toEqual(tree);
}

const many = (count: number, bytes = 1): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${String(i).padStart(4, '0')}`, bytes + i]));

/** Copies a folder at each step, as a kill at that moment would leave it. */
function snapshots(): { onStep(step: string): void; taken: { step: string; out: string }[] } {
  const taken: { step: string; out: string }[] = [];
  const onStep = (step: string) => {
    const copy = mkdtempSync(join(memoryFolder(), 'assay-resume-kill-'));
    folders.push(copy);
    cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
    rmSync(join(copy, 'results.ndjson.lock'), { force: true });
    taken.push({ step, out: join(copy, 'results.ndjson') });
  };
  return { onStep, taken };
}

describe('going on with results that are whole', () => {
  it('writes what has changed, behind their end and over what no longer counts', async () => {
    await run(out, many(100));
    const before = statSync(out);
    const text = readFileSync(out, 'utf8');
    const tree = { ...many(100), f0050: 7_000, new: 3 };
    expect(await run(out, tree)).toEqual(['f0050', 'new']);
    await expectWhole(out, tree);
    const after = readFileSync(out, 'utf8');
    expect(statSync(out).ino).toBe(before.ino);
    const lines = after.split('\n');
    const changed = text.split('\n').flatMap((line, at) => (lines[at] === line ? [] : [at]));
    // The record, the summary, and the new record after it.
    expect(changed).toEqual([51, 101, 102]);
    for (const at of [51, 101]) {
      expect(isDeadLine(lines[at] ?? ''), String(at)).toBe(true);
      expect(JSON.parse(lines[at] ?? '')).toEqual({ schema: 'assay.dead/1' });
      expect(lines[at]).toHaveLength(text.split('\n')[at]?.length ?? -1);
    }
    expect(await run(out, tree)).toEqual([]);
  });

  it('tells each record before and after, at the end of a run', async () => {
    await run(out, many(5));
    const changes: RecordChange[] = [];
    await run(
      out,
      { ...many(5), f0001: 50, new: 3 },
      {
        gone: ['f0004', 'never there'],
        before: async (results) => {
          const again = file('new', 4);
          await results.writeReread({ entry: again, record: again.record }, undefined, true);
          for await (const change of recordChangesIn(out, results.headers[0]?.scan ?? ''))
            changes.push(change);
        },
      },
    );
    const sizes = (record: RecordChange['before']) =>
      record && [record.path, 'asset' in record && record.asset.bytes];
    expect(changes.map(({ before, after }) => [sizes(before), sizes(after)])).toEqual([
      [
        ['f0001', 2],
        ['f0001', 50],
      ],
      [['f0004', 5], undefined],
      [undefined, ['new', 4]],
    ]);
    const { f0004: _, ...left } = many(5);
    await expectWhole(out, { ...left, f0001: 50, new: 4 });
  });

  it('tells no change of a file that a run wrote and then dropped, with nothing written after that', async () => {
    await run(out, many(5));
    const changes: RecordChange[] = [];
    await run(
      out,
      { ...many(5), f0001: 50, new: 3 },
      {
        gone: ['f0001', 'new'],
        before: async (results) => {
          for await (const change of recordChangesIn(out, results.headers[0]?.scan ?? ''))
            changes.push(change);
        },
      },
    );
    expect(changes).toEqual([{ before: expect.objectContaining({ path: 'f0001' }) }]);
    const { f0001: _, ...left } = many(5);
    await expectWhole(out, left);
  });

  it.each([
    ['of which few have changed', [many(40)], { f0003: 900, f0007: 901, new: 3 }],
    [
      'of which most have changed, so that they are written anew',
      [many(6), many(6, 500)],
      { ...many(5, 900), new: 3 },
    ],
  ])(
    'loses and doubles nothing at whatever step it is killed: results %s',
    async (_, before: Tree[], changes: Tree) => {
      const { onStep, taken } = snapshots();
      const first: Tree = before.at(-1) ?? {};
      const { f0005: _gone, ...kept }: Tree = { ...first, ...changes };
      for (const tree of before) await run(out, tree);
      await run(out, kept, {
        onStep,
        gone: ['f0005'],
        before: async (results) => {
          const entry = file('new', 3);
          // Another process re-reads the file, so the journal has two records of it.
          await results.writeReread({ entry, record: entry.record }, undefined, true);
        },
      });
      await expectWhole(out, kept);
      const steps = new Set(taken.map(({ step }) => step));
      expect([...steps]).toEqual(
        expect.arrayContaining([
          'a line written',
          'finish: summary written',
          'finish: merge written',
          'merge: cut',
          'merge: a line added',
          'merge: all added',
          'merge: a line written over',
          'merge: written over for good',
          'merge: journal gone',
          'finish: index closed',
        ]),
      );
      expect(steps.has('compact: named')).toBe(before.length > 1);
      let fixed = false;
      for (const { step, out: killed } of taken) {
        const seen = await readable(killed);
        fixed ||= step === 'finish: merge written';
        // Each is in its old or its new state; once the merge is committed, all are in their new state.
        for (const [name, bytes] of Object.entries(seen))
          expect([first[name], kept[name]], step).toContain(bytes);
        if (fixed) expect(seen, step).toEqual(kept);
        else
          expect(Object.keys({ ...seen, new: 0 }), step).toEqual(expect.arrayContaining(Object.keys(kept)));
        await run(killed, kept, { gone: ['f0005'] });
        await expectWhole(killed, kept);
      }
    },
  );

  it('loses nothing by a power cut that tears what it had not seen to the disk', async () => {
    const { onStep, taken } = snapshots();
    const first = many(20);
    const then: Tree = { ...first, f0003: 900, f0007: 901, new: 3 };
    await run(out, first);
    await run(out, then, { onStep });
    const journalled = taken.findLast(({ step }) => step === 'a line written');
    if (journalled === undefined) throw new Error('nothing was written');
    const whole = readFileSync(deltaPath(journalled.out));
    for (let end = 0; end < whole.length; end += 397) {
      const torn =
        end % 2 === 0
          ? whole.subarray(0, end)
          : Buffer.concat([whole.subarray(0, end), Buffer.from('\0\0\n')]);
      writeFileSync(deltaPath(journalled.out), torn);
      if (end % 2 === 0) {
        const seen = await readable(journalled.out);
        for (const [name, bytes] of Object.entries(seen)) expect([first[name], then[name]]).toContain(bytes);
        expect(Object.keys({ ...seen, new: 0 }).sort()).toEqual(Object.keys(then).sort());
      }
    }
    // In the middle of the merge: the additions are missing, and the overwritten line is half old and half new.
    const merging = taken.filter(({ step }) => step === 'merge: a line written over').at(-1);
    if (merging === undefined) throw new Error('nothing was written over');
    const bytes = readFileSync(merging.out);
    const base = Number(/"base":(\d+)/.exec(readFileSync(deltaPath(merging.out), 'utf8'))?.[1]);
    bytes.fill(0, base);
    for (let at = bytes.indexOf('assay.dead'); at >= 0; at = bytes.indexOf('assay.dead', at + 1))
      bytes.fill(0, at, at + 90);
    writeFileSync(merging.out, bytes);
    expect(await readable(merging.out)).toEqual(then);
    await run(merging.out, then);
    await expectWhole(merging.out, then);
  });

  it('goes on from a torn journal, and takes no line of it that is half there', async () => {
    await run(out, many(10));
    const results = await open(out);
    await results.begin(header(2));
    for (const name of ['f0002', 'f0004']) {
      const entry = file(name, 77);
      await results.write({ entry, record: entry.record });
    }
    await results.leave();
    appendFileSync(
      deltaPath(out),
      '{"schema":"assay.superseded/1","in":"results","offset":0,"length":700}\n\0\0\0\0\n{"sche',
    );
    rmSync(`${out}.state`);
    const tree = { ...many(10), f0002: 77, f0004: 77 };
    expect(await readable(out)).toEqual(tree);
    expect(await run(out, tree)).toEqual([]);
    await expectWhole(out, tree);
  });

  it('stays small over half a year of weeks, as its index does', async () => {
    const tree = many(200);
    await run(out, tree);
    const first = statSync(out).size;
    for (let week = 0; week < 26; week += 1) {
      for (let i = 0; i < 12; i += 1)
        tree[`f${String((week * 12 + i) % 200).padStart(4, '0')}`] = 1_000 + week * 12 + i;
      expect(await run(out, tree)).toHaveLength(12);
    }
    await expectWhole(out, tree);
    expect(statSync(out).size).toBeLessThan(first * 2.2);
    expect(scanned(readFileSync(out, 'utf8')).headers).toHaveLength(27);
    if (existsSync(`${out}.state`)) expect(statSync(`${out}.state`).size).toBeLessThan(first / 2);
  });
});

describe('a first run', () => {
  it('with records that were made anew loses and doubles nothing at whatever step it is killed', async () => {
    const { onStep, taken } = snapshots();
    const tree = { ...many(6), f0002: 60, f0004: 61 };
    await run(out, many(6), {
      onStep,
      before: async (results) => {
        for (const name of ['f0002', 'f0004'] as const) {
          const entry = file(name, tree[name]);
          await results.writeReread({ entry, record: entry.record }, undefined, true);
        }
      },
    });
    await expectWhole(out, tree);
    expect(taken.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['merge: a line written over', 'finish: named']),
    );
    for (const { out: killed } of taken) {
      await run(killed, tree);
      await expectWhole(killed, tree);
    }
  });
});

describe('results of before', () => {
  it('go on that were interrupted by a version which copied them, and those with two records of a file', async () => {
    await run(out, many(4));
    // Results as earlier versions wrote them: the later record counts.
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
    const later = JSON.stringify(file('f0001', 20).record);
    const older = `${[...lines.slice(0, -1), later, lines.at(-1)].join('\n')}\n`;
    const tree = { ...many(4), f0001: 20 };
    for (const named of [out, `${out}.partial`]) {
      writeFileSync(out, `${lines.join('\n')}\n`);
      writeFileSync(named, older);
      rmSync(`${out}.state`, { force: true });
      expect(await readable(named)).toEqual(tree);
      expect(await run(out, tree)).toEqual([]);
      await expectWhole(out, tree);
    }
  });

  it('go on with an index that is of something else, or none', async () => {
    await run(out, many(4));
    for (const [at, spoil] of [
      () => writeFileSync(`${out}.state`, 'no database'),
      () => rmSync(`${out}.state`),
      // Other results under that name: the same bytes with a later time.
      () => copyFileSync(out, `${out}.copy`),
    ].entries()) {
      spoil();
      if (existsSync(`${out}.copy`)) {
        rmSync(out);
        copyFileSync(`${out}.copy`, out);
        rmSync(`${out}.copy`);
      }
      const tree = { ...many(4), f0001: 70 + at };
      expect(await run(out, tree)).toEqual(['f0001']);
      await expectWhole(out, tree);
    }
  });
});

describe('what stands in the way', () => {
  const failing = async (made: Promise<unknown>) =>
    made.then(
      () => 'done',
      (error: { userMessage?: { id: string } }) => error.userMessage?.id,
    );

  it('is told, and nothing is written', async () => {
    await run(out, many(3));
    const text = readFileSync(out, 'utf8');
    writeFileSync(deltaPath(out), 'a picture\n');
    expect(await failing(open(out))).toBe('scan.results.inTheWay');
    // Readers do not treat it as a journal.
    expect(await readable(out)).toEqual(many(3));
    rmSync(deltaPath(out));
    // If no run was started, there is none to resume.
    await (await open(out)).leave();
    expect(existsSync(deltaPath(out))).toBe(false);
    const broken = await open(out);
    await broken.begin(header(2));
    await broken.leave();
    expect(await failing(compactResults(out))).toBe('scan.results.compactLater');
    // Somebody has replaced the results by others.
    truncateSync(out, text.length - 2);
    expect(await failing(open(out))).toBe('scan.results.otherDelta');
    expect(await failing(readable(out))).toBe('scan.results.otherDelta');
    writeFileSync(out, text);
    expect(await run(out, many(3))).toEqual([]);
    mkdirSync(join(folder, 'none'));
    expect(await failing(compactResults(join(folder, 'none')))).toBe('scan.results.empty');
  });

  it('where a scan ends while its results are read, no reader takes the half for the whole', async () => {
    await run(out, many(3_000));
    const reading = readRecords(out);
    await reading.next();
    await run(out, { ...many(3_000), f2999: 1 });
    const rest = async () => {
      for await (const _ of reading);
    };
    expect(await failing(rest())).toBe('scan.results.changed');
  });

  it('results are compacted when asked', async () => {
    await run(out, many(9));
    await run(out, { ...many(9), f0001: 70 });
    expect(readFileSync(out, 'utf8')).toContain('assay.dead');
    const { before, after } = await compactResults(out);
    expect(readFileSync(out, 'utf8')).not.toContain('assay.dead');
    expect([before > after, after]).toEqual([true, statSync(out).size]);
    await expectWhole(out, { ...many(9), f0001: 70 });
    expect(await run(out, { ...many(9), f0001: 70 })).toEqual([]);
    writeFileSync(out, gzipSync(readFileSync(out)));
    await expect(compactResults(out)).rejects.toMatchObject({ userMessage: { id: 'scan.packed.noResume' } });
  });
});
