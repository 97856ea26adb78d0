import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Header } from '../../src/scan/records/header.js';
import type { ScanRecord } from '../../src/scan/records/record.js';
import { toScanRecord } from '../../src/scan/records/summary-record.js';
import { FileResults } from '../../src/scan/results/file-results.js';
import type { Entry, FoundEntry } from '../../src/scan/sources/entry.js';
import { FileFilter } from '../../src/scan/sources/filter.js';
import { findFiles } from '../../src/scan/sources/sources.js';
import { toldShellReport } from '../http/shell-report.js';

/** Tests `assay scan --sidecars`: sidecars with a file's name are read with it. */
let folder = '';
const folders: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-pairs-'));
  folders.push(folder);
});
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

const make = (...names: string[]) => {
  for (const name of names) writeFileSync(join(folder, name), name);
};

async function found(
  paths = [folder],
  { filter = new FileFilter({}), followSymlinks = false, sidecars = true } = {},
): Promise<Entry[]> {
  const all: FoundEntry[] = [];
  for await (const one of findFiles(paths, { filter, hidden: false, followSymlinks, sidecars }))
    all.push(one);
  return all.flatMap((one) => ('entry' in one ? [one.entry] : []));
}

const told = (entries: readonly Entry[]) =>
  Object.fromEntries(
    entries.map(({ path, sidecars = [] }) => [
      relative(folder, path),
      sidecars.map((one) => relative(folder, one.path)),
    ]),
  );

describe('files beside others', () => {
  it('belong to those whose name they bear, whole or without its ending, and have no record of their own', async () => {
    make('a.jpg', 'a.nef', 'a.jpg.xmp', 'a.XMP', 'a.c2pa', 'a.txt', 'b.png', 'b.png.C2PA', 'c.xmp', 'd');
    expect(told(await found())).toEqual({
      'a.jpg': ['a.jpg.xmp', 'a.XMP', 'a.c2pa'],
      'a.nef': ['a.XMP', 'a.c2pa'],
      'a.txt': [],
      'b.png': ['b.png.C2PA'],
      d: [],
      // It belongs to no file and is ignored.
      'c.xmp': [],
    });
  });

  it('that are newer than the moment asked for make the file they belong to wanted', async () => {
    make('a.jpg', 'a.xmp', 'b.jpg', 'b.xmp');
    for (const old of ['a.jpg', 'b.jpg', 'b.xmp']) utimesSync(join(folder, old), 1_000, 1_000);
    const filter = new FileFilter({ newerThan: 2_000_000 });
    const wanted = (await found([folder], { filter })).filter(filter.wantsEntry);
    expect(told(wanted)).toEqual({ 'a.jpg': ['a.xmp'] });
  });

  it('are files like any other where nobody asked for that', async () => {
    make('a.jpg', 'a.xmp');
    expect(told(await found([folder], { sidecars: false }))).toEqual({ 'a.jpg': [], 'a.xmp': [] });
  });

  it('give a file one manifest store, and the other is a file of its own', async () => {
    make('a.jpg', 'a.jpg.c2pa', 'a.c2pa');
    expect(told(await found())).toEqual({ 'a.jpg': ['a.jpg.c2pa'], 'a.c2pa': [] });
  });

  it('are told apart by the case of all but their ending', async () => {
    make('a.jpg', 'A.xmp');
    expect(told(await found())).toEqual({ 'a.jpg': [], 'A.xmp': [] });
  });

  it('have a record of their own where their file is not wanted', async () => {
    make('a.jpg', 'a.jpg.xmp');
    expect(told(await found([folder], { filter: new FileFilter({ include: ['*.xmp'] }) }))).toEqual({
      'a.jpg.xmp': [],
    });
  });

  it('are none where they are folders, or links that are not followed', async () => {
    make('a.jpg', 'elsewhere');
    mkdirSync(join(folder, 'a.jpg.xmp'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'a.xmp'));
    expect(told(await found())).toEqual({ 'a.jpg': [], elsewhere: [] });
    expect(told(await found([folder], { followSymlinks: true }))).toMatchObject({ 'a.jpg': ['a.xmp'] });
  });

  it('come with a file that is named outright, or by a pattern', async () => {
    make('a.jpg', 'a.jpg.xmp', 'a.C2PA', 'b.jpg');
    expect(told(await found([join(folder, 'a.jpg')]))).toEqual({ 'a.jpg': ['a.jpg.xmp', 'a.C2PA'] });
    expect(told(await found([join(folder, '*.jpg')]))).toEqual({
      'a.jpg': ['a.jpg.xmp', 'a.C2PA'],
      'b.jpg': [],
    });
  });
});

const HEADER: Header = {
  schema: 'assay.scan/1',
  scan: 'a',
  run: 1,
  begun: '2026-11-25T00:00:00Z',
  asOf: '2026-11-25',
  asOfSource: 'requested',
  sources: [],
  options: {},
  versions: { assay: '', engines: [], lists: [], rulebooks: [] },
};

describe('the record of a file with something beside it', () => {
  const open = (resume: boolean) =>
    FileResults.open({ out: join(folder, 'out.ndjson'), resume, overwrite: false }, HEADER.scan);

  async function recorded(entry: Entry): Promise<ScanRecord> {
    const report = toldShellReport({ name: 'a.jpg', asOf: HEADER.asOf }, Buffer.from('a.jpg'));
    return toScanRecord(entry, report);
  }

  it('names it, counts it, and is made anew where that has become another', async () => {
    make('a.jpg', 'a.xmp', 'b.jpg');
    const [a, b] = (await found()) as [Entry, Entry];
    const first = await open(false);
    await first.begin(HEADER);
    for (const entry of [a, b]) await first.write({ entry, record: await recorded(entry) });
    expect(first.tally).toMatchObject({ files: 2, sidecars: 1 });
    // The same bytes without a sidecar are a different input.
    expect((await recorded(a)).sidecars).toMatchObject([{ path: join(folder, 'a.xmp'), bytes: 5 }]);
    await first.leave();

    const again = await open(true);
    expect([await again.due(a), await again.due(b)]).toEqual(['nothing', 'nothing']);
    expect(await again.due({ ...a, sidecars: [] })).toBe('read');
    expect(await again.due({ ...b, sidecars: a.sidecars ?? [] })).toBe('read');
    utimesSync(join(folder, 'a.xmp'), new Date(1_000), new Date(1_000));
    const [changed] = (await found()) as [Entry];
    expect(await again.due(changed)).toBe('read');
    await again.leave();
  });
});
