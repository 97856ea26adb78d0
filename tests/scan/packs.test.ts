import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { addFindings } from '../../src/core/law/findings.js';
import { resolveLaw } from '../../src/core/law/law-selection.js';
import { localizeReport } from '../../src/core/law/localize.js';
import { Asset } from '../../src/core/media/asset.js';
import { observe } from '../../src/core/pipeline/analyze.js';
import { withName } from '../../src/core/pipeline/rename.js';
import { translatorFor } from '../../src/i18n/translator.js';
import { createInspector, type InspectorOptions } from '../../src/inspect/pool/create-inspector.js';
import type { PackOutcome } from '../../src/inspect/pool/pack-desk.js';
import { PackMemory } from '../../src/inspect/process/pack-memory.js';
import { PackWatcher } from '../../src/inspect/process/pack-watch.js';
import { clockMillis } from '../../src/inspect/protocol/progress-file.js';
import { Confinement } from '../../src/inspect/sandbox/confinement.js';
import { toReaderRecord, toReaderRecordOfNamed } from '../../src/scan/records/reader-record.js';
import { isReaderRecord } from '../../src/scan/records/reader-record-check.js';
import {
  completeRecord,
  hasNameSignals,
  nameHasSignals,
} from '../../src/scan/records/reader-record-names.js';
import type { ScanRecord } from '../../src/scan/records/record.js';
import { enforceLimit, toScanRecord } from '../../src/scan/records/summary-record.js';
import { FileResults } from '../../src/scan/results/file-results.js';
import { type ScanRunOptions, scan } from '../../src/scan/run/scan.js';
import type { FoundEntry } from '../../src/scan/sources/entry.js';
import { FileFilter } from '../../src/scan/sources/filter.js';
import { createLocalEntry } from '../../src/scan/sources/local-entry.js';
import { readerStandIn } from '../support/program.js';
import { share } from '../support/whole.js';
import { scanned } from './scanned.js';

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));
const PNG = readFileSync(join(FIXTURES, 'plain/plain.png'));
const ASK = { asOf: '2026-11-01', engine: 'auto', rulebooks: [], jurisdictions: [] } as const;
const LAW = resolveLaw(ASK);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-packs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, act = ''): string {
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([PNG, Buffer.from(`${name} ${act && `ACT:${act};`}`)]));
  return path;
}

/** Starts one process at a time, which misbehaves in packs as its files say. */
function acting(bounds: InspectorOptions['bounds'] = {}) {
  const inspector = createInspector({
    jobs: 1,
    ahead: true,
    packs: true,
    childEntry: readerStandIn('acts-in-packs'),
    confinement: new Confinement({ sandbox: 'off' }),
    bounds,
  });
  onTestFinished(() => inspector.close());
  return inspector;
}

async function* found(paths: string[]): AsyncGenerator<FoundEntry> {
  for (const path of paths) yield { entry: createLocalEntry(path, statSync(path)) };
}

async function scanOf(paths: string[], more: Partial<ScanRunOptions> & Pick<ScanRunOptions, 'inspector'>) {
  const out = join(folder, 'out.ndjson');
  const results = await FileResults.open({ out, resume: false, overwrite: false }, 'x');
  await results.begin({
    schema: 'assay.scan/1',
    scan: 'x',
    run: 1,
    begun: '2026-11-01T00:00:00Z',
    asOf: ASK.asOf,
    asOfSource: 'requested',
    sources: [],
    options: {},
    versions: { assay: '0', engines: [], lists: [], rulebooks: [] },
  });
  const anew: boolean[] = [];
  await scan({
    found: found(paths),
    filter: new FileFilter({}),
    options: { ...ASK, rulebooks: [], jurisdictions: [] },
    results,
    full: false,
    ordered: false,
    jobs: 1,
    onReread: (differs) => void anew.push(differs),
    ...more,
  });
  await results.finish({ schema: 'assay.scan-summary/1', ended: '2026-11-01T00:00:01Z', seconds: 1 });
  const { records, summary } = scanned(readFileSync(out, 'utf8'));
  const byName = new Map(records.map((one) => [one.path.slice(folder.length + 1), one as ScanRecord]));
  return { byName, anew, records, summary };
}

