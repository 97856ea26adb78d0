import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  decodePath,
  displayPath,
  encodePath,
  fromRecordPath,
  keyToPath,
  pathToKey,
  toRecordPath,
} from '../../src/base/path-text.js';
import { restoreArgumentBytes } from '../../src/cli/shared/arguments.js';
import { ConfigError, readConfig } from '../../src/config/settings.js';
import { isTooLong, MAX_PATH_BYTES, openAt, openSystemPath } from '../../src/core/media/plain-path.js';
import { message } from '../../src/i18n/message.js';
import { unreachableFiles } from '../../src/scan/distributed/scan-worker.js';
import { copiedFrom, copyRecord } from '../../src/scan/duplicates/same-content.js';
import { csvRow } from '../../src/scan/lines/csv.js';
import { readRecords } from '../../src/scan/lines/latest-records.js';
import { errorRecord } from '../../src/scan/records/error-record.js';
import { ResultsIndex } from '../../src/scan/results/state.js';
import { type JobFileList, jobFilePath, parseJobFileList } from '../../src/scan/run/plan.js';
import { hashContent } from '../../src/scan/sources/content-hash.js';
import type { Entry, FoundEntry } from '../../src/scan/sources/entry.js';
import { Exclusions } from '../../src/scan/sources/exclusions.js';
import { FileFilter } from '../../src/scan/sources/filter.js';
import { findFiles, readNames, type SourceOptions } from '../../src/scan/sources/sources.js';
import { StreamInits } from '../../src/scan/sources/stream-init.js';
import { pathKey } from '../../src/storage/engine/stored-key.js';
import { assayHere } from '../cli/run-here.js';
import { assay, fixture } from '../cli/spawn-assay.js';
import { describeWhere } from '../support/system-parts.js';
import { scanned } from './scanned.js';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

const DEEP = `
  const { mkdirSync, writeFileSync } = require('node:fs');
  const [, from, step] = process.argv;
  process.chdir(from);
  for (let i = 1; i <= 80; i += 1) {
    mkdirSync(step);
    process.chdir(step);
    if (i === 42) writeFileSync('a.txt', 'deep');
  }
  writeFileSync('b.txt', 'deepest');`;

describe('a path inside', () => {
  it.each([
    ['text', Buffer.from('/a/é😀.jpg')],
    ['Latin-1', latin1('/a/café.jpg')],
    ['both', Buffer.concat([Buffer.from('/é/'), latin1('é')])],
    ['a character cut short', Buffer.from([0x61, 0xe2, 0x82])],
    ['a surrogate in UTF-8, which is none', Buffer.from([0xed, 0xb3, 0xa9])],
    ['too long a form', Buffer.from([0xc0, 0xaf, 0xe0, 0x80, 0xaf])],
    ['what Node makes of others', Buffer.from('caf\ufffd.jpg')],
    ['all bytes there are', Buffer.from(Array.from({ length: 255 }, (_, index) => index + 1))],
  ])('holds all of its bytes: %s', (_, bytes) => {
    const path = decodePath(bytes);
    expect(encodePath(path)).toEqual(bytes);
    expect(keyToPath(pathToKey(path))).toBe(path);
    expect(fromRecordPath(JSON.parse(JSON.stringify(toRecordPath(path))))).toBe(path);
  });

  it('is text with a mark for each byte that is none, and the bytes beside it', () => {
    const path = decodePath(latin1('/a/éè.jpg'));
    expect(toRecordPath(path)).toEqual({
      path: '/a/\ufffd\ufffd.jpg',
      pathBytes: latin1('/a/éè.jpg').toString('base64'),
    });
    expect(toRecordPath('/a/é.jpg')).toEqual({ path: '/a/é.jpg' });
    expect(displayPath('😀')).toBe('😀');
  });

  it('has a key of its own in databases, whatever it is called', () => {
    const path = decodePath(latin1('é'));
    const paths = [path, decodePath(latin1('è')), '\ufffd', pathToKey(path)];
    expect(new Set(paths.map(pathToKey)).size).toBe(4);
    expect(new Set(paths.map(pathKey)).size).toBe(4);
    expect(pathKey('a.jpg')).toBe(createHash('sha256').update('a.jpg').digest('base64url').slice(0, 22));
  });

  it('is told apart in what is handed to workers', () => {
    const path = decodePath(latin1('/é.jpg'));
    const { path: text, pathBytes = '' } = toRecordPath(path);
    const work = parseJobFileList(
      JSON.parse(
        JSON.stringify([
          [text, 1, 2, null, pathBytes],
          ['/a.jpg', 1, 2, 'etag'],
        ]),
      ),
    );
    expect(work?.map(jobFilePath)).toEqual([path, '/a.jpg']);
  });

  it('is told apart where no worker could reach it, and what has its record keeps it', async () => {
    const names = ['é', 'è', 'ê', 'ë'].map((name) => decodePath(latin1(`/${name}.jpg`)));
    const work = names.map((name): JobFileList[number] => {
      const { path, pathBytes = '' } = toRecordPath(name);
      return [path, 1, 2, null, pathBytes];
    });
    const outcomes = ['plain', 'error', 'gone'].map((outcome) => ({ outcome, bytes: 1, modified: 2 }));
    const known = new Map(outcomes.map((one, at) => [names[at] ?? '', one]));
    const lost: string[] = [];
    for await (const one of unreachableFiles(work, known, '/')) if ('lost' in one) lost.push(one.lost.path);
    expect(lost).toEqual(names.slice(1));
  });
});

