import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setImmediate as nextRound } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStoredScans } from '../../src/cli/scan/scan-store.js';
import type { Inspector } from '../../src/inspect/pool/inspector.js';
import type { PackFile, PackOutcome } from '../../src/inspect/pool/pack-desk.js';
import type { OutputFate } from '../../src/inspect/process/reading-process.js';
import { InspectError } from '../../src/inspect/protocol/inspect-error.js';
import { DuplicateOrder } from '../../src/scan/duplicates/duplicate-order.js';
import { RecentFiles } from '../../src/scan/duplicates/recent-files.js';
import type { Header } from '../../src/scan/records/header.js';
import { FileResults } from '../../src/scan/results/file-results.js';
import { StoreResults } from '../../src/scan/results/store-results.js';
import { scan } from '../../src/scan/run/scan.js';
import type { Entry, FoundEntry } from '../../src/scan/sources/entry.js';
import { FileFilter } from '../../src/scan/sources/filter.js';
import { createLocalEntry } from '../../src/scan/sources/local-entry.js';
import { shellReport } from '../http/shell-report.js';
import { scanned } from './scanned.js';

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

/** Rounds of the event loop without any activity, long enough for every pending step to continue. */
const QUIET_ROUNDS = 40;

type Order = 'first' | 'last';

/**
 * Reads nothing until no one can continue, then the first or last found of the requested files. The file's name decides
 * its result: `pack` or `lone`; `leaves`: its pack has no answer, and it is read alone; `grows`: it is found too large
 * for its pack before its bytes are known; `late`: the pack knows its bytes late; `fails`; `falls`: the process crashes
 * on it, and all that was read before is in doubt.
 */
class Readers {
  readonly #order: Order;
  readonly #places: readonly string[];
  readonly #held = new Map<string, (() => void)[]>();
  readonly #fates: ((fate: OutputFate) => void)[] = [];
  #events = 0;
  #isOver = false;

  constructor(order: Order, places: readonly string[]) {
    this.#order = order;
    this.#places = places;
  }

  event(): void {
    this.#events += 1;
  }

