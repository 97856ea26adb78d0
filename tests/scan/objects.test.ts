import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { decodePath } from '../../src/base/path-text.js';
import type { FoundEntry } from '../../src/scan/sources/entry.js';
import { FileFilter } from '../../src/scan/sources/filter.js';
import { ObjectSource } from '../../src/scan/sources/s3/source.js';
import { TempSpace } from '../../src/scan/sources/scratch.js';
import { assayHere } from '../cli/run-here.js';
import { assay, finished, fixture, start } from '../cli/spawn-assay.js';
import { inEnglish } from '../i18n/english.js';
import {
  CREDENTIALS,
  type Fault,
  type FaultProxy,
  type Moto,
  startMoto,
  startProxy,
} from '../support/moto.js';
import { describeWith } from '../support/system-parts.js';
import { WHOLE } from '../support/whole.js';
import { zipOf } from './archive-files.js';
import { scanned } from './scanned.js';

const PICTURE = readFileSync(fixture('c2pa/png-c2pa-intact.png'));
const TRAINED = readFileSync(fixture('c2pa/jpeg-c2pa-trained.jpg'));
/** More than one page of a list: a store returns at most 1,000, and may return fewer. */
const OBJECTS = WHOLE ? 1_500 : 210;
const pageOfList = (url: string) => (!WHOLE && url.includes('list-type=2') ? `${url}&max-keys=100` : url);
const SLOW = { timeout: 600_000 };

