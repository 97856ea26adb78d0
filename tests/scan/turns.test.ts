import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setImmediate as nextRound } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openKeptScans } from '../../src/cli/scan-store.js';
import { InspectError } from '../../src/isolation/inspect-error.js';
import type { Inspector } from '../../src/isolation/inspector.js';
import type { PackFile, PackOutcome } from '../../src/isolation/pack-desk.js';
import type { Fate } from '../../src/isolation/reading-process.js';
import type { Entry, Found } from '../../src/scan/entry.js';
import { FileResults } from '../../src/scan/file-results.js';
import { Filter } from '../../src/scan/filter.js';
import type { Header } from '../../src/scan/header.js';
import { localEntry } from '../../src/scan/local-entry.js';
import { scan } from '../../src/scan/scan.js';
import { StoreResults } from '../../src/scan/store-results.js';
import { Turns } from '../../src/scan/turns.js';
import { Twins } from '../../src/scan/twins.js';
import { shellReport } from '../http/shell-report.js';
import { scanned } from './scanned.js';

const HEADER: Header = {
  schema: 'assay.scan/1',
  scan: 'x',
  run: 1,
  begun: '2026-11-01T00:00:00Z',
  asOf: '2026-11-01',
  asOfBecause: 'asked',
  records: 'slim',
  sources: [],
  options: {},
  versions: { assay: '0', engines: [], lists: [], rulebooks: [] },
};

/** Rounds of the event loop without anything new: long enough for whoever can go on to have done so. */
const QUIET_ROUNDS = 40;

type Order = 'first' | 'last';

/**
 * Reads nothing until nobody can go on, and then the file that was found first or last of those that are asked for. What
 * becomes of a file is in its name: `pack` or `lone`; `leaves`: its pack has no answer, and it is read alone; `grows`: it
 * is found too large for its pack before its bytes are known; `late`: its bytes are known to the pack late; `fails`;
 * `falls`: the process ends by it, and all that was read before is in doubt.
 */
class Readers {
  readonly #order: Order;
  readonly #places: readonly string[];
  readonly #held = new Map<string, (() => void)[]>();
  readonly #fates: ((fate: Fate) => void)[] = [];
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

  #answered(name: string, whenEnded?: (fate: Fate) => void): void {
    if (whenEnded !== undefined) this.#fates.push(whenEnded);
    if (name.includes('falls')) for (const tell of this.#fates.splice(0)) tell('doubted');
  }

  inspector(): Inspector {
    return {
      inspect: async (request, takers) => {
        await this.#turn(request.name);
        if (request.name.includes('fails')) throw new InspectError('not-readable');
        const report = shellReport(request, readFileSync(request.path));
        // A process that read one file alone ends well.
        if (request.alone || request.party !== undefined) takers?.whenEnded?.('stands');
        else this.#answered(request.name, takers?.whenEnded);
        return report;
      },
      packs: ({ ask }) => {
        const read = async (file: PackFile): Promise<PackOutcome> => {
          const { name, path, wanted, whenEnded } = file;
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
        return { takes: (path) => basename(path).includes('pack'), read, last: () => {} };
      },
      close: async () => {},
    };
  }
}

interface Tree {
  /** Name of each file in the order in which they are found, and what is in it. */
  [name: string]: string;
}

async function inFile(out: string): Promise<FileResults> {
  const results = await FileResults.open({ out, resume: false, overwrite: false, byContent: false }, 'x');
  await results.begin(HEADER);
  return results;
}

/** With what stands there of files, a line each. */
async function inDatabase(
  folder: string,
): Promise<StoreResults & { textOf(paths: string[]): Promise<string> }> {
  const { store, close } = await openKeptScans({ ASSAY_DATA_DIR: folder });
  onTestFinished(close);
  const kept = await store.create({ id: 'x', tenant: 'local', header: JSON.stringify(HEADER) }, HEADER.begun);
  const results = new StoreResults({ store, scan: kept, known: 'none', twins: new Twins() });
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
    const entry = localEntry(path, statSync(path));
    if (name.includes('beside')) {
      writeFileSync(`${path}.xmp`, '<x/>');
      entry.sidecars = [{ path: `${path}.xmp`, bytes: 4, modified: 0 }];
    }
    return entry;
  });
  async function* found(): AsyncGenerator<Found> {
    for (const entry of entries) yield { entry };
  }
  const out = join(folder, 'out.ndjson');
  const results = inStore ? await inDatabase(folder) : await inFile(out);
  const readers = new Readers(order, Object.keys(tree));
  const served = readers.serve();
  const anew: boolean[] = [];
  const end = await scan({
    found: found(),
    filter: new Filter({}),
    ask: { asOf: HEADER.asOf, engine: 'auto', rulebooks: [], places: [] },
    inspector: readers.inspector(),
    results,
    full: false,
    ordered,
    jobs,
    onAnswer: () => {
      readers.event();
      return undefined;
    },
    onAnew: (differs) => void anew.push(differs),
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
    const turns = new Turns();
    const [first, second, third] = [1, 2, 3].map(() => turns.begin({ bytes: 4 }));
    expect(turns.begin({ bytes: 5 }).before()).toBeUndefined();
    expect(first?.before()).toBeUndefined();
    second?.has('b');
    const waits = second?.before();
    expect(waits).toBeInstanceOf(Promise);
    first?.has('a');
    await waits;
    expect(second?.before()).toBeUndefined();
    third?.has('b');
    const after = third?.before();
    second?.over();
    await after;
    third?.over();
    first?.over();
    expect(turns.begin({ bytes: 4 }).before()).toBeUndefined();
  });
});
