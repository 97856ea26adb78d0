import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assay, fixture } from '../cli/spawn-assay.js';
import { tarOf, zipOf } from './archive-files.js';
import { scanned } from './scanned.js';

const PICTURE = readFileSync(fixture('c2pa/png-c2pa-intact.png'));
const ALTERED = readFileSync(fixture('c2pa/png-c2pa-altered-data.png'));
const TRAINED = readFileSync(fixture('c2pa/jpeg-c2pa-trained.jpg'));

let folder: string;
let tree: string;
let out: string;
let turn = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-archives-'));
  mkdirSync(join(folder, 'tmp'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  turn += 1;
  tree = join(folder, `tree-${turn}`);
  out = join(folder, `out-${turn}.ndjson`);
  mkdirSync(tree);
});

const put = (name: string, bytes: Buffer) => writeFileSync(join(tree, name), bytes);
const scan = (...args: string[]) =>
  assay(['scan', tree, '--out', out, ...args], { TMPDIR: join(folder, 'tmp') });
const results = () => scanned(readFileSync(out, 'utf8'));
/** Returns path → integrity, or the code of the error. */
const said = () =>
  Object.fromEntries(
    results()
      .records.map((record): [string, string] => [
        record.path.slice(tree.length + 1),
        'asset' in record ? (record.contentCredentials.integrity ?? record.asset.mediaType) : record.code,
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
const messageOf = (path: string) =>
  results().records.flatMap((record) =>
    record.path === join(tree, path) && 'message' in record ? [record.message] : [],
  )[0];

describe('scanning inside of archives', () => {
  it('finds each file in ZIP, tar and tar.gz, as if it stood in a folder', async () => {
    put(
      'a.zip',
      zipOf([
        { name: 'in/', bytes: Buffer.alloc(0), method: 0 },
        { name: 'in/one.png', bytes: PICTURE },
        { name: 'in/two.jpg', bytes: TRAINED, method: 0 },
        { name: '.hidden.png', bytes: PICTURE },
      ]),
    );
    const tar = tarOf([
      { path: 'in/', type: 'Directory' },
      { path: 'in/one.png', bytes: ALTERED },
      { path: 'in/link.png', type: 'SymbolicLink', linkpath: '/etc/passwd' },
      { path: 'in/again.png', type: 'Link', linkpath: 'in/one.png' },
      { path: 'words.txt', bytes: Buffer.from('words') },
      { path: 'last.jpg', bytes: TRAINED },
    ]);
    put('b.tar', tar);
    put('c.tar.gz', gzipSync(tar));
    put('plain.png', PICTURE);
    put('no.zip', PICTURE);
    await scan();
    expect(Object.keys(said())).toEqual(['a.zip', 'b.tar', 'c.tar.gz', 'no.zip', 'plain.png']);
    const { code } = await scan('--overwrite', '--archives', 'zip,tar');
    expect(code).toBe(3);
    const tarred = (name: string) => ({
      [`${name}!/in/again.png`]: 'not-checked',
      [`${name}!/in/one.png`]: 'altered',
      [`${name}!/last.jpg`]: 'intact',
      [`${name}!/words.txt`]: 'application/octet-stream',
    });
    expect(said()).toEqual({
      'a.zip!/in/one.png': 'intact',
      'a.zip!/in/two.jpg': 'intact',
      ...tarred('b.tar'),
      ...tarred('c.tar.gz'),
      'no.zip': 'intact',
      'plain.png': 'intact',
    });
    await scan('--overwrite', '--archives', 'zip', '--include', '*.jpg');
    expect(Object.keys(said())).toEqual(['a.zip!/in/two.jpg']);
    // A file with an archive's name that is no archive is left out by its own name, and counted.
    expect(results().summary?.leftOut).toEqual({ files: { hidden: 1, notIncluded: 5 } });
    await scan('--overwrite', '--archives', 'zip,tar', '--type', 'image', '--exclude', 'in');
    expect(Object.keys(said())).toEqual(['b.tar!/last.jpg', 'c.tar.gz!/last.jpg', 'no.zip', 'plain.png']);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });

  it('goes into archives in archives, and says where it stops', async () => {
    const one = (name: string, bytes: Buffer) => zipOf([{ name, bytes, method: 0 }]);
    const nested = one('2.zip', one('3.zip', one('4.zip', one('deep.png', PICTURE))));
    put('1.zip', nested);
    put('mixed.zip', one('x.tar', tarOf([{ path: 'a.png', bytes: PICTURE }])));
    await scan('--archives', 'zip,tar');
    expect(said()).toEqual({
      '1.zip!/2.zip!/3.zip!/4.zip': 'not-checked',
      'mixed.zip!/x.tar!/a.png': 'intact',
    });
  });

  it('takes names as labels: none leads anywhere, and each member has its own', async () => {
    const long = `${'x'.repeat(5_000)}.png`;
    // The limit falls between the halves of a surrogate pair.
    const cut = `${'y'.repeat(1_023)}😀.png`;
    put(
      'odd.zip',
      zipOf([
        { name: '../../../../tmp/out.png', bytes: PICTURE },
        { name: '/etc/passwd', bytes: PICTURE },
        { name: 'same.png', bytes: PICTURE },
        { name: 'same.png', bytes: ALTERED },
        { name: '=cmd|"\u0007\u202e.png', bytes: PICTURE },
        { name: long, bytes: PICTURE },
        { name: cut, bytes: PICTURE },
      ]),
    );
    await scan('--archives', 'zip');
    expect(said()).toEqual({
      'odd.zip!/../../../../tmp/out.png': 'intact',
      'odd.zip!//etc/passwd': 'intact',
      'odd.zip!/same.png': 'intact',
      'odd.zip!/same.png#4': 'altered',
      'odd.zip!/=cmd|"\u0007\u202e.png': 'intact',
      [`odd.zip!/${long.slice(0, 1_024)}…#6`]: 'intact',
      [`odd.zip!/${cut.slice(0, 1_023)}…#7`]: 'intact',
    });
    expect(results().records.filter(({ pathBytes }) => pathBytes !== undefined)).toEqual([]);
  });

  it('checks no member that is encrypted, lies or would burst, and goes on with the next', async () => {
    const zeros = Buffer.alloc(64 * 1024 ** 2);
    put(
      'bad.zip',
      zipOf([
        { name: 'secret.png', bytes: PICTURE, encrypted: true },
        { name: 'bzip2.png', bytes: PICTURE, method: 12 },
        { name: 'bomb.png', bytes: zeros },
        { name: 'small-bomb.png', bytes: zeros, stated: { bytes: 1_000 } },
        { name: 'short.png', bytes: PICTURE, stated: { bytes: PICTURE.length + 1 } },
        { name: 'flipped.png', bytes: PICTURE, method: 0, stated: { crc: 1 } },
        { name: 'huge.png', bytes: PICTURE, stated: { bytes: 0xfffffffe } },
        { name: 'well.png', bytes: PICTURE },
      ]),
    );
    put(
      'bomb.tar.gz',
      gzipSync(
        tarOf([
          { path: 'a.png', bytes: PICTURE },
          { path: 'zeros.png', bytes: zeros },
        ]),
      ),
    );
    const cut = zipOf([{ name: 'a.png', bytes: PICTURE }]);
    put('cut.zip', cut.subarray(0, cut.length - 30));
    put(
      'cut.tar',
      tarOf([
        { path: 'a.png', bytes: PICTURE },
        { path: 'b.jpg', bytes: TRAINED },
      ]).subarray(0, PICTURE.length + 3_000),
    );
    put('cut.tgz', gzipSync(tarOf([{ path: 'a.png', bytes: TRAINED }])).subarray(0, 3_000));
    await scan('--archives', 'zip,tar');
    expect(said()).toMatchObject({
      'bad.zip!/secret.png': 'not-checked',
      'bad.zip!/bzip2.png': 'not-checked',
      'bad.zip!/bomb.png': 'not-checked',
      'bad.zip!/small-bomb.png': 'not-checked',
      'bad.zip!/short.png': 'not-readable',
      'bad.zip!/huge.png': 'not-checked',
      'bad.zip!/well.png': 'intact',
      'bomb.tar.gz': 'not-checked',
      'bomb.tar.gz!/a.png': 'intact',
      'bomb.tar.gz!/zeros.png': 'not-checked',
      'cut.zip': 'not-readable',
      'cut.tar': 'not-readable',
      'cut.tar!/a.png': 'intact',
      'cut.tar!/b.jpg': 'not-readable',
      'cut.tgz': 'not-readable',
      'cut.tgz!/a.png': 'not-readable',
    });
    expect(messageOf('bad.zip!/secret.png')).toBe('it is encrypted');
    expect(messageOf('bomb.tar.gz')).toContain('200 times its size');
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });

  it('resumes inside of an archive, and reads what has changed in one that was packed anew', async () => {
    put(
      'a.zip',
      zipOf([
        { name: 'one.png', bytes: PICTURE },
        { name: 'two.jpg', bytes: TRAINED },
      ]),
    );
    await scan('--archives', 'zip');
    expect((await scan('--archives', 'zip', '--resume')).stderr).toContain('2 done before');
    put(
      'a.zip',
      zipOf([
        { name: 'one.png', bytes: ALTERED },
        { name: 'two.jpg', bytes: TRAINED },
      ]),
    );
    utimesSync(join(tree, 'a.zip'), new Date('2024-01-01'), new Date('2024-01-01'));
    expect((await scan('--archives', 'zip', '--resume')).stderr).toMatch(/1 file .*, 1 done before/);
    expect(said()).toEqual({ 'a.zip!/one.png': 'altered', 'a.zip!/two.jpg': 'intact' });
    expect((await scan('--archives', 'zip', '--resume')).stderr).toContain('2 done before');
  });
});