describeWith('moto_server', 'scanning objects of a store', (program) => {
  let moto: Moto;
  let proxy: FaultProxy;
  let folder: string;
  let out: string;
  let turn = 0;
  /** Faults by substring of the request address; each counts its requests. */
  const faults = new Map<string, (method: string, time: number) => Fault>();
  const asked = new Map<string, number>();
  const requests: string[] = [];
  let held: ((method: string, url: string) => Promise<void> | undefined) | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assay-objects-'));
    mkdirSync(join(folder, 'tmp'));
    moto = await startMoto(program);
    const faultOf = (method: string, url: string): Fault => {
      requests.push(`${method} ${url}`);
      for (const [part, fault] of faults) {
        if (!url.includes(part)) continue;
        const time = (asked.get(part) ?? 0) + 1;
        asked.set(part, time);
        return fault(method, time);
      }
      return undefined;
    };
    proxy = await startProxy(moto.port, faultOf, pageOfList, (method, url) => held?.(method, url));
  });
  afterAll(async () => {
    await proxy.stop();
    await moto.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    turn += 1;
    out = join(folder, `out-${turn}.ndjson`);
    faults.clear();
    asked.clear();
    requests.length = 0;
    held = undefined;
  });

  const env = () => ({
    ...CREDENTIALS,
    AWS_ENDPOINT_URL: proxy.endpoint,
    TMPDIR: join(folder, 'tmp'),
  });
  const scan = (...args: string[]) => assay(['scan', ...args, '--out', out], env());
  const results = () => scanned(readFileSync(out, 'utf8'));

  it(
    'gives each of so many objects its record, over pages of the list and an interruption',
    SLOW,
    async () => {
      function* objects(): Generator<[string, Buffer]> {
        for (let i = 0; i < OBJECTS; i += 1) {
          yield [`many/${i % 7}/${String(i).padStart(4, '0')} +&%.png`, PICTURE.subarray(0, 100 + i)];
        }
      }
      await moto.put('archive', objects());
      const child = start(['scan', 's3://archive/many/', '--out', out, '--throttle', '60'], env());
      child.stderr?.resume();
      while (
        !existsSync(`${out}.partial`) ||
        readFileSync(`${out}.partial`, 'utf8').split('\n').length < 60
      ) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      child.kill('SIGKILL');
      await finished(child);
      expect((await scan('s3://archive/many/', '--resume')).code).toBe(0);
      const { records, summary } = results();
      expect(records).toHaveLength(OBJECTS);
      const paths = records.map(({ path }) => path).sort();
      expect(new Set(paths).size).toBe(OBJECTS);
      expect(paths[0]).toBe('s3://archive/many/0/0000 +&%.png');
      expect(summary?.tally.errors).toEqual({});
      expect(requests.filter((one) => one.includes('list-type=2')).length).toBeGreaterThanOrEqual(2);
      // The killed scan's leftovers in the temporary folder are gone too.
      expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
    },
  );

  it('says of an object what it says of the same file, and what the store calls it', SLOW, async () => {
    await moto.put('small', [
      ['a.png', PICTURE],
      ['a.png.bak', Buffer.from('words')],
      ['in/.hidden.png', PICTURE],
      ['in/b.jpg', TRAINED],
      ['in/empty/', Buffer.alloc(0)],
    ]);
    const local = join(folder, 'a.png');
    copyFileSync(fixture('c2pa/png-c2pa-intact.png'), local);
    const { stdout } = await assay(['scan', local]);
    const [expected] = scanned(stdout).records;
    // The exact name is one object, although another key begins with it.
    expect(await scan('s3://small/a.png')).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^assay: 1 file .*\nassay: index .*\n$/),
    });
    const { records } = results();
    expect(records).toEqual([
      {
        ...expected,
        path: 's3://small/a.png',
        folder: 's3://small',
        modified: expect.any(String),
        etag: expect.stringMatching(/^"/),
      },
    ]);
    await scan('s3://small', '--overwrite', '--include', '*.{png,jpg}');
    expect(
      results()
        .records.map(({ path }) => path)
        .sort(),
    ).toEqual(['s3://small/a.png', 's3://small/in/b.jpg']);
  });

  it('reads the first bytes alone where they show a kind nobody asked for', SLOW, async () => {
    const sound = Buffer.concat([
      readFileSync(fixture('c2pa/jpeg-c2pa-trained.jpg')),
      Buffer.alloc(3_000_000),
    ]);
    await moto.put('kinds', [
      ['no-name', sound],
      ['one.png', PICTURE],
    ]);
    const { stdout, stderr } = await assay(['scan', 's3://kinds', '--type', 'video,audio', '--full'], env());
    expect(scanned(stdout).records, stderr).toEqual([]);
    expect(requests.filter((one) => one.startsWith('GET /kinds/no-name'))).toHaveLength(1);
    expect(requests.filter((one) => one.startsWith('GET /kinds/one.png'))).toHaveLength(0);
  });

  it(
    'makes a record of each object that is gone, cut off, denied or replaced, and loses none',
    SLOW,
    async () => {
      const big = Buffer.concat([PICTURE, Buffer.alloc(9_000_000)]);
      await moto.put('faults', [
        ['cut-always.png', PICTURE],
        ['cut-once.png', big],
        ['denied.png', PICTURE],
        ['frozen.png', PICTURE],
        ['gone.png', PICTURE],
        ['replaced.png', PICTURE],
        ['slow.png', PICTURE],
        ['well.png', TRAINED],
      ]);
      faults.set('cut-always', () => ({ status: 500, code: 'InternalError' }));
      faults.set('cut-once', (_, time) => (time <= 2 ? 'cut' : undefined));
      faults.set('denied', () => ({ status: 403, code: 'AccessDenied' }));
      faults.set('frozen', () => ({ status: 403, code: 'InvalidObjectState' }));
      faults.set('gone', () => ({ status: 404, code: 'NoSuchKey' }));
      faults.set('replaced', () => ({ status: 412, code: 'PreconditionFailed' }));
      faults.set('slow', (_, time) => (time <= 3 ? { status: 503, code: 'SlowDown' } : undefined));
      const { code } = await scan('s3://faults/', '--ordered');
      expect(code).toBe(3);
      expect(results().records).toMatchObject([
        { path: 's3://faults/cut-always.png', code: 'not-readable' },
        { path: 's3://faults/cut-once.png', asset: { bytes: big.length } },
        {
          path: 's3://faults/denied.png',
          code: 'not-readable',
          message: inEnglish('scan.s3.notPermitted'),
        },
        {
          path: 's3://faults/frozen.png',
          code: 'not-readable',
          message: expect.stringContaining('archive class'),
        },
        { path: 's3://faults/gone.png', code: 'not-found' },
        { path: 's3://faults/replaced.png', code: 'changed-while-reading' },
        { path: 's3://faults/slow.png', contentCredentials: { integrity: 'intact' } },
        { path: 's3://faults/well.png', contentCredentials: { integrity: 'intact' } },
      ]);
      // Without the faults, resuming reads only the objects that had no answer.
      faults.clear();
      requests.length = 0;
      expect((await scan('s3://faults/', '--resume')).code).toBe(0);
      expect(results().records).toHaveLength(8);
      expect(results().summary?.tally.errors).toEqual({});
      expect(requests.some((one) => one.includes('well.png'))).toBe(false);
    },
  );

  it('fetches ahead of what is read, however few are read at once', SLOW, async () => {
    const objects = Array.from({ length: 24 }, (_, i): [string, Buffer] => [
      `${i}.png`,
      PICTURE.subarray(0, 200 + i),
    ]);
    await moto.put('ahead', objects);
    let waiting = 0;
    let letGo: (() => void) | undefined;
    const together = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    // No request is answered before 20 are pending: with less concurrency the scan would not end.
    held = (method, url) => {
      if (method !== 'GET' || !/^\/ahead\/\d/.test(url)) return undefined;
      waiting += 1;
      if (waiting === 20) letGo?.();
      return together;
    };
    expect((await scan('s3://ahead/', '--jobs', '1')).code).toBe(0);
    expect(results().records).toHaveLength(24);
    // The same applies to a list: its objects are requested concurrently.
    waiting = 0;
    const asking = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    held = (method) => {
      if (method !== 'HEAD') return undefined;
      waiting += 1;
      if (waiting === 20) letGo?.();
      return asking;
    };
    await moto.put('lists', [
      ['list.txt', Buffer.from(objects.map(([key]) => `s3://ahead/${key}`).join('\n'))],
    ]);
    const local = join(folder, 'list.txt');
    writeFileSync(local, objects.map(([key]) => `s3://ahead/${key}`).join('\n'));
    expect((await scan('--files-from', local, '--overwrite', '--ordered')).code).toBe(0);
    expect(results().records.map(({ path }) => path)).toEqual(objects.map(([key]) => `s3://ahead/${key}`));
    held = undefined;
    expect((await scan('--files-from', 's3://lists/list.txt', '--overwrite')).code).toBe(0);
    expect(results().records).toHaveLength(24);
  });

  it('brings the pieces of a large one together, each to its place', SLOW, async () => {
    const bytes = Buffer.alloc(41 * 1024 ** 2);
    PICTURE.copy(bytes);
    for (let at = 8 * 1024 ** 2; at < bytes.length; at += 8 * 1024 ** 2) bytes.writeUInt32LE(at, at);
    await moto.put('masters', [['large.png', bytes]]);
    let waiting = -1;
    let letGo: (() => void) | undefined;
    const together = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    held = (method, url) => {
      if (method !== 'GET' || !url.startsWith('/masters/large')) return undefined;
      waiting += 1;
      // The first bytes come alone, and decide whether the rest is fetched.
      if (waiting === 0) return undefined;
      if (waiting === 4) letGo?.();
      return together;
    };
    faults.set('masters/large', (_, time) => (time === 3 ? 'cut' : undefined));
    expect((await scan('s3://masters/large.png')).code).toBe(0);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(results().records).toMatchObject([{ asset: { bytes: bytes.length, sha256 } }]);
  });

  it('leaves what holds nothing to look into, and says so of each', SLOW, async () => {
    const far = Buffer.alloc(3_000_000, 7);
    await moto.put('sniffed', [
      ['a.png', Buffer.concat([PICTURE, far])],
      ['b.rar', Buffer.concat([Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1'), far])],
      ['c.bin', far],
      ['d.jpg', far],
      ['e.txt', Buffer.from('short')],
    ]);
    const { code, stderr } = await scan('s3://sniffed/', '--ordered');
    expect(stderr).toContain('3 not fetched');
    expect(code).toBe(0);
    const { records, summary } = results();
    expect(records).toMatchObject([
      { path: 's3://sniffed/a.png', asset: { bytes: PICTURE.length + far.length } },
      { path: 's3://sniffed/b.rar', code: 'not-fetched', message: expect.stringContaining('RAR') },
      { path: 's3://sniffed/c.bin', code: 'not-fetched' },
      // Decided by the content and not by the name.
      { path: 's3://sniffed/d.jpg', code: 'not-fetched' },
      { path: 's3://sniffed/e.txt', asset: { bytes: 5 } },
    ]);
    expect(summary?.tally.errors).toEqual({ 'not-fetched': 3 });
    const gets = () => requests.filter((one) => /^GET \/sniffed\/[b-d]/.test(one)).length;
    expect(gets()).toBe(3);

    // Unchanged objects are skipped without a request.
    await moto.put('sniffed', [['c.bin', far.subarray(1)]]);
    const again = await scan('s3://sniffed/', '--resume');
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('4 done before') });
    expect(results().summary?.tally.errors).toEqual({ 'not-fetched': 3 });
    expect(gets()).toBe(4);

    const kept = { ...env(), ASSAY_DATA_DIR: join(folder, 'sniffed-data') };
    const stored = await assay(['scan', 's3://sniffed/', '--store'], kept);
    const id = /scan ([0-9a-f-]{36})/.exec(stored.stderr)?.[1] ?? 'none';
    const before = gets();
    await assay(['scan', 's3://sniffed/', '--store', '--scan', id], kept);
    expect(gets()).toBe(before);
    const { stdout } = await assayHere(['scan', 'status', id, '--json'], kept);
    const bytes = PICTURE.length + far.length + 5;
    expect(JSON.parse(stdout).records).toMatchObject({ files: 5, bytes, errors: 0, notFetched: 3 });
  });

  it('reads what an S3 Inventory lists, and says where a list breaks off', SLOW, async () => {
    await moto.put('stock', [
      ['a b&ü.png', PICTURE],
      ['in/b.jpg', TRAINED],
      ['in/old.jpg', TRAINED],
      ['.hidden/c.jpg', TRAINED],
    ]);
    const row = (key: string, bytes: number, latest = 'true') =>
      `"stock","${encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/')}","${latest}","false","${bytes}","2024-05-01T10:00:00.000Z"`;
    const csv = [
      row('a b&ü.png', PICTURE.length),
      row('in/b.jpg', TRAINED.length),
      row('in/old.jpg', TRAINED.length, 'false'),
      row('.hidden/c.jpg', TRAINED.length),
      row('in/gone.jpg', 12),
    ].join('\n');
    const list = gzipSync(csv);
    const manifest = (more: object = {}) =>
      Buffer.from(
        JSON.stringify({
          sourceBucket: 'stock',
          destinationBucket: 'arn:aws:s3:::reports',
          fileFormat: 'CSV',
          fileSchema: 'Bucket, Key, IsLatest, IsDeleteMarker, Size, LastModifiedDate',
          files: [
            {
              key: 'x/data/1.csv.gz',
              size: list.length,
              MD5checksum: createHash('md5').update(list).digest('hex'),
            },
          ],
          ...more,
        }),
      );
    await moto.put('reports', [
      ['x/2024/manifest.json', manifest()],
      ['x/data/1.csv.gz', list],
      ['x/data/cut.csv.gz', list.subarray(0, 60)],
      ['x/cut/manifest.json', manifest({ files: [{ key: 'x/data/cut.csv.gz' }] })],
      ['x/parquet/manifest.json', manifest({ fileFormat: 'Parquet' })],
    ]);
    expect((await scan('--files-from', 's3://reports/x/2024/manifest.json', '--ordered')).code).toBe(3);
    const expected = [
      {
        path: 's3://stock/a b&ü.png',
        contentCredentials: { integrity: 'intact' },
        modified: '2024-05-01T10:00:00.000Z',
      },
      { path: 's3://stock/in/b.jpg', contentCredentials: { integrity: 'intact' } },
      { path: 's3://stock/in/gone.jpg', code: 'not-found' },
    ];
    expect(results().records).toMatchObject(expected);
    expect(results().summary?.leftOut).toEqual({ files: { hidden: 1 } });
    // Finding them takes only the list requests.
    expect(requests.filter((one) => one.includes('list-type=2'))).toEqual([]);
    const local = join(folder, 'manifest.json');
    writeFileSync(local, manifest());
    writeFileSync(join(folder, '1.csv.gz'), list);
    await scan('--files-from', local, '--ordered', '--overwrite');
    expect(results().records).toMatchObject(expected);
    // A folder whose name is not UTF-8, which the command line prints as bytes.
    if (process.platform === 'linux') {
      const [dir, path] = [
        Buffer.from(`${folder}/\xe9`, 'latin1'),
        join(folder, decodePath(Buffer.of(0xe9))),
      ];
      mkdirSync(dir);
      writeFileSync(Buffer.concat([dir, Buffer.from('/manifest.json')]), manifest());
      writeFileSync(Buffer.concat([dir, Buffer.from('/1.csv.gz')]), list);
      const found: FoundEntry[] = [];
      const source = new ObjectSource(
        { endpoint: proxy.endpoint },
        () => scratch,
        new AbortController().signal,
      );
      const asked = { filter: new FileFilter({}), hidden: false, followSymlinks: false };
      const scratch = TempSpace.begin(join(folder, 'tmp'));
      for await (const one of source.readInventory(join(path, 'manifest.json'), asked)) found.push(one);
      source.end();
      scratch.end();
      expect(found).toMatchObject(expected.map(({ path }) => ({ entry: { path } })));
    }
    for (const [name, why] of [
      ['cut', 'damaged'],
      ['parquet', 'Parquet'],
      ['none', 'no such object'],
    ] as const) {
      await scan('--files-from', `s3://reports/x/${name}/manifest.json`, '--ordered', '--overwrite');
      const records = results().records;
      expect(records.at(-1), name).toMatchObject({
        path: `s3://reports/x/${name}/manifest.json`,
        message: expect.stringContaining(why),
      });
    }
  });

  it('are rechecked as they are now, those in archives too', SLOW, async () => {
    const [small, large] = [PICTURE, TRAINED].sort((a, b) => a.length - b.length) as [Buffer, Buffer];
    await moto.put('anew', [
      ['grown', small],
      ['gone', large],
      ['late', large],
      ['z.zip', zipOf([{ name: 'in.png', bytes: PICTURE }])],
    ]);
    const kept = (...args: string[]) =>
      assay(['scan', ...args], { ...env(), ASSAY_DATA_DIR: join(folder, 'data') });
    const denied = () => ({ status: 403, code: 'AccessDenied' });
    faults.set('/late', denied);
    const { stderr } = await kept('s3://anew/', '--store', '--archives', 'zip');
    const id = /scan ([0-9a-f-]{36})/.exec(stderr)?.[1] ?? 'none';
    faults.clear();
    await moto.put('anew', [['grown', large]]);
    faults.set('/gone', () => ({ status: 404, code: 'NoSuchKey' }));
    const trust = join(folder, 'trust');
    mkdirSync(join(trust, 'private'), { recursive: true });
    copyFileSync(fixture('ca/root.pem'), join(trust, 'private/ours.pem'));
    const rechecked = await assay(['scan', 'recheck', id], {
      ...env(),
      ASSAY_DATA_DIR: join(folder, 'data'),
      ASSAY_TRUST_DIR: trust,
    });
    expect(rechecked).toMatchObject({ code: 3, stderr: expect.stringContaining('1 file is not there or') });
    const { stdout } = await kept('export', id);
    const said = Object.fromEntries(
      scanned(stdout).records.map((one) => [one.path, 'asset' in one ? one.asset.bytes : one.code]),
    );
    expect(said).toEqual({
      's3://anew/gone': large.length,
      's3://anew/grown': large.length,
      's3://anew/late': large.length,
      's3://anew/z.zip!/in.png': PICTURE.length,
    });
  });

  it('says where a list could not be had or broke off', SLOW, async () => {
    await moto.put('listed', [['a.png', PICTURE]]);
    expect((await scan('s3://nowhere/x')).code).toBe(3);
    expect(results().records).toMatchObject([
      { path: 's3://nowhere/x', code: 'not-found', message: expect.stringContaining('no such bucket') },
    ]);
    await scan('s3://listed/none', '--overwrite');
    expect(results().records).toMatchObject([{ path: 's3://listed/none', code: 'not-found' }]);
    faults.set('list-type=2', () => ({ status: 403, code: 'AccessDenied' }));
    await scan('s3://listed/', 's3://listed/a.png', '--overwrite', '--ordered');
    expect(results().records).toMatchObject([
      { path: 's3://listed/', code: 'not-readable', message: expect.stringContaining('listed to the end') },
      { path: 's3://listed/a.png', contentCredentials: { integrity: 'intact' } },
    ]);
  });
});
