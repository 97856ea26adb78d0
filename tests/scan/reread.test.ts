import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openStoredScans } from '../../src/cli/scan/scan-store.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import type { Inspector, InspectRequest } from '../../src/inspect/pool/inspector.js';
import { Confinement } from '../../src/inspect/sandbox/confinement.js';
import { RecentFiles } from '../../src/scan/duplicates/recent-files.js';
import { createFormat } from '../../src/scan/lines/formats.js';
import { readRecords } from '../../src/scan/lines/latest-records.js';
import { readOverview } from '../../src/scan/overview/overview.js';
import type { Header } from '../../src/scan/records/header.js';
import { FileResults } from '../../src/scan/results/file-results.js';
import type { ScanResults } from '../../src/scan/results/results.js';
import { StoreResults } from '../../src/scan/results/store-results.js';
import { StreamResults } from '../../src/scan/results/stream-results.js';
import { type ScanRunOptions, scan } from '../../src/scan/run/scan.js';
import type { FoundEntry } from '../../src/scan/sources/entry.js';
import { FileFilter } from '../../src/scan/sources/filter.js';
import { createLocalEntry } from '../../src/scan/sources/local-entry.js';
import { actingByName } from '../inspect/acting.js';
import { readerStandIn } from '../support/program.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const PNG = readFileSync(here('../../fixtures/plain/plain.png'));

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-anew-'));
  out = join(folder, 'out.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Creates files with distinct bytes, unless they are to be the `same`. */
function files(names: string[], { same = false } = {}): string[] {
  return names.map((name, i) => {
    const path = join(folder, name);
    writeFileSync(path, same ? PNG : Buffer.concat([PNG, Buffer.from(`file ${i}`)]));
    return path;
  });
}

async function* found(paths: string[]): AsyncGenerator<FoundEntry> {
  for (const path of paths) yield { entry: createLocalEntry(path, statSync(path)) };
}

const HEADER: Header = {
  schema: 'assay.scan/1',
  scan: 'x',
  run: 1,
  begun: '2026-11-01T00:00:00Z',
  asOf: '2026-11-01',
  asOfSource: 'requested',
  sources: [],
  options: {},
  versions: { assay: '0', engines: [], lists: [], rulebooks: [] },
};

/** Runs one process at a time, so that the files of each are known. */
function asked(options: { ahead?: boolean } = {}): { inspector: Inspector; requests: InspectRequest[] } {
  const inspector = actingByName(
    createInspector({
      jobs: 1,
      childEntry: readerStandIn('taken-over'),
      confinement: new Confinement({ sandbox: 'off' }),
      ...options,
    }),
  );
  onTestFinished(() => inspector.close());
  const requests: InspectRequest[] = [];
  const inspect: Inspector['inspect'] = (request, takers) => {
    requests.push(request);
    return inspector.inspect(request, takers);
  };
  return { inspector: { inspect, close: () => inspector.close() }, requests };
}

async function run(
  paths: string[],
  results: ScanResults,
  more: Partial<ScanRunOptions> & Pick<ScanRunOptions, 'inspector'>,
) {
  const anew: boolean[] = [];
  const end = await scan({
    found: found(paths),
    filter: new FileFilter({}),
    options: { asOf: '2026-11-01', engine: 'auto', rulebooks: [] },
    results,
    full: true,
    ordered: false,
    jobs: 1,
    onReread: (differs) => void anew.push(differs),
    ...more,
  });
  return { end, anew };
}

const SUMMARY = { schema: 'assay.scan-summary/1', ended: '2026-11-01T00:00:01Z', seconds: 1 } as const;

async function intoFile(): Promise<FileResults> {
  const results = await FileResults.open({ out, resume: false, overwrite: false }, 'x');
  await results.begin(HEADER);
  return results;
}

const formats = (text: string): string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ schema }) => schema === 'assay.scan-record/1')
    .map(({ path, report }) => `${path.slice(folder.length + 1)}: ${report.asset.format}`)
    .sort();