  async serve(): Promise<void> {
    while (!this.#isOver) {
      const seen = this.#events;
      for (let round = 0; round < QUIET_ROUNDS && this.#events === seen; round += 1) await nextRound();
      if (this.#events !== seen) continue;
      const names = [...this.#held.keys()].sort((a, b) => this.#places.indexOf(a) - this.#places.indexOf(b));
      const name = names.at(this.#order === 'first' ? 0 : -1);
      if (name !== undefined) this.#release(name);
    }
  }

  over(): void {
    this.#isOver = true;
  }

  #release(name: string): void {
    const [go, ...more] = this.#held.get(name) ?? [];
    if (more.length === 0) this.#held.delete(name);
    else this.#held.set(name, more);
    this.event();
    go?.();
  }

  #turn(name: string): Promise<void> {
    this.event();
    return new Promise((resolve) => {
      this.#held.set(name, [...(this.#held.get(name) ?? []), resolve]);
    });
  }

  #answered(name: string, whenEnded?: (fate: OutputFate) => void): void {
    if (whenEnded !== undefined) this.#fates.push(whenEnded);
    if (name.includes('falls')) for (const tell of this.#fates.splice(0)) tell('doubted');
  }

  inspector(): Inspector {
    return {
      inspect: async (request, takers) => {
        await this.#turn(request.name);
        if (request.name.includes('fails')) throw new InspectError('not-readable');
        const report = shellReport(request, readFileSync(request.path));
        // A process that read one file alone ends regularly.
        if (request.isExclusive || request.tenant !== undefined) takers?.onEnd?.('stands');
        else this.#answered(request.name, takers?.onEnd);
        return report;
      },
      packs: ({ options: ask }) => {
        const read = async (file: PackFile): Promise<PackOutcome> => {
          const { name, path, isWanted: wanted, onEnd: whenEnded } = file;
          if (name.includes('late')) await this.#turn(name);
          if (name.includes('grows')) return { is: 'single', alone: false };
          const content = readFileSync(path);
          const sha256 = createHash('sha256').update(content).digest('hex');
          if (wanted !== undefined && !(await wanted(sha256))) return { is: 'unwanted' };
          await this.#turn(name);
          if (name.includes('leaves')) return { is: 'single', alone: true };
          this.#answered(name, whenEnded);
          return { is: 'report', report: shellReport({ name, asOf: ask.asOf }, content) };
        };
        return { canRead: (path) => basename(path).includes('pack'), read, finishInput: () => {} };
      },
      close: async () => {},
    };
  }
}

interface Tree {
  /** Name of each file in discovery order, and its content. */
  [name: string]: string;
}

async function inFile(out: string): Promise<FileResults> {
  const results = await FileResults.open({ out, resume: false, overwrite: false }, 'x');
  await results.begin(HEADER);
  return results;
}

/** Results in a database; `textOf` returns their records of files, one per line. */
async function inDatabase(
  folder: string,
): Promise<StoreResults & { textOf(paths: string[]): Promise<string> }> {
  const { store, close } = await openStoredScans({ ASSAY_DATA_DIR: folder });
  onTestFinished(close);
  const kept = await store.create({ id: 'x', tenant: 'local', header: JSON.stringify(HEADER) }, HEADER.begun);
  const results = new StoreResults({ store, scan: kept, known: 'none', recentFiles: new RecentFiles() });
  const textOf = async (paths: string[]) => {
    const lines: string[] = [];
    for (const path of paths) lines.push((await store.record(kept.number, path)) ?? '');
    return lines.join('\n');
  };
  return Object.assign(results, { textOf });
}

async function copiesOf(tree: Tree, order: Order, { jobs = 8, ordered = false, inStore = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-turns-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const entries = Object.entries(tree).map(([name, content]): Entry => {
    const path = join(folder, name);
    writeFileSync(path, content);
    const entry = createLocalEntry(path, statSync(path));
    if (name.includes('beside')) {
      writeFileSync(`${path}.xmp`, '<x/>');
      entry.sidecars = [{ path: `${path}.xmp`, bytes: 4, modified: 0 }];
    }
    return entry;
  });
  async function* found(): AsyncGenerator<FoundEntry> {
    for (const entry of entries) yield { entry };
  }
  const out = join(folder, 'out.ndjson');
  const results = inStore ? await inDatabase(folder) : await inFile(out);
  const readers = new Readers(order, Object.keys(tree));
  const served = readers.serve();
  const anew: boolean[] = [];
  const end = await scan({
    found: found(),
    filter: new FileFilter({}),
    options: { asOf: HEADER.asOf, engine: 'auto', rulebooks: [], jurisdictions: [] },
    inspector: readers.inspector(),
    results,
    full: false,
    ordered,
    jobs,
    onAnswer: () => {
      readers.event();
      return undefined;
    },
    onReread: (differs) => void anew.push(differs),
  });
  readers.over();
  await served;
  expect(end).toBe('done');
  await results.finish({ schema: 'assay.scan-summary/1', ended: HEADER.begun, seconds: 1 });
  const { records } = scanned(
    'textOf' in results ? await results.textOf(entries.map(({ path }) => path)) : readFileSync(out, 'utf8'),
  );
  expect(records).toHaveLength(entries.length);
  const copies = records.flatMap((record): [string, string][] =>
    'duplicateOf' in record && record.duplicateOf !== undefined
      ? [[basename(record.path), basename(record.duplicateOf)]]
      : [],
  );
  expect(results.tally.duplicates ?? 0).toBe(copies.length);
  return { copies: Object.fromEntries(copies.sort()), anew };
}

const TREES: [string, Tree, Record<string, string>][] = [
  ['one read by itself, then one in a pack', { 'lone a': 'same', 'pack b': 'same' }, { 'pack b': 'lone a' }],
  ['one in a pack, then one read by itself', { 'pack a': 'same', 'lone b': 'same' }, { 'lone b': 'pack a' }],
  [
    'one that leaves its pack to be read alone',
    { 'pack leaves a': 'same', 'pack b': 'same', 'lone c': 'same' },
    { 'pack b': 'pack leaves a', 'lone c': 'pack leaves a' },
  ],
  [
    'one that leaves its pack before its bytes are known',
    { 'pack grows a': 'same', 'pack b': 'same', 'pack grows c': 'same', 'lone d': 'same' },
    { 'pack b': 'pack grows a', 'pack grows c': 'pack grows a', 'lone d': 'pack grows a' },
  ],
  [
    'a pack that comes to the first last',
    { 'pack late a': 'same', 'pack b': 'same', 'pack c': 'same' },
    { 'pack b': 'pack late a', 'pack c': 'pack late a' },
  ],
  [
    'one between them that waits for nobody',
    { 'lone a': 'same', 'lone beside b': 'size', 'pack other': 'else', 'lone c': 'same' },
    { 'lone c': 'lone a' },
  ],
  [
    'what lies beside one',
    { 'lone beside a': 'same', 'lone b': 'same', 'pack c': 'same' },
    { 'pack c': 'lone b' },
  ],
  [
    'the first that cannot be read',
    { 'lone fails a': 'same', 'pack b': 'same', 'lone c': 'same', 'pack d': 'same' },
    { 'lone c': 'pack b', 'pack d': 'pack b' },
  ],
  [
    'names that say something else',
    {
      'pack a.bin': 'same',
      'lone b.jpg': 'same',
      'pack c.bin': 'same',
      'pack d.jpg': 'same',
      'lone e.bin': 'same',
    },
    { 'pack c.bin': 'pack a.bin', 'pack d.jpg': 'lone b.jpg', 'lone e.bin': 'pack a.bin' },
  ],
  [
    'more of a size than are looked at for it',
    {
      ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`lone ${i}`, `${i + 10}..`])),
      'lone again': '13..',
      'pack again': '14..',
    },
    { 'lone again': 'lone 3', 'pack again': 'lone 4' },
  ],
];