/** Fixtures of every kind that readers and detectors know. */
const SOME = ['c2pa', 'labels', 'parts', 'plain', 'mismatch', 'formats'].flatMap((kind) =>
  readdirSync(join(FIXTURES, kind), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(FIXTURES, kind, name))
    .filter((path) => statSync(path).size < 400_000)
    .filter((_, at) => at % 4 === 0),
);

describe('a record that a reading process makes', () => {
  it('is, once told, the record of the Report, to the letter', async () => {
    expect(SOME.length).toBeGreaterThan(60);
    const speech = translatorFor('en');
    let bare = 0;
    let byName = 0;
    for (const path of share(SOME, 4)) {
      const asset = await Asset.open(path);
      const observed = await observe(asset, { ...ASK, reveal: [] });
      await asset.close();
      const entry = createLocalEntry(path, statSync(path));
      const { bytes, sha256, mediaType } = observed.report.asset;
      // Its name contradicts its bytes, so it has signals from its name too, and its record includes them.
      const other = createLocalEntry(path.replace(/[^/]*$/, 'IMG_0001.wav'), statSync(path));
      const report = addFindings(withName(observed, { name: 'IMG_0001.wav' }), LAW);
      if (report.signals.length > observed.report.signals.length) byName += 1;
      expect(
        JSON.stringify(
          enforceLimit(completeRecord(toReaderRecordOfNamed(report), { entry: other, bytes, sha256 })),
        ),
        path,
      ).toBe(JSON.stringify(toScanRecord(other, localizeReport(report, speech))));
      if (nameHasSignals(entry, bytes, mediaType)) continue;
      bare += 1;
      const name = path.slice(path.lastIndexOf('/') + 1);
      const whole = toScanRecord(
        entry,
        localizeReport(addFindings(withName(observed, { name }), LAW), speech),
      );
      const sent: unknown = JSON.parse(JSON.stringify(toReaderRecord(observed)));
      expect(isReaderRecord(sent), path).toBe(true);
      if (!isReaderRecord(sent)) continue;
      expect(JSON.stringify(completeRecord(sent, { entry, bytes, sha256 })), path).toBe(
        JSON.stringify(whole),
      );
    }
    expect(bare).toBeGreaterThan(10);
    expect(byName).toBeGreaterThan(10);
  });

  it('has no text of ours in it', async () => {
    const asset = await Asset.open(join(FIXTURES, 'plain/plain.png'));
    const record = toReaderRecord(await observe(asset, ASK));
    await asset.close();
    expect(record?.summary).not.toHaveProperty('sentence');
    expect(record?.summary.headline).not.toHaveProperty('text');
  });
});

describe('a file whose name says another type than its bytes', () => {
  it('has no record of a process that was told the type, for the name has more to say', async () => {
    const asset = await Asset.open(join(FIXTURES, 'plain/plain.png'));
    const observed = await observe(asset, ASK);
    await asset.close();
    expect(toReaderRecord(observed, 'image/jpeg')).toBeUndefined();
    expect(toReaderRecord(observed, 'image/png')).toEqual(toReaderRecord(observed));
  });

  it('is asked for once, and its record says so', async () => {
    const inspector = createInspector({
      ...{ jobs: 1, ahead: true, packs: true },
      confinement: new Confinement({ sandbox: 'off' }),
    });
    onTestFinished(() => inspector.close());
    const asked: [string, boolean, string | undefined][] = [];
    const packs: typeof inspector.packs = (how) => {
      const desk = inspector.packs?.(how);
      if (desk === undefined) throw new Error('there are no packs');
      return {
        canRead: (...file) => desk.canRead(...file),
        finishInput: () => desk.finishInput(),
        read: (one) => {
          asked.push([one.name, one.needsReport, one.declared]);
          return desk.read(one);
        },
      };
    };
    const { byName } = await scanOf([file('plain.png'), file('other.jpg')], {
      inspector: { inspect: inspector.inspect, close: inspector.close, packs },
    });
    expect(asked.sort()).toEqual([
      ['other.jpg', false, 'image/jpeg'],
      ['plain.png', false, 'image/png'],
    ]);
    expect(byName.get('other.jpg')?.signals.map(({ id }) => id)).toContain('file.mediaTypeMismatch');
    expect(byName.get('plain.png')?.signals.map(({ id }) => id)).not.toContain('file.mediaTypeMismatch');
  });
});

