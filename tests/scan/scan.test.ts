import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseLine } from '../../src/scan/lines/parse.js';
import type { ScanRecord } from '../../src/scan/records/record.js';
import { assayHere } from '../cli/run-here.js';
import { assay, finished, fixture, start } from '../cli/spawn-assay.js';
import { csvTable } from '../csv-table.js';
import { inEnglish } from '../i18n/english.js';
import { type Scanned, scanned } from './scanned.js';

const INTACT = fixture('c2pa/png-c2pa-intact.png');
const ALTERED = fixture('c2pa/png-c2pa-altered-data.png');
const TRAINED = fixture('c2pa/jpeg-c2pa-trained.jpg');

let folder: string;
let tree: string;
let out: string;
let turn = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-scan-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  turn += 1;
  tree = join(folder, `tree-${turn}`);
  out = join(folder, `out-${turn}.ndjson`);
  mkdirSync(join(tree, 'deep/er'), { recursive: true });
  copyFileSync(INTACT, join(tree, 'a.png'));
  copyFileSync(ALTERED, join(tree, 'deep/b.png'));
  copyFileSync(TRAINED, join(tree, 'deep/er/c.jpg'));
});

const results = () => scanned(readFileSync(out, 'utf8'));
const pathsOf = ({ records }: Scanned) => records.map(({ path }) => path.replace(`${tree}/`, '')).sort();
/** Runs in this process, except in tests about the process. */
const scan = (...args: string[]) => assayHere(['scan', tree, '--out', out, ...args]);
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');
const small = (name: string, content: string) => writeFileSync(join(tree, name), content);