describe('which file is named as the first with the same bytes', () => {
  it.each(TREES)('does not depend on which ends first: %s', async (_, tree, copies) => {
    const ways = [{}, { jobs: 1 }, { ordered: true }, { inStore: true }];
    expect((await copiesOf(tree, 'first')).copies).toEqual(copies);
    for (const how of ways)
      expect((await copiesOf(tree, 'last', how)).copies, JSON.stringify(how)).toEqual(copies);
  });

  it.each(['first', 'last'] as const)('is the same where records are made anew (%s)', async (order) => {
    const tree = {
      'pack a': 'same',
      'pack b': 'same',
      'lone c': 'same',
      'pack falls': 'another',
      'lone d': 'same',
    };
    for (const inStore of [false, true]) {
      const { copies, anew } = await copiesOf(tree, order, { inStore });
      expect(copies).toEqual({ 'pack b': 'pack a', 'lone c': 'pack a', 'lone d': 'pack a' });
      expect(anew.length).toBeGreaterThan(0);
      expect(anew).not.toContain(true);
    }
  });
});

describe('turns', () => {
  it('keep nothing of files that are over, and wait for nobody whose bytes are others', async () => {
    const turns = new DuplicateOrder();
    const [first, second, third] = [1, 2, 3].map(() => turns.begin({ bytes: 4 }));
    expect(turns.begin({ bytes: 5 }).waitForEarlier()).toBeUndefined();
    expect(first?.waitForEarlier()).toBeUndefined();
    second?.setDigest('b');
    const waits = second?.waitForEarlier();
    expect(waits).toBeInstanceOf(Promise);
    first?.setDigest('a');
    await waits;
    expect(second?.waitForEarlier()).toBeUndefined();
    third?.setDigest('b');
    const after = third?.waitForEarlier();
    second?.finish();
    await after;
    third?.finish();
    first?.finish();
    expect(turns.begin({ bytes: 4 }).waitForEarlier()).toBeUndefined();
  });
});
