import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { argumentsInBytes } from '../../src/cli/arguments.js';
import {
  bytesOfPath,
  keyOfPath,
  pathOfBytes,
  pathOfKey,
  pathTold,
  textOfPath,
  toldPath,
} from '../../src/core/ground/path-text.js';
import { isTooLong, LONGEST_PATH_BYTES, openAt, reachedFile } from '../../src/core/media/reach.js';
import { said } from '../../src/say/said.js';
import { contentOf } from '../../src/scan/content.js';
import { csvRow } from '../../src/scan/csv.js';
import { givenUp } from '../../src/scan/distributed/scan-worker.js';
import type { Entry, Found } from '../../src/scan/entry.js';
import { errorRecord } from '../../src/scan/error-record.js';
import { Filter } from '../../src/scan/filter.js';
import { LeftOut } from '../../src/scan/left-out.js';
import { parseWork, pathOfWork, type Work } from '../../src/scan/plan.js';
import { recordsIn } from '../../src/scan/records-in.js';
import { copyOf, originOf } from '../../src/scan/same-content.js';
import { filesIn, namesFrom, type SourceOptions } from '../../src/scan/sources.js';
import { State } from '../../src/scan/state.js';
import { StreamInits } from '../../src/scan/stream-init.js';
import { keyOf } from '../../src/store/scan-key.js';
import { assay, fixture } from '../cli/spawn-assay.js';
import { scanned } from './scanned.js';

/** Only Linux keeps names that are no text. */
const onLinux = process.platform === 'linux' ? describe : describe.skip;

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
    const path = pathOfBytes(bytes);
    expect(bytesOfPath(path)).toEqual(bytes);
    expect(pathOfKey(keyOfPath(path))).toBe(path);
    expect(pathTold(JSON.parse(JSON.stringify(toldPath(path))))).toBe(path);
  });

  it('is text with a mark for each byte that is none, and the bytes beside it', () => {
    const path = pathOfBytes(latin1('/a/éè.jpg'));
    expect(toldPath(path)).toEqual({
      path: '/a/\ufffd\ufffd.jpg',
      pathBytes: latin1('/a/éè.jpg').toString('base64'),
    });
    expect(toldPath('/a/é.jpg')).toEqual({ path: '/a/é.jpg' });
    expect(textOfPath('😀')).toBe('😀');
  });

  it('has a key of its own in databases, whatever it is called', () => {
    const path = pathOfBytes(latin1('é'));
    const paths = [path, pathOfBytes(latin1('è')), '\ufffd', keyOfPath(path)];
    expect(new Set(paths.map(keyOfPath)).size).toBe(4);
    expect(new Set(paths.map(keyOf)).size).toBe(4);
    expect(keyOf('a.jpg')).toBe(createHash('sha256').update('a.jpg').digest('base64url').slice(0, 22));
  });

  it('is told apart in what is handed to workers', () => {
    const path = pathOfBytes(latin1('/é.jpg'));
    const { path: text, pathBytes = '' } = toldPath(path);
    const work = parseWork(
      JSON.parse(
        JSON.stringify([
          [text, 1, 2, null, pathBytes],
          ['/a.jpg', 1, 2, 'etag'],
        ]),
      ),
    );
    expect(work?.map(pathOfWork)).toEqual([path, '/a.jpg']);
  });

  it('is told apart where no worker could reach it, and what has its record keeps it', async () => {
    const names = ['é', 'è', 'ê', 'ë'].map((name) => pathOfBytes(latin1(`/${name}.jpg`)));
    const work = names.map((name): Work[number] => {
      const { path, pathBytes = '' } = toldPath(name);
      return [path, 1, 2, null, pathBytes];
    });
    const outcomes = ['plain', 'error', 'gone'].map((outcome) => ({ outcome, bytes: 1, modified: 2 }));
    const known = new Map(outcomes.map((one, at) => [names[at] ?? '', one]));
    const lost: string[] = [];
    for await (const one of givenUp(work, known, '/')) if ('lost' in one) lost.push(one.lost.path);
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
    const read = argumentsInBytes(given.map(String), () => cmdline(...given));
    expect(read.map(bytesOfPath)).toEqual(given);
  });

  it('stay as they are where nothing is lost, or something else is told', () => {
    const never = () => {
      throw new Error('asked');
    };
    expect(argumentsInBytes(['scan', 'é'], never)).toEqual(['scan', 'é']);
    expect(argumentsInBytes(['scan', '\ufffd'], never)).toEqual(['scan', '\ufffd']);
    expect(argumentsInBytes(['scan', '\ufffd'], () => cmdline(latin1('é')))).toEqual(['scan', '\ufffd']);
  });
});