describe('assay scan', () => {
  it('writes a header, a record a file and a summary; to stdout where no file is named', async () => {
    const { code, stdout } = await assay(['scan', tree]);
    const seen = scanned(stdout);
    expect(code).toBe(0);
    expect(seen.headers).toMatchObject([{ run: 1, sources: [tree], asOfSource: 'today' }]);
    expect(pathsOf(seen)).toEqual(['a.png', 'deep/b.png', 'deep/er/c.jpg']);
    expect(seen.summary?.tally).toMatchObject({
      files: 3,
      errors: {},
      credentials: { present: 3 },
      integrity: { intact: 2, altered: 1 },
    });
    const { stdout: json } = await assay(['inspect', '--json', ALTERED]);
    const report = JSON.parse(json);
    expect(seen.records.find(({ path }) => path.endsWith('b.png'))).toMatchObject({
      asset: { sha256: report.asset.sha256, bytes: report.asset.bytes, mediaType: 'image/png' },
      summary: { origin: report.summary.origin, sentence: report.summary.sentence },
      contentCredentials: { presence: 'present', integrity: 'altered' },
      findings: [],
    });
  });

  it('keeps the whole Report with --full, and asks only the rulebooks named', async () => {
    await scan('--full', '--rulebooks', 'eu-ai-act-art-50', '--as-of', '2026-11-25');
    const full = readFileSync(out, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const parsed = line === '' ? undefined : parseLine(line);
        return parsed?.is === 'record' ? [parsed.record] : [];
      });
    expect(full).toHaveLength(3);
    for (const { report } of full) {
      expect(new Set(report?.findings.map(({ rulebook }) => rulebook))).toEqual(
        new Set(['eu-ai-act-art-50']),
      );
      expect(report?.law?.map(({ jurisdiction }) => jurisdiction)).toEqual(['EU']);
    }
  });

  it('gives one record to what is missing, and goes on', async () => {
    const missing = join(tree, 'gone.jpg');
    const { code } = await assayHere(['scan', missing, join(tree, 'a.png'), '--out', out]);
    expect(code).toBe(3);
    expect(results().records).toMatchObject([
      { schema: 'assay.error/1', path: missing, code: 'not-found' },
      { schema: 'assay.scan-record/1', path: join(tree, 'a.png') },
    ]);
  });

  it('leaves out hidden files, links and what filters do not want; a pattern picks', async () => {
    copyFileSync(INTACT, join(tree, '.hidden.png'));
    symlinkSync(tree, join(tree, 'deep/round'));
    symlinkSync(INTACT, join(tree, 'link.png'));
    await scan();
    expect(pathsOf(results())).toEqual(['a.png', 'deep/b.png', 'deep/er/c.jpg']);
    await scan('--overwrite', '--hidden', '--follow-symlinks');
    expect(pathsOf(results())).toEqual(['.hidden.png', 'a.png', 'deep/b.png', 'deep/er/c.jpg', 'link.png']);
    await scan('--overwrite', '--exclude', 'er', '--include', '*.png');
    expect(pathsOf(results())).toEqual(['a.png', 'deep/b.png']);
    await assayHere(['scan', `${tree}/deep/**/*.{jpg,jpeg}`, '--out', out, '--overwrite']);
    expect(pathsOf(results())).toEqual(['deep/er/c.jpg']);
    utimesSync(join(tree, 'a.png'), new Date('2020-01-01'), new Date('2020-01-01'));
    await scan('--overwrite', '--newer-than', '2021-01-01');
    expect(pathsOf(results())).toEqual(['deep/b.png', 'deep/er/c.jpg']);
  });

  it('decides --type by the bytes where the name says nothing', async () => {
    copyFileSync(TRAINED, join(tree, 'noname'));
    small('words', 'nothing but words');
    await scan('--type', 'image');
    expect(pathsOf(results())).toEqual(['a.png', 'deep/b.png', 'deep/er/c.jpg', 'noname']);
  });

  it('takes names from a list, parted by NUL, whatever they hold', async () => {
    const odd = join(tree, 'line\nend [1].png');
    copyFileSync(INTACT, odd);
    const list = join(folder, `list-${turn}`);
    writeFileSync(list, `${odd}\0${join(tree, 'a.png')}\0`);
    await assayHere(['scan', '--files-from', list, '--ordered', '--out', out]);
    expect(results().records.map(({ path }) => path)).toEqual([odd, join(tree, 'a.png')]);
  });

  it('reads equal bytes once and says whose answer it is', async () => {
    copyFileSync(INTACT, join(tree, 'z.png'));
    await scan('--jobs', '1', '--ordered');
    const { records, summary } = results();
    const first = records.find(({ path }) => path.endsWith('/a.png'));
    const again = records.find(({ path }) => path.endsWith('/z.png'));
    if (first === undefined || again === undefined || !('asset' in first) || !('asset' in again)) {
      throw new Error('a record is missing');
    }
    // They may have been read concurrently; then neither is a duplicate of the other.
    if (again.duplicateOf === undefined) expect(summary?.tally.duplicates).toBe(0);
    else expect(again.duplicateOf).toBe(first.path);
    const own = (record: ScanRecord) => ({
      ...record,
      path: '',
      modified: '',
      duplicateOf: '',
      asset: { ...record.asset, name: '' },
    });
    expect(own(again)).toEqual(own(first));
  });

  it('fails on signals, outcomes and conditions', async () => {
    expect((await scan('--fail-on', 'altered')).code).toBe(1);
    expect((await scan('--overwrite', '--fail-on', 'contradiction')).code).toBe(0);
    const ruled = await scan(
      '--overwrite',
      '--jurisdiction',
      'CN',
      '--fail-on',
      'no-signal-found',
      '--as-of',
      '2026-11-25',
    );
    expect(ruled.code).toBe(1);
    expect(await scan('--overwrite', '--fail-on', 'no-signal-found')).toMatchObject({ code: 2 });
    expect(await scan('--overwrite', '--fail-on', 'no.such.signal')).toMatchObject({ code: 2 });
  });

  it('of files that are not read says in every form that their origin is not known', async () => {
    for (const name of ['one.txt', 'two.txt']) small(name, 'words');
    const texts = ['scan', join(tree, 'one.txt'), join(tree, 'two.txt')];
    const out = join(folder, `texts-${turn}.ndjson`);
    expect((await assayHere([...texts, '--out', out])).code).toBe(0);
    const { records, summary } = scanned(readFileSync(out, 'utf8'));
    expect(records.map((one) => 'summary' in one && one.summary.origin)).toEqual(['unknown', 'unknown']);
    expect(records.map((one) => 'summary' in one && one.summary.coverage.state)).toEqual([
      'nothing',
      'nothing',
    ]);
    expect(summary?.tally).toMatchObject({ unread: 2, origins: { unknown: 2 } });
    expect(summary?.tally.origins.none).toBeUndefined();
    const page = (await assayHere(['report', out])).stdout;
    expect(page).toMatch(
      /not known \(could not look everywhere\)<\/bdi><\/span> <span class="share">100 %<\/span>.{0,200}not looked into everywhere: 2</,
    );
    const [head = [], ...rows] = csvTable((await assayHere([...texts, '--format', 'csv'])).stdout);
    const at = ['origin', 'coverage'].map((name) => head.indexOf(name));
    expect(rows.map((row) => at.map((column) => row[column]))).toEqual([
      ['unknown', 'nothing'],
      ['unknown', 'nothing'],
    ]);
    expect((await assayHere([...texts, '--fail-on', 'unknown'])).code).toBe(1);
    expect((await assayHere([...texts, '--fail-on', 'none,unreadable'])).code).toBe(0);
  });

  it('writes a table or one document, which is there whole or not at all', async () => {
    small('=cmd().txt', 'words');
    const table = join(folder, `table-${turn}.csv`);
    const asked = ['scan', tree, '--ordered', '--out', table, '--format', 'csv'];
    expect((await assayHere(asked)).code).toBe(0);
    const [head = [], ...rows] = csvTable(readFileSync(table, 'utf8').replaceAll(`${tree}/`, ''));
    const at = ['path', 'integrity', 'error'].map((name) => head.indexOf(name));
    expect(rows.map((row) => at.map((column) => row[column]))).toEqual([
      ['=cmd().txt', '', ''],
      ['a.png', 'intact', ''],
      ['deep/b.png', 'altered', ''],
      ['deep/er/c.jpg', 'intact', ''],
    ]);
    expect((await assay(asked)).stderr).toContain('--overwrite');
    expect((await assayHere([...asked, '--resume'])).code).toBe(2);
    const { stdout } = await assay(['scan', '=cmd().txt', '--format', 'csv'], {}, tree);
    expect(csvTable(stdout)[1]?.[0]).toBe("'=cmd().txt");
    const whole = JSON.parse((await assayHere(['scan', tree, '--format', 'json'])).stdout);
    expect(whole).toMatchObject({ run: { run: 1 }, summary: { tally: { files: 4 } } });
    expect(whole.records).toHaveLength(4);
  });

  it('counts and reads nothing with --dry-run', async () => {
    const { code, stdout, stderr } = await assayHere(['scan', tree, '--dry-run', '--include', '*.png']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(
      new RegExp(
        `^assay: 2 files, .* would be read\nassay: Left out: 1 file \\(${inEnglish('scan.leftOut.notIncluded')}\\)\n$`,
      ),
    );
  });
});