describe('records of a process that faulted later', () => {
  it.each([false, true])('are made anew, and the later one counts (ahead: %s)', async (ahead) => {
    const { inspector } = asked({ ahead });
    const results = await intoFile();
    const paths = files([
      'lies before.png',
      'takes over.png',
      'lies 1.png',
      'lies 2.png',
      'falls.png',
      'after.png',
    ]);
    const { end, anew } = await run(paths, results, { inspector });
    expect(end).toBe('done');
    expect(anew.filter((differs) => differs)).toHaveLength(2);
    expect(anew.length).toBeGreaterThanOrEqual(4);
    await results.finish(SUMMARY);
    const text = readFileSync(out, 'utf8');
    expect(formats(text)).toEqual([
      'after.png: PNG',
      'falls.png: unrecognised',
      'lies 1.png: PNG',
      'lies 2.png: PNG',
      'lies before.png: PNG',
      'takes over.png: PNG',
    ]);
    const summary = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');
    expect(summary.tally).toMatchObject({ files: 6, errors: {} });
  });

  it('stay as they are where nothing faults', async () => {
    const { inspector } = asked();
    const results = await intoFile();
    const { anew } = await run(files(['takes over.png', 'lies 1.png']), results, { inspector });
    await results.finish(SUMMARY);
    expect(anew).toEqual([]);
    expect(formats(readFileSync(out, 'utf8'))).toContain('lies 1.png: a lie');
  });

  it('are followed by a second one where what is written cannot be taken back, and counted once', async () => {
    const { inspector } = asked();
    let text = '';
    const sink = {
      write: async (more: string) => {
        text += more;
        return true;
      },
      finish: async () => {},
      discard: async () => {},
    };
    const results = new StreamResults(await createFormat('ndjson'), sink);
    await results.begin(HEADER);
    const paths = files(['takes over.png', 'lies 1.png', 'honest.png', 'falls.png']);
    await run(paths, results, { inspector });
    expect(results.tally.files).toBe(4);
    expect(formats(text)).toEqual([
      'falls.png: unrecognised',
      'honest.png: PNG',
      'lies 1.png: PNG',
      'lies 1.png: a lie',
      'takes over.png: PNG',
    ]);
    await results.finish(SUMMARY);
    writeFileSync(out, text);
    expect((await readOverview([out])).files).toBe(4);
    const once: string[] = [];
    for await (const { path } of readRecords(out)) once.push(path);
    expect(once.sort()).toEqual(paths.sort());
  });

  it('are no answer for files with the same bytes', async () => {
    const { inspector } = asked();
    const results = await intoFile();
    const same = files(['lies 1.png', 'lies 2.png', 'lies 3.png'], { same: true });
    const [first = '', last = ''] = files(['takes over.png', 'falls.png']);
    await run([first, ...same, last], results, { inspector, jobs: 1 });
    await results.finish(SUMMARY);
    expect(formats(readFileSync(out, 'utf8')).filter((one) => one.endsWith('a lie'))).toEqual([]);
    expect(results.tally.files).toBe(5);
  });

  it('are read again by whoever goes on, where an interruption came first', async () => {
    const { inspector } = asked();
    const results = await intoFile();
    const paths = files(['takes over.png', 'lies 1.png', 'falls.png', 'after.png']);
    const stop = new AbortController();
    await run(paths, results, {
      inspector,
      interrupted: stop.signal,
      onAnswer: (answer) => {
        if ('entry' in answer && answer.entry.path.endsWith('falls.png')) stop.abort();
        return undefined;
      },
    });
    await results.leave();
    const resumed = await FileResults.open({ out, resume: true, overwrite: false }, 'x');
    onTestFinished(() => resumed.leave());
    const due = async (path = '') => resumed.due(createLocalEntry(path, statSync(path)));
    expect(await Promise.all([due(paths[0]), due(paths[1]), due(paths[2])])).toEqual([
      'read',
      'read',
      'nothing',
    ]);
  });

  it('are read by processes that read nothing else, and no file more than three times', async () => {
    const { inspector, requests } = asked();
    const results = await intoFile();
    onTestFinished(() => results.leave());
    const many = Array.from({ length: 12 }, (_, i) => (i % 3 === 2 ? `falls ${i}.png` : `honest ${i}.png`));
    const { anew } = await run(files(many), results, { inspector, full: false });
    expect(results.tally.files).toBe(12);
    expect(anew).not.toContain(true);
    // Files of other sizes may have been started earlier; those after the last fault are not in doubt.
    const lastFault = requests.findLastIndex(({ path }) => path.includes('falls'));
    const doubted = many.filter((name) => {
      const first = requests.findIndex(({ path }) => path.endsWith(`/${name}`));
      return name.includes('honest') && first < lastFault;
    });
    expect(doubted.length).toBeGreaterThan(5);
    expect(anew).toHaveLength(doubted.length);
    for (const path of new Set(requests.map((request) => request.path))) {
      const all = requests.filter((request) => request.path === path);
      expect(
        all.map(({ tenant: party }) => party?.replace(/\d+/, '') ?? 'first'),
        path,
      ).toEqual(doubted.some((name) => path.endsWith(`/${name}`)) ? ['first', 'reread '] : ['first']);
    }
  });
});

describe('records in a database', () => {
  it('are replaced, and are errors until then', async () => {
    const { store, close } = await openStoredScans({ ASSAY_DATA_DIR: folder });
    onTestFinished(close);
    const kept = await store.create(
      { id: 'x', tenant: 'local', header: JSON.stringify(HEADER) },
      HEADER.begun,
    );
    const results = new StoreResults({ store, scan: kept, known: 'none', recentFiles: new RecentFiles() });
    const { inspector } = asked();
    const paths = files(['takes over.png', 'lies 1.png', 'falls.png']);
    await run(paths, results, { inspector });
    await results.flush();
    expect(results.tally.files).toBe(3);
    const record = await store.record(kept.number, paths[1] ?? '');
    expect(JSON.parse(record ?? '{}')).toMatchObject({ report: { asset: { format: 'PNG' } } });
    await results.doubt([paths[1] ?? '']);
    expect((await store.knownFiles(kept.number, paths)).get(paths[1] ?? '')).toMatchObject({
      outcome: 'error',
    });
  });
});