describe('a list of files', () => {
  const list = async (bytes: Buffer, nul = false, by = 1) => {
    const pieces = Array.from({ length: Math.ceil(bytes.length / by) }, (_, at) =>
      bytes.subarray(at * by, at * by + by),
    );
    const names: Buffer[] = [];
    for await (const name of namesFrom(Readable.from(pieces), nul)) names.push(bytesOfPath(name));
    return names;
  };

  it.each([
    ['line ends', latin1('é\nb c\n\nd'), false],
    [
      'line ends of Windows and a mark',
      Buffer.concat([Buffer.from('\ufeff'), latin1('é\r\nb c\r\nd\r\n')]),
      false,
    ],
    ['NULs that were asked for', latin1('é\0b c\0d\0'), true],
    ['NULs that were not', latin1('é\0b c\0d\0'), false],
  ])('has its names between %s', async (_, bytes, nul) => {
    for (const by of [1, 2, 1_000]) expect(await list(bytes, nul, by)).toEqual(['é', 'b c', 'd'].map(latin1));
  });

  it('in UTF-16 is read as such', async () => {
    const names = await list(Buffer.from('\ufeffé.jpg\r\nb.jpg\r\n', 'utf16le'));
    expect(names.map(String)).toEqual(['é.jpg', 'b.jpg']);
  });

  it('has names with line ends between NULs, and a mark that is one', async () => {
    expect(await list(Buffer.from('\ufeffa\nb\0c\0'), true)).toEqual([
      Buffer.from('\ufeffa\nb'),
      Buffer.from('c'),
    ]);
    expect(await list(Buffer.from('a\nb\0c\0'), false, 1_000)).toEqual([
      Buffer.from('a\nb'),
      Buffer.from('c'),
    ]);
  });
});