describe('what a record may not say', () => {
  it('is what the parent knows, any text of ours, and what a name says', async () => {
    const asset = await Asset.open(join(FIXTURES, 'plain/plain.png'));
    const record = toReaderRecord(await observe(asset, ASK));
    await asset.close();
    if (record === undefined) throw new Error('there is no record');
    expect(isReaderRecord(record)).toBe(true);
    const { asset: about, summary } = record;
    for (const more of [
      { asset: { ...about, name: 'another.png' } },
      { asset: { ...about, sha256: '0'.repeat(64) } },
      { asset: { ...about, bytes: 1 } },
      { summary: { ...summary, sentence: 'It is real.' } },
      { summary: { ...summary, messages: undefined } },
      { path: '/etc/passwd' },
      { modified: '2026-01-01T00:00:00Z' },
      { duplicateOf: 'another.png' },
      { findings: [] },
      { folder: '/etc' },
    ])
      expect(isReaderRecord({ ...record, ...more }), JSON.stringify(more)).toBe(false);
    const basis = [{ carrier: 'file' as const, locator: 'file name' }];
    const mismatch = { id: 'file.mediaTypeMismatch' as const, backing: 'inferred' as const, basis };
    expect(hasNameSignals({ ...record, signals: [mismatch] })).toBe(true);
    expect(hasNameSignals(record)).toBe(false);
  });
});

describe('files that are read in packs', () => {
  it.each(['says its hash', 'says too much', 'throws'])(
    'are read again, each alone, where a process %s',
    async (act) => {
      const paths = [file('first.png'), file('other.png', act), file('last.png')];
      const { byName } = await scanOf(paths, { inspector: acting() });
      expect([...byName.keys()].sort()).toEqual(['first.png', 'last.png', 'other.png']);
      for (const [name, { asset, signals, summary, model }] of byName) {
        expect(model).toBeUndefined();
        expect(asset).toMatchObject({ name, mediaType: 'image/png' });
        expect(signals.map(({ id }) => id)).toEqual(['file.trailingData']);
        expect(summary.sentence).not.toContain('real');
      }
    },
  );

  it('lose nothing where one ends the process, and what was read before is read anew', async () => {
    const paths = Array.from({ length: 40 }, (_, i) => file(`${i}.png`));
    paths.push(file('dies.png', 'dies'), file('after.png'));
    const { byName, summary, anew } = await scanOf(paths, { inspector: acting() });
    expect(byName.size).toBe(42);
    expect(byName.get('dies.png')?.asset.mediaType).toBe('image/png');
    expect(summary?.tally).toMatchObject({ files: 42, errors: {} });
    expect(anew.every((differs) => !differs)).toBe(true);
  });

  it.each(['hangs', 'never answers'])('are late where one %s, and each is read alone', async (act) => {
    const inspector = acting({ taskMillis: 6_000 });
    const { byName } = await scanOf([file('a.png'), file('slow.png', act), file('b.png')], { inspector });
    expect([...byName.keys()].sort()).toEqual(['a.png', 'b.png', 'slow.png']);
    expect(byName.get('slow.png')?.asset.mediaType).toBe('image/png');
  });

  it('are one record and its copies, whenever the same bytes come', async () => {
    const inspector = acting();
    const same = Array.from({ length: 5 }, (_, i) => join(folder, `same ${i}.png`));
    for (const path of same) writeFileSync(path, PNG);
    const { records } = await scanOf(same, { inspector });
    expect(records.filter((one) => 'duplicateOf' in one)).toHaveLength(4);
  });

  it('and those read by themselves take Assay’s own hash for a second engine', async () => {
    const signed = readFileSync(join(FIXTURES, 'c2pa/png-c2pa-intact.png'));
    const changed = { 'small.png': 'x', 'large.png': 'x'.repeat(5 * 1024 ** 2) };
    const paths = Object.entries(changed).map(([name, behind]) => {
      const path = join(folder, name);
      writeFileSync(path, Buffer.concat([signed, Buffer.from(behind)]));
      return path;
    });
    const inspector = createInspector({
      ...{ jobs: 1, ahead: true, packs: true },
      confinement: new Confinement({ sandbox: 'off' }),
    });
    onTestFinished(() => inspector.close());
    const { byName } = await scanOf(paths, {
      inspector,
      options: { ...ASK, rulebooks: [], jurisdictions: [], engine: 'auto' },
    });
    for (const name of Object.keys(changed))
      expect(byName.get(name)?.contentCredentials, name).toMatchObject({
        integrity: 'altered',
        causes: ['assertion.dataHash.mismatch'],
        ownHash: true,
      });
  });

  it('keep their order where it is asked for, the same bytes twice included', async () => {
    const paths = Array.from({ length: 20 }, (_, i) => file(`${i}.png`));
    writeFileSync(paths[3] ?? '', readFileSync(paths[17] ?? ''));
    const { records } = await scanOf(paths, { inspector: acting(), ordered: true });
    expect(records.map(({ path }) => path)).toEqual(paths);
  });
});