describe('arguments', () => {
  const cmdline = (...args: Buffer[]) =>
    Buffer.concat(
      ['node', '--flag', 'assay.js']
        .map((one) => Buffer.from(`${one}\0`))
        .concat(args.map((one) => Buffer.concat([one, Buffer.of(0)]))),
    );

  it('are told with their bytes', () => {
    const given = [Buffer.from('scan'), latin1('/é/€'), Buffer.from('')];
    const read = restoreArgumentBytes(given.map(String), () => cmdline(...given));
    expect(read.map(encodePath)).toEqual(given);
  });

  it('stay as they are where nothing is lost, or something else is told', () => {
    const never = () => {
      throw new Error('asked');
    };
    expect(restoreArgumentBytes(['scan', 'é'], never)).toEqual(['scan', 'é']);
    expect(restoreArgumentBytes(['scan', '\ufffd'], never)).toEqual(['scan', '\ufffd']);
    expect(restoreArgumentBytes(['scan', '\ufffd'], () => cmdline(latin1('é')))).toEqual(['scan', '\ufffd']);
  });
});

describe('a name of bytes where none is taken', () => {
  const name = decodePath(latin1('caf\u00e9'));
  it.each([
    ['--out', ['scan', '.', '--out', name]],
    ['--sidecar', ['inspect', 'a.jpg', '--sidecar', name]],
    ['--init', ['inspect', 'a.m4s', '--init', name]],
    ['after', ['scan', 'diff', 'a.ndjson', name]],
    ['results', ['report', name]],
  ])('is refused, and nothing is written or looked for under another: %s', async (option, args) => {
    const { code, stderr } = await assayHere(args);
    expect(code).toBe(2);
    expect(stderr).toContain(`${option}: “caf\ufffd” is not valid UTF-8`);
  });

  it.each(['ASSAY_DATA_DIR', 'ASSAY_TRUST_DIR', 'ASSAY_LAW_DIR', 'ASSAY_ALLOWED_PATHS'])(
    'is refused in %s',
    (variable) => {
      expect(() => readConfig({ [variable]: '/caf\ufffd' })).toThrow(ConfigError);
    },
  );
});

describe('a list of files', () => {
  const list = async (bytes: Buffer, by = 1) => {
    const pieces = Array.from({ length: Math.ceil(bytes.length / by) }, (_, at) =>
      bytes.subarray(at * by, at * by + by),
    );
    const names: Buffer[] = [];
    for await (const name of readNames(Readable.from(pieces))) names.push(encodePath(name));
    return names;
  };

  it.each([
    ['line ends', latin1('é\nb c\n\nd')],
    ['line ends of Windows and a mark', Buffer.concat([Buffer.from('\ufeff'), latin1('é\r\nb c\r\nd\r\n')])],
    ['NULs', latin1('é\0b c\0d\0')],
  ])('has its names between %s', async (_, bytes) => {
    for (const by of [1, 2, 1_000]) expect(await list(bytes, by)).toEqual(['é', 'b c', 'd'].map(latin1));
  });

  it('in UTF-16 is read as such', async () => {
    const names = await list(Buffer.from('\ufeffé.jpg\r\nb.jpg\r\n', 'utf16le'));
    expect(names.map(String)).toEqual(['é.jpg', 'b.jpg']);
  });

  it('has names with line ends between NULs', async () => {
    expect(await list(Buffer.from('a\nb\0c\0'), 1_000)).toEqual([Buffer.from('a\nb'), Buffer.from('c')]);
  });
});

