import { copyFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Value from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REFERENCED_SCHEMAS } from '../../src/base/message-schema.js';
import { ErrorRecordSchema, type LocalizedReport, ReportSchema } from '../../src/core/report/report.js';
import { inEnglish } from '../i18n/english.js';
import { mp4OfManyBoxes } from '../support/bombs.js';
import { svgWith } from '../support/svg-with.js';
import { itWith } from '../support/system-parts.js';
import { assayHere } from './run-here.js';
import { assay, assayHeldToModes, finished, fixture, lines, start } from './spawn-assay.js';

const INTACT = fixture('c2pa/png-c2pa-intact.png');
const ALTERED = fixture('c2pa/png-c2pa-altered-data.png');
const TRAINED = fixture('c2pa/jpeg-c2pa-trained.jpg');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = (stdout: string) =>
  (lines(stdout) as { path?: string; asset?: { name: string } }[]).map(
    (line) => line.path ?? line.asset?.name,
  );

describe('inspect --lang', () => {
  it('says everything of ours in Chinese and leaves codes and the file’s words alone', async () => {
    const { code, stdout } = await assayHere([
      'inspect',
      '--full',
      '--lang',
      'zh-CN',
      '--as-of',
      '2026-11-25',
      ALTERED,
    ]);
    expect(code).toBe(0);
    expect(stdout.replace(/\n\s*/g, '')).toContain('文件数据在签名后被改动。因此凭证所述不再适用于此文件。');
    expect(stdout).toContain('可查明的内容');
    expect(stdout).toContain('assertion.dataHash.mismatch');
    // The details quote the engine, and the full output quotes the file; both stay in their own words.
    const ours = stdout.slice(0, stdout.indexOf('\n详情\n')).replace(/“[^”]*”/g, '');
    expect(ours).not.toMatch(/\b(the|was|whether)\b/);
  });

  it('makes a Report that says its language, the same facts in it', async () => {
    const { stdout } = await assayHere(['inspect', '--json', '--lang', 'zh-Hans', TRAINED]);
    const [report] = lines(stdout) as LocalizedReport[];
    expect(Value.Check(REFERENCED_SCHEMAS, ReportSchema, report)).toBe(true);
    expect(report?.tool.language).toBe('zh-Hans');
    expect(report?.summary).toMatchObject({ origin: 'ai-generated', declared: { where: 'this' } });
    expect(report?.summary.headline?.text).toBe('未确认的签名者“Assay Test Studio”声明：由人工智能生成');
    expect(report?.summary.sentence).toContain('签名证书上写的名称是“Assay Test Studio”；签名后文件未变。');
  });

  it('refuses a language that it does not speak', async () => {
    const { code, stderr } = await assayHere(['inspect', '--lang', 'fr', INTACT]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Give one of en, zh-Hans.')]);
  });
});

describe('inspect --json', () => {
  it('prints one line per argument, in order: a Report, or a record of what could not be opened', async () => {
    const missing = join(folder, 'missing.png');
    const { code, stdout, stderr } = await assay([
      'inspect',
      '--json',
      TRAINED,
      missing,
      INTACT,
      folder,
      TRAINED,
    ]);
    const [first, second, third, fourth, fifth] = lines(stdout);
    for (const report of [first, third, fifth])
      expect(Value.Check(REFERENCED_SCHEMAS, ReportSchema, report)).toBe(true);
    for (const record of [second, fourth]) expect(Value.Check(ErrorRecordSchema, record)).toBe(true);
    expect(second).toEqual({
      schema: 'assay.error/1',
      path: missing,
      code: 'not-found',
      message: inEnglish('error.not-found'),
    });
    expect(fourth).toMatchObject({ path: folder, code: 'not-a-file' });
    expect(fifth).toEqual(first);
    expect(stderr).toBe('');
    expect(code).toBe(3);
  });

  it('keeps the order when the first file is the slowest', async () => {
    // A sparse file with so many bytes to hash.
    const large = join(folder, 'large.mov');
    writeFileSync(large, '');
    truncateSync(large, 2 ** 30);
    const { code, stdout } = await assay(['inspect', '--json', '--jobs', '2', large, INTACT, TRAINED]);
    expect(names(stdout)).toEqual(['large.mov', 'png-c2pa-intact.png', 'jpeg-c2pa-trained.jpg']);
    expect(code).toBe(0);
  });

  it('escapes names that would break a line', async () => {
    const name = 'two\nlines\u001b[31m.png';
    copyFileSync(INTACT, join(folder, name));
    const { stdout } = await assayHere(['inspect', '--json', join(folder, name), join(folder, 'no\nfile')]);
    expect(names(stdout)).toEqual([name, join(folder, 'no\nfile')]);
  });

  it('takes names that look like options after --', async () => {
    copyFileSync(INTACT, join(folder, '--json'));
    const { code, stdout } = await assay(['inspect', '--json', '--', '--json'], {}, folder);
    expect(names(stdout)).toEqual(['--json']);
    expect(code).toBe(0);
  });

  it('asks the rules about the day given, and only the rulebooks named', async () => {
    const { stdout } = await assayHere(['inspect', '--json', '--as-of', '2024-02-29', INTACT]);
    expect(lines(stdout)[0]).toMatchObject({ tool: { asOf: '2024-02-29' } });
    const [report] = lines(stdout) as { tool: { rulebooks: { id: string }[] } }[];
    const id = report?.tool.rulebooks[0]?.id ?? 'none';
    const one = await assayHere(['inspect', '--json', '--rulebooks', id, INTACT]);
    const { findings } = lines(one.stdout)[0] as LocalizedReport;
    expect(new Set(findings.map(({ rulebook }) => rulebook))).toEqual(new Set([id]));
  });

  it('uses the engine asked for', async () => {
    for (const engine of ['native', 'wasm']) {
      const { stdout } = await assayHere(['inspect', '--json', '--engine', engine, INTACT]);
      expect(lines(stdout)[0]).toMatchObject({ contentCredentials: { engine: { name: engine } } });
    }
  });

  it('writes all of a long answer into a slow pipe', async () => {
    const child = start(['inspect', '--json', ...Array.from({ length: 40 }, () => TRAINED)]);
    child.stdout?.pause();
    setTimeout(() => child.stdout?.resume(), 1_500);
    const { code, stdout } = await finished(child);
    expect(lines(stdout)).toHaveLength(40);
    expect(code).toBe(0);
  });
});

describe('inspect as text', () => {
  it('puts a rule between files and talks of faults on stderr', async () => {
    const { code, stdout, stderr } = await assayHere([
      'inspect',
      INTACT,
      join(folder, 'no\u001b[31mthing'),
      TRAINED,
    ]);
    expect(stdout.split('\n').filter((line) => /^─+$/.test(line)).length).toBeGreaterThan(0);
    expect(stdout).toContain('png-c2pa-intact.png');
    expect(stdout).toContain('jpeg-c2pa-trained.jpg');
    expect(stderr).toContain(inEnglish('error.not-found'));
    expect(stderr).not.toContain('\u001b');
    expect(code).toBe(3);
  });

  const colored = async (args: string[], env: Record<string, string> = {}) =>
    (await assayHere(['inspect', ...args, INTACT], env)).stdout.includes('\u001b[');
  it('is coloured when told, and not otherwise where nobody sees it', async () => {
    expect(await colored(['--color', 'always'], { NO_COLOR: '1' })).toBe(true);
    expect(await colored([], { FORCE_COLOR: '1' })).toBe(true);
    expect(await colored([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(await colored(['--color', 'never'], { FORCE_COLOR: '1' })).toBe(false);
    expect(await colored([])).toBe(false);
  });
});

describe('--fail-on', () => {
  const cases = [
    { condition: 'altered', file: ALTERED, other: INTACT },
    { condition: 'ai', file: TRAINED, other: ALTERED },
    { condition: 'unreadable', file: fixture('hostile/png-truncated.png'), other: INTACT },
    { condition: 'none', file: fixture('plain/plain.png'), other: fixture('plain/not-media.txt') },
    { condition: 'unknown', file: fixture('plain/not-media.txt'), other: fixture('plain/plain.png') },
    { condition: 'unknown', file: fixture('hostile/png-truncated.png'), other: TRAINED },
  ];
  it.each(cases)('$condition', async ({ condition, file, other }) => {
    const met = await assayHere(['inspect', '--json', '--fail-on', condition, other, file]);
    expect(met).toMatchObject({ code: 1, stderr: `assay: ${condition}: 1 file\n` });
    expect(await assayHere(['inspect', '--json', '--fail-on', condition, other])).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it('takes several, and counts before a file that could not be inspected', async () => {
    const args = [
      'inspect',
      '--json',
      '--fail-on',
      'contradiction,altered',
      ALTERED,
      join(folder, 'missing'),
    ];
    expect((await assay(args)).code).toBe(1);
  });
});

describe('the end comes early', () => {
  it('without a word when the reader of stdout has gone', async () => {
    const child = start([
      'inspect',
      '--json',
      '--jobs',
      '1',
      INTACT,
      ...Array.from({ length: 30 }, () => TRAINED),
    ]);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { code, stderr } = await finished(child);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('on %s, with the lines done', async (signal) => {
    // Both engines run on this file until they are stopped.
    const slow = join(folder, 'boxes.mp4');
    writeFileSync(slow, mp4OfManyBoxes());
    const child = start(['inspect', '--json', '--jobs', '2', INTACT, slow, TRAINED]);
    child.stdout?.once('data', () => setTimeout(() => child.kill(signal), 100));
    const { code, stdout, stderr } = await finished(child);
    expect(names(stdout)).toEqual(['png-c2pa-intact.png']);
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
  });
});

describe('usage', () => {
  const cases: { args: string[]; says: string }[] = [
    { args: ['inspect'], says: 'the argument <file> is missing' },
    { args: ['inspect', '--as-of', '2026-02-30', 'x'], says: 'day of the calendar as YYYY-MM-DD' },
    { args: ['inspect', '--as-of', 'today', 'x'], says: 'day of the calendar as YYYY-MM-DD' },
    { args: ['inspect', '--engine', 'steam', 'x'], says: 'Give one of auto, native, wasm' },
    { args: ['inspect', '--rulebooks', 'no-such-law', 'x'], says: 'no-such-law' },
    { args: ['inspect', '--rulebooks', ',', 'x'], says: 'commas between them' },
    { args: ['inspect', '--reveal', 'everything', 'x'], says: 'Give any of location, serial, names.' },
    { args: ['inspect', '--jobs', '0', 'x'], says: 'whole number from 1 to 256' },
    {
      args: ['inspect', '--fail-on', 'fake', 'x'],
      says: 'altered, undetermined, ai, ai-part, none, unknown, contradiction, unreadable',
    },
    { args: ['inspect', '--no-such\u001b[31m', 'x'], says: 'there is no option --no-such' },
    { args: ['inspcet', 'x'], says: 'there is no command inspcet; did you mean inspect?' },
    { args: ['serve', '--port', '65536'], says: 'whole number from 0 to 65535' },
    { args: [], says: 'Usage: assay' },
  ];
  it.each(cases)('$args is refused with 2 and a word on stderr', async ({ args, says }) => {
    const { code, stdout, stderr } = await assayHere(args);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('\u001b');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('shows help and version on stdout', async () => {
    const help = await assay(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('Examples:');
    const inspectHelp = await assayHere(['inspect', '--help']);
    expect(inspectHelp.stdout).toContain('Conditions of --fail-on:');
    expect(await assay(['--version'])).toEqual({ code: 0, stdout: '0.2.0\n', stderr: '' });
  });
});

describe('a file the user may not read', () => {
  itWith('setpriv', 'is recorded as such', async () => {
    const path = join(folder, 'secret.png');
    writeFileSync(path, 'x', { mode: 0o000 });
    const { code, stdout } = await assayHeldToModes(['inspect', '--json', path]);
    expect(lines(stdout)).toMatchObject([{ code: 'not-readable' }]);
    expect(code).toBe(3);
  });

  it('is not one behind a name that is too long', async () => {
    mkdirSync(join(folder, 'deep'), { recursive: true });
    const { stdout } = await assayHere(['inspect', '--json', join(folder, 'deep', 'n'.repeat(300))]);
    expect(lines(stdout)).toMatchObject([{ code: 'not-found' }]);
  });
});

describe('--reveal', () => {
  it('shows what it names, and the Report says so', async () => {
    const serial = async (...args: string[]) => {
      const [report] = lines(
        (await assayHere(['inspect', '--json', ...args, TRAINED])).stdout,
      ) as LocalizedReport[];
      return { serial: report?.contentCredentials.signer?.serial, revealed: report?.tool.revealed };
    };
    expect(await serial()).toEqual({ serial: '[serial number: masked]' });
    expect(await serial('--reveal', 'names,location')).toEqual({
      serial: '[serial number: masked]',
      revealed: ['location', 'names'],
    });
    const { serial: shown, revealed } = await serial('--reveal', 'serial');
    expect(shown).toMatch(/^\d{6,}$/);
    expect(revealed).toEqual(['serial']);
  });

  it('goes with --crjson, which says that it masks', async () => {
    const masked = await assay(['inspect', '--crjson', TRAINED]);
    expect(masked.stdout).toContain('"serialNumber":"[serial number: masked]"');
    expect(masked.stderr).toContain('--reveal shows it');
    const shown = await assay(['inspect', '--crjson', '--reveal', 'location,serial,names', TRAINED]);
    expect(shown.stdout).not.toContain('masked');
    expect(shown.stderr).toBe('');
  });
});

describe('inspect --part', () => {
  it('prints the report on that part alone, and says where there is none', async () => {
    const path = join(folder, 'kit.svg');
    writeFileSync(path, svgWith(['labels/jpeg-camera-exif.jpg', 'c2pa/jpeg-c2pa-trained.jpg']));
    const json = await assayHere(['inspect', '--part', '2', '--json', path]);
    const [alone] = lines((await assayHere(['inspect', '--json', TRAINED])).stdout) as LocalizedReport[];
    const [own] = lines(json.stdout) as LocalizedReport[];
    expect([json.code, own?.summary]).toEqual([0, alone?.summary]);
    expect((await assayHere(['inspect', '--part', '2', path])).stdout).toMatch(
      /^\(no name\) · JPEG.*\nUnconfirmed signer /,
    );
    expect((await assayHere(['inspect', path])).stdout).toContain('(--part)');
    const none = await assayHere(['inspect', '--part', '3', path]);
    expect([none.code, none.stdout, none.stderr]).toEqual([
      3,
      '',
      expect.stringContaining('no report on part 3'),
    ]);
    expect((await assayHere(['inspect', '--part', '1', path, TRAINED])).code).toBe(2);
  });
});
