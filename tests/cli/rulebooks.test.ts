import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listRulebookIds } from '../../src/core/law/rulebooks/index.js';
import { inEnglish } from '../i18n/english.js';
import { assayHere } from './run-here.js';
import { assay, fixture, lines } from './spawn-assay.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-rulebooks-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface List {
  rulebooks: { id: string; jurisdiction: string; clauses: number; notYetCompared: number }[];
}
interface Diff {
  changes: { on: string; change: string; rulebook: string; rule: string }[];
  findings?: { before: { rule: string; outcome: string }; after: { outcome: string } }[];
}

const json = async <T>(args: string[]): Promise<T> => {
  const { code, stdout, stderr } = await assayHere([...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return lines(stdout)[0] as T;
};

describe('assay rulebooks', () => {
  it('lists every one, in the order of a Report', async () => {
    const { rulebooks } = await json<List>(['rulebooks']);
    expect(rulebooks.map(({ id }) => id)).toEqual([...listRulebookIds()]);
    expect(rulebooks.every(({ clauses }) => clauses > 0)).toBe(true);
  });

  it('chooses by place, a country with its states, and by role', async () => {
    const places = async (choice: string[]) =>
      new Set((await json<List>(['rulebooks', 'list', ...choice])).rulebooks.map((one) => one.jurisdiction));
    expect(await places(['--jurisdiction', 'EU'])).toEqual(new Set(['EU']));
    expect(await places(['--jurisdiction', 'US'])).toEqual(
      new Set(['US-CA', 'US-WA', 'US-CT', 'US-CO', 'US-UT', 'US-NY']),
    );
    const { rulebooks } = await json<List>(['rulebooks', '--role', 'device-maker']);
    expect(rulebooks.map(({ id }) => id)).toContain('us-ut-13-72c');
    expect(rulebooks.map(({ id }) => id)).not.toContain('eu-ai-act-art-50');
  });

  it('shows one clause by clause, in Chinese too', async () => {
    const { code, stdout } = await assay(['rulebooks', 'show', 'cn-labelling-measures-2025', '--lang', 'zh']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/人工智能生成合成内容标识办法/);
    expect(stdout).toMatch(/隐式标识/);
  });

  it('shows of a clause what it is, whom it binds, its parts, and each source with its grade', async () => {
    const { stdout } = await assayHere(['rulebooks', 'show', 'int-ap-genai-photos', '--lang', 'en']);
    expect(stdout).toMatch(/forbids something · from 2023-08-16 .* binds: publisher/);
    expect(stdout).toContain(`${inEnglish('rulebook.indicators')}\n    one made with generative AI`);
    expect(stdout).toContain('Not for:\n    content with a sign of AI and none that AI changed it');
    expect(stdout).toContain(inEnglish('rulebook.grade.A'));
    expect(stdout).toMatch(/official text: Associated Press.*seen on 2026-11-27/);
    expect(stdout).toContain('“we do not allow the use of generative AI to add or subtract any elements”');
    const practice = await assayHere(['rulebooks', 'show', 'int-platform-readers', '--lang', 'zh']);
    expect(practice.stdout).toContain('请于 2027-03-01 再次核对。');
    expect(practice.stdout).toMatch(/逐字副本：/);
  });

  it('tells watched law as context that is no finding, of a place and in Chinese', async () => {
    const { code, stdout } = await assayHere([
      'rulebooks',
      'watched',
      '--jurisdiction',
      'US',
      '--lang',
      'en',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Watched law\. .* nothing here is a finding\.\n/);
    expect(stdout).toContain('US-NY  Election Law 14-106(5)');
    expect(stdout).not.toContain('KR  ');
    const { watched } = await json<{ watched: { jurisdiction: string; asks: { zh: string } }[] }>([
      'rulebooks',
      'watched',
      '--jurisdiction',
      'KR',
    ]);
    expect(watched.map(({ jurisdiction }) => jurisdiction)).toEqual(['KR', 'KR']);
    expect(watched[0]?.asks.zh).toContain('虚拟');
    const chinese = await assayHere(['rulebooks', 'watched', '--lang', 'zh']);
    expect(chinese.stdout).toMatch(/均不是对文件的结果/);
  });

  it.each([
    [['rulebooks', 'show', 'eu-nothing'], /no rulebook “eu-nothing”/],
    [['rulebooks', '--jurisdiction', 'XX'], /no rulebook for “XX”/],
    [['rulebooks', '--role', 'king'], /provider, deployer/],
    [['rulebooks', 'diff', '--from', '2026-12-02', '--to', '2026-11-25'], /later day/],
    [['rulebooks', 'diff', '--from', '2026-13-02', '--to', '2026-11-25'], /day of the calendar/],
    [['rulebooks', 'diff', '--from', '2026-11-25'], /--to/],
    [['inspect', '--jurisdiction', 'XX', 'x.png'], /no rulebook for “XX”/],
  ])('refuses %j', async (args, words) => {
    const { code, stderr } = await assayHere(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });
});

describe('assay rulebooks diff', () => {
  it('tells watched law that begins or is due, and says that no file is checked against it', async () => {
    const days = ['--from', '2026-12-01', '--to', '2027-03-01', '--jurisdiction', 'EU'];
    const { stdout } = await assayHere(['rulebooks', 'diff', ...days, '--json']);
    expect(JSON.parse(stdout).watched).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ on: '2026-12-02', change: 'begins', id: 'eu-ai-act-5-nudifiers' }),
        expect.objectContaining({ on: '2027-03-01', change: 'due', id: 'eu-dsa-35-1-k' }),
      ]),
    );
    const text = (await assayHere(['rulebooks', 'diff', ...days, '--lang', 'en'])).stdout;
    expect(text).toContain(inEnglish('rulebook.change.watched'));
    const kr = await assayHere(['rulebooks', 'diff', ...days.slice(0, 4), '--jurisdiction', 'KR', '--json']);
    for (const { jurisdiction } of JSON.parse(kr.stdout).watched) expect(jurisdiction).toBe('KR');
  });

  it('gives as a calendar what begins in twelve months for a role, with watched law of a place without books', async () => {
    const calendar = await json<Diff & { to: string; watched: { id: string; jurisdiction: string }[] }>([
      ...['rulebooks', 'calendar', '--from', '2026-12-02', '--jurisdiction', 'EU,TR', '--role', 'provider'],
    ]);
    expect(calendar).toMatchObject({ schema: 'assay.law-calendar/1', from: '2026-12-02', to: '2027-12-01' });
    expect(calendar.changes[0]).toEqual({
      ...{
        on: '2026-12-02',
        change: 'begins',
        jurisdiction: 'EU',
        rulebook: 'eu-ai-act-art-50',
        kind: 'law',
      },
      ...{
        rule: '50.2-machine-readable',
        clause: 'Article 50(2)',
        binds: ['provider'],
        cohort: expect.any(String),
      },
      ...{
        law: expect.anything(),
        title: expect.anything(),
        asks: expect.anything(),
        whom: expect.anything(),
      },
      ...{ reference: { title: expect.any(String), address: expect.any(String) }, bookSigner: 'assay' },
    });
    expect(new Set(calendar.watched.map(({ jurisdiction }) => jurisdiction))).toEqual(new Set(['EU', 'TR']));
    const other = [
      'rulebooks',
      'calendar',
      '--from',
      '2026-12-02',
      '--jurisdiction',
      'EU',
      '--role',
      'device-maker',
    ];
    expect((await json<Diff>(other)).changes).toEqual([]);
    const unknown = await assayHere(['rulebooks', 'calendar', '--jurisdiction', 'XX']);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('no rulebook for “XX”')]);
  });

  it('says what a desk must know before the next dates', async () => {
    const { changes } = await json<Diff>(['rulebooks', 'diff', '--from', '2026-11-25', '--to', '2027-02-01']);
    const told = changes.map(({ on, change, rulebook, rule }) => `${on} ${change} ${rulebook} ${rule}`);
    expect(told).toContain('2026-12-02 begins eu-ai-act-art-50 50.2-machine-readable');
    expect(told).toContain('2027-01-01 begins us-ca-ai-transparency-act 22757.3.1-available');
    expect(told).toContain('2027-02-01 begins us-wa-hb-1170 2.1-provenance');
    expect(changes.map(({ on }) => on)).toEqual([...changes.map(({ on }) => on)].sort());
  });

  it('leaves the first day out and takes the last in', async () => {
    const between = async (from: string, to: string) =>
      (await json<Diff>(['rulebooks', 'diff', '--from', from, '--to', to, '--jurisdiction', 'EU'])).changes;
    expect((await between('2026-12-01', '2026-12-02')).map(({ rule }) => rule)).toEqual([
      '50.2-machine-readable',
      '50.2-quality',
    ]);
    expect(await between('2026-12-02', '2026-12-03')).toHaveLength(0);
  });

  it('says what it means for a Report, without its file', async () => {
    const made = await assay(['inspect', '--json', fixture('labels/png-gb45438-xmp.png')]);
    const path = join(folder, 'report.json');
    writeFileSync(path, made.stdout);
    const days = ['--from', '2027-02-01', '--to', '2027-02-02'];
    const { findings } = await json<Diff>(['rulebooks', 'diff', ...days, '--report', path]);
    expect(findings?.map(({ before, after }) => [before.rule, before.outcome, after.outcome])).toEqual([
      ['3.4-interoperability', 'not-in-force', 'not-assessable'],
    ]);
    const { stdout } = await assayHere(['rulebooks', 'diff', ...days, '--report', path, '--lang', 'zh']);
    expect(stdout).toMatch(/欧盟人工智能生成内容透明度行为准则/);
  });

  it.each([
    ['what is no Report', '{"schema":"assay.error/1"}', /no Report/],
    [
      'a Report of another shape',
      '{"schema":"assay.report/1","asset":{}}',
      /another version are not converted; inspect/,
    ],
    ['what is no JSON', 'x', /not one JSON object/],
  ])('refuses %s', async (_name, text, words) => {
    const path = join(folder, 'wrong.json');
    writeFileSync(path, text);
    const { code, stderr } = await assayHere([
      'rulebooks',
      'diff',
      '--from',
      '2026-11-25',
      '--to',
      '2026-12-02',
      '--report',
      path,
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });
});

describe('inspect by place and role', () => {
  it('asks the rulebooks of the places, and the clauses of the roles', async () => {
    const { stdout } = await assay([
      'inspect',
      '--json',
      '--jurisdiction',
      'CN,US-CA',
      '--role',
      'platform',
      fixture('labels/png-gb45438-xmp.png'),
    ]);
    const report = lines(stdout)[0] as {
      findings: { rulebook: string; binds: string[] }[];
      tool: { rulebooks: { jurisdiction: string }[] };
    };
    expect(new Set(report.tool.rulebooks.map(({ jurisdiction }) => jurisdiction))).toEqual(
      new Set(['CN', 'US-CA']),
    );
    expect(report.findings.length).toBeGreaterThan(3);
    const speaksToPlatforms = (role: string) => role === 'platform' || role === 'anyone';
    expect(report.findings.every(({ binds }) => binds.some(speaksToPlatforms))).toBe(true);
  });
});