// Other systems allow only names that are valid text.
describeWhere(process.platform === 'linux', 'Linux', 'a tree of names that are not UTF-8', () => {
  let folder: string;
  const picture = () => readFileSync(fixture('c2pa/png-c2pa-intact.png'));
  const at = (...names: Buffer[]) =>
    names.reduce((path, name) => Buffer.concat([path, Buffer.from('/'), name]), Buffer.from(folder));

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-names-'));
    mkdirSync(at(latin1('dossier é')));
    for (let i = 0; i < 203; i += 1)
      writeFileSync(at(latin1('dossier é'), latin1(`photo é ${i}.jpg`)), `${i}`);
    // Three files whose names have the same text.
    for (const name of [latin1('é.txt'), latin1('è.txt'), Buffer.from('\ufffd.txt')])
      writeFileSync(at(name), name);
    mkdirSync(at(Buffer.from('deep')));
  });
  // Node cannot delete paths that are too long for the system.
  afterAll(() => spawnSync('rm', ['-rf', folder]));

  const options = (more: Partial<SourceOptions> = {}): SourceOptions => ({
    filter: new FileFilter({}),
    hidden: false,
    followSymlinks: false,
    ...more,
  });
  const found = async (paths: string[], more: Partial<SourceOptions> = {}) => {
    const all: FoundEntry[] = [];
    for await (const one of findFiles(paths, options(more))) all.push(one);
    return all;
  };
  const entries = (all: FoundEntry[]): Entry[] => all.flatMap((one) => ('entry' in one ? [one.entry] : []));

  it('is walked, and each file can be opened', async () => {
    const all = await found([folder]);
    expect(all.filter((one) => 'lost' in one)).toEqual([]);
    expect(entries(all)).toHaveLength(206);
    expect(new Set(entries(all).map(({ path }) => path)).size).toBe(206);
    const contents = await Promise.all(entries(all).map((entry) => hashContent(entry)));
    expect(new Set(contents).size).toBe(206);
    expect(contents).not.toContain(undefined);
  });

  it('is matched by patterns, named outright, and listed', async () => {
    const path = decodePath(at(latin1('dossier é')));
    expect(await found([`${path}/photo * 1?.jpg`])).toHaveLength(10);
    expect(
      await found([path], { filter: new FileFilter({ include: [decodePath(latin1('photo é 7*.jpg'))] }) }),
    ).toHaveLength(11);
    const named = entries(await found([`${path}/${decodePath(latin1('photo é 7.jpg'))}`]));
    const opened = await named[0]?.open();
    expect(await readFile(opened?.local ?? '', 'utf8')).toBe('7');
    await opened?.close();
  });

  it('gives sidecars and init segments of the same names', async () => {
    const stream = at(latin1('flux é'));
    mkdirSync(stream);
    const inFolder = (name: string) => Buffer.concat([stream, Buffer.from('/'), latin1(name)]);
    for (const name of ['ï-init.mp4', 'ï-1.m4s', 'ü.jpg', 'ü.jpg.xmp']) writeFileSync(inFolder(name), name);
    const path = decodePath(stream);
    const all = entries(await found([path], { sidecars: true }));
    expect(
      all.find(({ sidecars }) => sidecars !== undefined)?.sidecars?.map((one) => encodePath(one.path)),
    ).toEqual([inFolder('ü.jpg.xmp')]);
    const init = await new StreamInits().find(decodePath(inFolder('ï-1.m4s')));
    expect(encodePath(init ?? '')).toEqual(inFolder('ï-init.mp4'));
    rmSync(stream, { recursive: true });
  });

  it('keeps apart in the index what has the same text', () => {
    const file = join(folder, '.index');
    const state = ResultsIndex.open(file, 'scan', () => true);
    const row = {
      bytes: 1,
      modified: 1,
      length: 1,
      run: 1,
      readIn: 1,
      in: 'results',
      outcome: 'plain',
      sidecars: '',
    } as const;
    const paths = [latin1('é'), latin1('è'), Buffer.from('\ufffd')].map(decodePath);
    for (const [offset, path] of paths.entries()) state.put({ ...row, path, offset }, false);
    state.doubt(paths[0] ?? '');
    expect(paths.map((path) => state.find(path)?.path)).toEqual(paths);
    expect(paths.map((path) => state.isDoubted(path))).toEqual([true, false, false]);
    expect(state.hasSuperseded).toBe(false);
    state.close();
    ResultsIndex.remove(file);
  });

  it('has paths of 10 kB, and says what is longer', async () => {
    let local = join(folder, 'deep');
    let long = local;
    const step = 'n'.repeat(240);
    // The path is too long for the system, so another process descends step by step.
    const made = spawnSync(process.execPath, ['-e', DEEP, local, step]);
    expect(made.status).toBe(0);
    for (let i = 0; i < 42; i += 1) long += `/${step}`;
    for (local = long; !isTooLong(`${local}/${step}`); ) local += `/${step}`;
    const all = await found([join(folder, 'deep')]);
    expect(entries(all).map(({ path }) => path)).toEqual([`${long}/a.txt`]);
    expect(all.flatMap((one) => ('lost' in one ? [one.lost] : []))).toEqual([
      { path: `${local}/${step}`, code: 'not-checked', userMessage: message('scan.lost.tooLong') },
    ]);
    const { local: reached, close } = await openSystemPath(`${long}/a.txt`);
    expect(await readFile(reached, 'utf8')).toBe('deep');
    await close();
    await expect(openAt(`${long}/none.txt`)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(local.length).toBeLessThanOrEqual(MAX_PATH_BYTES);
  });

  it('counts what it leaves out', async () => {
    writeFileSync(join(folder, '.hidden'), '');
    const leftOut = new Exclusions();
    const filter = new FileFilter({
      exclude: [decodePath(latin1('dossier é/')), 'deep', 'none'],
      include: ['*.jpg'],
    });
    expect(await found([folder], { filter, leftOut })).toEqual([]);
    expect(leftOut.counts).toEqual({ files: { hidden: 1, notIncluded: 3 }, folders: { excluded: 2 } });
    expect(filter.unmatchedPatterns).toEqual({ include: ['*.jpg'], exclude: ['none'], idle: [] });
    rmSync(join(folder, '.hidden'));
  });

  it('comes to one record each, which resuming, tables and reports know', async () => {
    const tree = at(latin1('à lire'));
    mkdirSync(tree);
    const inTree = (name: string) => Buffer.concat([tree, Buffer.from('/'), latin1(name)]);
    for (const name of ['é.png', 'è.png']) writeFileSync(inTree(name), picture());
    const list = join(folder, '.list');
    writeFileSync(list, Buffer.concat([tree, Buffer.from('\n'), inTree('fehlt ß.png'), Buffer.from('\n')]));
    const out = join(folder, '.out.ndjson');
    const first = await assay(['scan', '--files-from', list, '--out', out]);
    expect(first.code).toBe(3);
    const { records, summary } = scanned(readFileSync(out, 'utf8'));
    const bytes = records.map((record) => encodePath(fromRecordPath(record)).toString('latin1')).sort();
    expect(bytes).toEqual(['fehlt ß.png', 'è.png', 'é.png'].map((name) => inTree(name).toString('latin1')));
    expect(summary?.tally).toMatchObject({ files: 3, errors: { 'not-found': 1 } });
    const [one, other] = records.filter((record) => 'asset' in record);
    if (one === undefined || other === undefined) throw new Error('no records');
    const linkOf = fromRecordPath(one);
    const entry = {
      path: fromRecordPath(other),
      bytes: 0,
      modified: 0,
      linkOf,
      open: () => Promise.reject(),
    };
    const copy = copyRecord(one, entry);
    expect(copy?.record).toMatchObject({
      ...toRecordPath(fromRecordPath(other)),
      duplicateOf: one.path,
      duplicateOfBytes: one.pathBytes,
      linkOf: one.path,
      linkOfBytes: one.pathBytes,
    });
    expect(copy && copiedFrom(copy)).toBe(fromRecordPath(one));
    rmSync(`${out}.state`, { force: true });
    writeFileSync(list, tree);
    expect((await assay(['scan', '--files-from', list, '--out', out, '--resume'])).stderr).toContain(
      '2 done before',
    );
    let read = 0;
    for await (const record of readRecords(out)) {
      read += 1;
      expect(csvRow(record, ['pathBytes'])).toBe(`${record.pathBytes}\r\n`);
    }
    expect(read).toBe(3);
    rmSync(tree, { recursive: true });
  }, 60_000);

  it('is told on an error too', () => {
    const path = decodePath(latin1('é'));
    expect(errorRecord(path, 'not-found', message('error.not-found'))).toMatchObject(toRecordPath(path));
  });
});