onLinux('a tree of names that are not UTF-8', () => {
  let folder: string;
  const picture = () => readFileSync(fixture('c2pa/png-c2pa-intact.png'));
  const at = (...names: Buffer[]) =>
    names.reduce((path, name) => Buffer.concat([path, Buffer.from('/'), name]), Buffer.from(folder));

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-names-'));
    mkdirSync(at(latin1('dossier é')));
    for (let i = 0; i < 203; i += 1)
      writeFileSync(at(latin1('dossier é'), latin1(`photo é ${i}.jpg`)), `${i}`);
    // The same text, three files.
    for (const name of [latin1('é.txt'), latin1('è.txt'), Buffer.from('\ufffd.txt')])
      writeFileSync(at(name), name);
    mkdirSync(at(Buffer.from('deep')));
  });
  // Node takes away no path that the system does not take.
  afterAll(() => spawnSync('rm', ['-rf', folder]));

  const options = (more: Partial<SourceOptions> = {}): SourceOptions => ({
    filter: new Filter({}),
    hidden: false,
    followSymlinks: false,
    ...more,
  });
  const found = async (paths: string[], more: Partial<SourceOptions> = {}) => {
    const all: Found[] = [];
    for await (const one of filesIn(paths, options(more))) all.push(one);
    return all;
  };
  const entries = (all: Found[]): Entry[] => all.flatMap((one) => ('entry' in one ? [one.entry] : []));

  it('is walked, and each file can be opened', async () => {
    const all = await found([folder]);
    expect(all.filter((one) => 'lost' in one)).toEqual([]);
    expect(entries(all)).toHaveLength(206);
    expect(new Set(entries(all).map(({ path }) => path)).size).toBe(206);
    const contents = await Promise.all(entries(all).map((entry) => contentOf(entry)));
    expect(new Set(contents).size).toBe(206);
    expect(contents).not.toContain(undefined);
  });

  it('is matched by patterns, named outright, and listed', async () => {
    const path = pathOfBytes(at(latin1('dossier é')));
    expect(await found([`${path}/photo * 1?.jpg`])).toHaveLength(10);
    expect(
      await found([path], { filter: new Filter({ include: [pathOfBytes(latin1('photo é 7*.jpg'))] }) }),
    ).toHaveLength(11);
    const named = entries(await found([`${path}/${pathOfBytes(latin1('photo é 7.jpg'))}`]));
    const opened = await named[0]?.open();
    expect(await readFile(opened?.local ?? '', 'utf8')).toBe('7');
    await opened?.close();
  });

  it('gives sidecars and init segments of the same names', async () => {
    const stream = at(latin1('flux é'));
    mkdirSync(stream);
    const inFolder = (name: string) => Buffer.concat([stream, Buffer.from('/'), latin1(name)]);
    for (const name of ['ï-init.mp4', 'ï-1.m4s', 'ü.jpg', 'ü.jpg.xmp']) writeFileSync(inFolder(name), name);
    const path = pathOfBytes(stream);
    const all = entries(await found([path], { sidecars: true }));
    expect(
      all.find(({ sidecars }) => sidecars !== undefined)?.sidecars?.map((one) => bytesOfPath(one.path)),
    ).toEqual([inFolder('ü.jpg.xmp')]);
    const init = await new StreamInits().of(pathOfBytes(inFolder('ï-1.m4s')));
    expect(bytesOfPath(init ?? '')).toEqual(inFolder('ï-init.mp4'));
    rmSync(stream, { recursive: true });
  });

  it('keeps apart in the index what has the same text', () => {
    const file = join(folder, '.index');
    const state = State.open(file, 'scan', () => true);
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
    const paths = [latin1('é'), latin1('è'), Buffer.from('\ufffd')].map(pathOfBytes);
    for (const [offset, path] of paths.entries()) state.put({ ...row, path, offset }, false);
    state.doubt(paths[0] ?? '');
    expect(paths.map((path) => state.find(path)?.path)).toEqual(paths);
    expect(paths.map((path) => state.isDoubted(path))).toEqual([true, false, false]);
    expect(state.anyBuried).toBe(false);
    state.close();
    State.remove(file);
  });

  it('has paths of 10 kB, and says what is longer', async () => {
    let local = join(folder, 'deep');
    let long = local;
    const step = 'n'.repeat(240);
    // The system takes no such path at once: another process goes down step by step.
    const made = spawnSync(process.execPath, ['-e', DEEP, local, step]);
    expect(made.status).toBe(0);
    for (let i = 0; i < 42; i += 1) long += `/${step}`;
    for (local = long; !isTooLong(`${local}/${step}`); ) local += `/${step}`;
    const all = await found([join(folder, 'deep')]);
    expect(entries(all).map(({ path }) => path)).toEqual([`${long}/a.txt`]);
    expect(all.flatMap((one) => ('lost' in one ? [one.lost] : []))).toEqual([
      { path: `${local}/${step}`, code: 'not-checked', said: said('scan.lost.tooLong') },
    ]);
    const { local: reached, close } = await reachedFile(`${long}/a.txt`);
    expect(await readFile(reached, 'utf8')).toBe('deep');
    await close();
    await expect(openAt(`${long}/none.txt`)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(local.length).toBeLessThanOrEqual(LONGEST_PATH_BYTES);
  });

  it('counts what it leaves out', async () => {
    writeFileSync(join(folder, '.hidden'), '');
    const leftOut = new LeftOut();
    const filter = new Filter({
      exclude: [pathOfBytes(latin1('dossier é/')), 'deep', 'none'],
      include: ['*.jpg'],
    });
    expect(await found([folder], { filter, leftOut })).toEqual([]);
    expect(leftOut.counts).toEqual({ files: { hidden: 1, notIncluded: 3 }, folders: { excluded: 2 } });
    expect(filter.told).toEqual({ include: ['*.jpg'], exclude: ['none'], idle: [] });
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
    const bytes = records.map((record) => bytesOfPath(pathTold(record)).toString('latin1')).sort();
    expect(bytes).toEqual(['fehlt ß.png', 'è.png', 'é.png'].map((name) => inTree(name).toString('latin1')));
    expect(summary?.tally).toMatchObject({ files: 3, errors: { 'not-found': 1 } });
    const [one, other] = records.filter((record) => 'asset' in record);
    if (one === undefined || other === undefined) throw new Error('no records');
    const entry = { path: pathTold(other), bytes: 0, modified: 0, open: () => Promise.reject() };
    const copy = copyOf({ is: 'slim', record: one }, entry);
    expect(copy?.slim).toMatchObject({
      ...toldPath(pathTold(other)),
      duplicateOf: one.path,
      duplicateOfBytes: one.pathBytes,
    });
    expect(copy && originOf(copy)).toBe(pathTold(one));
    rmSync(`${out}.state`, { force: true });
    writeFileSync(list, tree);
    expect((await assay(['scan', '--files-from', list, '--out', out, '--resume'])).stderr).toContain(
      '2 done before',
    );
    let read = 0;
    for await (const record of recordsIn(out)) {
      read += 1;
      expect(csvRow(record, ['pathBytes'])).toBe(`${record.pathBytes}\r\n`);
    }
    expect(read).toBe(3);
    rmSync(tree, { recursive: true });
  }, 60_000);

  it('is told on an error too', () => {
    const path = pathOfBytes(latin1('é'));
    expect(errorRecord(path, 'not-found', said('error.not-found'))).toMatchObject(toldPath(path));
  });
});