describe('a desk for packs', () => {
  const deskOf = (inspector = acting()) => {
    const desk = inspector.packs?.({
      options: { ...ASK, rulebooks: [], jurisdictions: [] },
      law: LAW,
      readers: 1,
      isRecord: isReaderRecord,
    });
    if (desk === undefined) throw new Error('there is none');
    return desk;
  };
  const codeOf = (outcome: PackOutcome) => (outcome.is === 'error' ? outcome.error : outcome.is);

  it('tells a file that changes while it is read, one that is none, and one that is gone', async () => {
    const desk = deskOf();
    const path = file('grows.png');
    const asked = { bytes: 0, name: 'x', needsReport: false };
    const wanted = async () => {
      appendFileSync(path, 'more');
      return true;
    };
    const outcomes = await Promise.all([
      desk.read({ ...asked, path, bytes: statSync(path).size, isWanted: wanted }),
      desk.read({ ...asked, path: folder }),
      desk.read({ ...asked, path: join(folder, 'gone.png') }),
    ]);
    expect(outcomes.map(codeOf)).toMatchObject([
      { code: 'changed-while-reading' },
      { code: 'not-a-file' },
      { code: 'not-found' },
    ]);
  });

  it('leaves large files, and disks that may not answer, to whoever reads one by one', async () => {
    const desk = deskOf();
    expect(await desk.canRead(file('a.png'), 9 * 1024 ** 2)).toBe(false);
    expect(await desk.canRead('/proc/self/status', 100)).toBe(false);
    const grown = await desk.read({ path: file('a.png'), bytes: 1, name: 'a.png', needsReport: false });
    expect(['single', 'record']).toContain(grown.is);
  });
});

describe('what a process is given packs by', () => {
  it('it cannot write to', () => {
    const memory = PackMemory.make();
    if (memory === undefined) throw new Error('no place for a file');
    onTestFinished(() => memory.close());
    memory.write(Buffer.from('bytes'), 3);
    expect(() => writeSync(memory.fd, 'others')).toThrow(/EBADF/);
  });

  it('is late by its oldest step, and by silence, whatever times a process makes up', async () => {
    const at = clockMillis();
    const late = (begunAt: number) =>
      new Promise<unknown>((resolve) => {
        const watch = new PackWatcher({
          stepMillis: 40,
          taskMillis: 200,
          look: (lane) => (lane === 1 ? [{ step: { step: 'xmp', state: 'start' }, begunAt }] : []),
          onLate: resolve,
        });
        watch.begin();
      });
    expect(await late(at)).toEqual({ cause: 'deadline', millis: 40 });
    for (const made of [Number.NaN, at + 1e9])
      expect(await late(made)).toEqual({ cause: 'budget', millis: 200 });
  });
});