describe('resuming a scan', () => {
  it('neither overwrites nor mixes results unless told to', async () => {
    await scan();
    const refused = await scan();
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--resume');
  });

  it('reads only what is new or changed, and leaves one record a file', async () => {
    await scan('--ordered');
    const before = results();
    copyFileSync(TRAINED, join(tree, 'a.png'));
    utimesSync(join(tree, 'deep/b.png'), new Date('2020-01-01'), new Date('2020-01-01'));
    copyFileSync(INTACT, join(tree, 'new.png'));
    const { stderr } = await scan('--resume');
    expect(stderr).toContain('2 files');
    const after = results();
    expect(after.headers.map(({ run, scan: id }) => [run, id])).toEqual([
      [1, before.headers[0]?.scan],
      [2, before.headers[0]?.scan],
    ]);
    expect(pathsOf(after)).toEqual(['a.png', 'deep/b.png', 'deep/er/c.jpg', 'new.png']);
    expect(after.records.find(({ path }) => path.endsWith('a.png'))).toMatchObject({
      asset: { mediaType: 'image/jpeg' },
    });
    expect(after.summary?.tally.files).toBe(4);
  });

  it('tries again what could not be inspected', async () => {
    const late = join(tree, 'late.png');
    await assayHere(['scan', tree, late, '--out', out]);
    copyFileSync(INTACT, late);
    const { code } = await assayHere(['scan', tree, late, '--out', out, '--resume']);
    expect(code).toBe(0);
    expect(pathsOf(results())).toEqual(['a.png', 'deep/b.png', 'deep/er/c.jpg', 'late.png']);
    expect(results().summary?.tally.errors).toEqual({});
  });

  it('makes its index again where that is lost or damaged', async () => {
    await scan();
    const whole = pathsOf(results());
    writeFileSync(`${out}.state`, 'no database');
    expect((await scan('--resume')).stderr).toContain('3 done before');
    expect(pathsOf(results())).toEqual(whole);
    rmSync(`${out}.state`);
    expect((await scan('--resume')).stderr).toContain('3 done before');
  });

  it('reads with --recheck what another trust list touches', async () => {
    small('plain.txt', 'words');
    await scan();
    const emptyTrust = join(folder, `trust-${turn}`);
    mkdirSync(join(emptyTrust, 'private'), { recursive: true });
    copyFileSync(fixture('ca/root.pem'), join(emptyTrust, 'private/ours.pem'));
    const { stderr } = await assayHere(['scan', tree, '--out', out, '--resume', '--recheck', 'trust'], {
      ASSAY_TRUST_DIR: emptyTrust,
    });
    expect(stderr).toContain('3 files');
    expect(stderr).toContain('1 done before');
  });

  it('asks other rules of the records that are there and opens no file', async () => {
    small('plain.txt', 'words');
    const then = new Date('2020-01-01');
    for (const name of ['a.png', 'plain.txt']) utimesSync(join(tree, name), then, then);
    const law = (id: string, day: string) => ['--ordered', '--rulebooks', id, '--as-of', day];
    await scan(...law('eu-ai-act-art-50', '2026-11-25'));
    const elsewhere = `${out}.fresh`;
    const china = law('cn-gb45438-2025', '2026-11-25');
    await assayHere(['scan', tree, '--out', elsewhere, ...china]);
    const fresh = scanned(readFileSync(elsewhere, 'utf8'));
    // Other bytes of the same size and time, which a run that opened them would notice.
    for (const name of ['a.png', 'plain.txt']) {
      const path = join(tree, name);
      writeFileSync(path, Buffer.alloc(statSync(path).size));
      utimesSync(path, then, then);
    }
    expect((await scan('--resume', '--recheck', 'rulebooks')).code).toBe(2);
    const { stderr } = await scan('--resume', '--recheck', 'rulebooks', ...china);
    expect(stderr).toContain('4 files');
    const again = results();
    expect(again.records.map((record) => ('readIn' in record ? record.readIn : undefined))).toEqual([
      1, 1, 1, 1,
    ]);
    expect(again.records.map((record) => ({ ...record, readIn: undefined }))).toEqual(
      fresh.records.map((record) => ({ ...record, readIn: undefined })),
    );
    expect(again.summary?.tally.outcomes).toEqual(fresh.summary?.tally.outcomes);
    expect((await scan('--resume', '--recheck', 'rulebooks', ...china)).stderr).toContain('4 done before');
    // On another day a certificate may have expired, so signed files are read; the others are evaluated again.
    await scan('--resume', '--recheck', 'rulebooks', ...law('cn-gb45438-2025', '2026-11-26'));
    const later = new Map(results().records.map((record) => [record.path.replace(`${tree}/`, ''), record]));
    expect(later.get('plain.txt')).toMatchObject({ readIn: 1, asset: { sha256: digestOf('words') } });
    expect(later.get('a.png')).toMatchObject({ contentCredentials: { presence: 'unsupported' } });
  });

  it('keeps what was read under which lists apart from what was asked since', async () => {
    const ask = ['--rulebooks', 'eu-ai-act-art-50', '--as-of', '2026-11-25'];
    const trust = join(folder, `trust-${turn}`);
    mkdirSync(join(trust, 'private'), { recursive: true });
    copyFileSync(fixture('ca/root.pem'), join(trust, 'private/ours.pem'));
    const again = (...recheck: string[]) =>
      assayHere(['scan', tree, '--out', out, '--resume', '--recheck', ...recheck, ...ask], {
        ASSAY_TRUST_DIR: trust,
      });
    await scan('--as-of', '2026-11-25');
    expect((await again('rulebooks')).stderr).toContain('3 files');
    expect((await again('trust')).stderr).toContain('3 files');
    expect(results().records.every((record) => !('readIn' in record))).toBe(true);
    expect((await again('trust,rulebooks')).stderr).toContain('3 done before');
  });

  it('lets one scan at a time write to the same results', async () => {
    // Runs for minutes, while others start and are refused.
    many(60);
    const child = start(['scan', tree, '--out', out, '--throttle', '0.5']);
    await untilLines(2);
    for (const args of [[], ['--resume'], ['--overwrite']]) {
      const { code, stderr } = await scan(...args);
      expect({ code, stderr }).toEqual({ code: 2, stderr: `assay: another scan is writing to ${out}\n` });
    }
    child.kill('SIGKILL');
    await finished(child);
    expect((await scan('--resume')).code).toBe(0);
    expect(pathsOf(results())).toHaveLength(63);
    expect(existsSync(`${out}.lock`)).toBe(false);
  });

  it('ends on SIGINT with 130 and goes on afterwards', async () => {
    many(40);
    const child = start(['scan', tree, '--out', out, '--throttle', '4', '--jobs', '2']);
    await untilLines(4);
    child.kill('SIGINT');
    expect(await finished(child)).toMatchObject({ code: 130 });
    const { code } = await scan('--resume');
    expect(code).toBe(0);
    expect(pathsOf(results())).toHaveLength(43);
    expect(new Set(pathsOf(results())).size).toBe(43);
  });

  it('loses and doubles nothing when it is killed again and again', async () => {
    many(80);
    await assayHere(['scan', tree, '--out', `${out}.whole`]);
    const whole = scanned(readFileSync(`${out}.whole`, 'utf8'));
    for (let kill = 0; kill < 4; kill += 1) {
      const child = start(['scan', tree, '--out', out, '--resume', '--throttle', '20']);
      await untilLines(2 + kill * 12);
      child.kill('SIGKILL');
      await finished(child);
    }
    const { code } = await scan('--resume');
    expect(code).toBe(0);
    expect(pathsOf(results())).toEqual(pathsOf(whole));
    const plain = ({ records }: Scanned) =>
      records
        .map((record) => ({ ...record, duplicateOf: undefined }))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    expect(plain(results())).toEqual(plain(whole));
    expect({ ...results().summary?.tally, duplicates: 0 }).toEqual({
      ...whole.summary?.tally,
      duplicates: 0,
    });
  });

  function many(count: number): void {
    const picture = readFileSync(fixture('c2pa/png-c2pa-intact.png'));
    mkdirSync(join(tree, 'many'));
    for (let i = 0; i < count; i += 1) {
      // Each file has another length, so that none is a copy of another.
      writeFileSync(join(tree, `many/${String(i).padStart(4, '0')}.png`), picture.subarray(0, 100 + i));
    }
  }

  async function untilLines(count: number): Promise<void> {
    for (const end = Date.now() + 60_000; Date.now() < end; ) {
      const text = await readFile(`${out}.partial`, 'utf8').catch(() => '');
      if (text.split('\n').length > count) return;
      await delay(50);
    }
    throw new Error('the scan wrote nothing');
  }
});
