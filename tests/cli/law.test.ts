import { describe, expect, it } from 'vitest';
import { chooseRulebooks, loadRulebooks } from '../../src/core/law/rulebooks/index.js';
import type { StoredReport } from '../../src/core/report/report.js';
import { scanned } from '../scan/scanned.js';
import { assayHere } from './run-here.js';
import { assay, fixture, lines } from './spawn-assay.js';

const LABELLED = fixture('labels/png-gb45438-xmp.png');
const DAY = ['--as-of', '2026-11-25'];

async function reportOf(args: string[], env: Record<string, string> = {}): Promise<StoredReport> {
  const { code, stdout, stderr } = await assayHere(['inspect', '--json', ...DAY, ...args, LABELLED], env);
  expect([code, stderr]).toEqual([0, '']);
  return lines(stdout)[0] as StoredReport;
}

const placesIn = ({ law = [] }: StoredReport) => law.map(({ jurisdiction, role }) => [jurisdiction, role]);
const booksIn = ({ findings }: StoredReport) => [...new Set(findings.map(({ rulebook }) => rulebook))];

describe('assay inspect', () => {
  it('tells no clause that nobody asked for, and sums up each place', async () => {
    const report = await reportOf([]);
    expect(report.findings).toEqual([]);
    expect(placesIn(report)).toEqual(
      [...new Set(loadRulebooks().map(({ jurisdiction }) => jurisdiction))].map((one) => [one, undefined]),
    );
    expect(report.tool.rulebooks).toHaveLength(loadRulebooks().length);
  });

  it('tells every clause of every rulebook, whatever the operator presets', async () => {
    const env = { ASSAY_JURISDICTIONS: 'KR', ASSAY_ROLES: 'user' };
    const report = await reportOf(['--rulebooks', 'all'], env);
    expect(report.findings.map(({ rulebook, rule }) => `${rulebook} ${rule}`)).toEqual(
      loadRulebooks().flatMap(({ id, rules }) => rules.map((rule) => `${id} ${rule.id}`)),
    );
    expect(placesIn(report)).toEqual([['KR', 'user']]);
  });

  it('asks what the operator presets where it is not told otherwise, each for its own member', async () => {
    const env = { ASSAY_JURISDICTIONS: 'CN, EU', ASSAY_ROLES: 'publisher' };
    const preset = await reportOf([], env);
    expect(placesIn(preset)).toEqual([
      ['CN', 'publisher'],
      ['EU', 'publisher'],
    ]);
    const known = chooseRulebooks({ jurisdictions: ['CN', 'EU'] }).map(({ id }) => id);
    expect(booksIn(preset).every((id) => known.includes(id))).toBe(true);
    expect(placesIn(await reportOf(['--jurisdiction', 'KR'], env))).toEqual([['KR', 'publisher']]);
    expect(placesIn(await reportOf(['--role', 'user'], env))).toEqual([
      ['CN', 'user'],
      ['EU', 'user'],
    ]);
  });

  it('gives findings for a deployer in China', async () => {
    const report = await reportOf(['--role', 'deployer', '--jurisdiction', 'CN']);
    const wanted = chooseRulebooks({ jurisdictions: ['CN'] }).flatMap(({ rules }) =>
      rules.filter(({ binds }) => binds.includes('deployer') || binds.includes('anyone')),
    );
    expect(report.findings).toHaveLength(wanted.length);
    expect(placesIn(report)).toEqual([['CN', 'deployer']]);
  });

  it.each(['inspect', 'scan', 'serve', 'worker'])(
    '%s refuses presets that there are none of',
    async (command) => {
      const args = command === 'inspect' || command === 'scan' ? [command, LABELLED] : [command];
      const env = { DATABASE_URL: '', ASSAY_PORT: '0' };
      const asked = command === 'inspect' || command === 'scan' ? assayHere : assay;
      const place = await asked(args, { ...env, ASSAY_JURISDICTIONS: 'CN,XX' });
      expect([place.code, place.stderr]).toEqual([
        2,
        expect.stringMatching(/ASSAY_JURISDICTIONS takes .*\bCN\b/),
      ]);
      const role = await asked(args, { ...env, ASSAY_ROLES: 'king' });
      expect([role.code, role.stderr]).toEqual([2, expect.stringMatching(/ASSAY_ROLES takes .*publisher/)]);
    },
  );

  it.each([
    ['en', /EU AI Act, Article 50.*not you as a\s+publisher/s],
    ['zh-Hans', /欧盟《人工智能法》第 50 条.*不是作为发布者的您/s],
  ])('says whom the law of the preset place binds beside the preset role, in %s', async (language, line) => {
    const { stdout } = await assayHere(
      ['inspect', '--lang', language, ...DAY, '--rulebooks', 'us-ct-pa-26-15', LABELLED],
      { ASSAY_JURISDICTIONS: 'EU', ASSAY_ROLES: 'publisher' },
    );
    expect(stdout).toMatch(line);
  });
});

describe('assay scan', () => {
  const scan = async (args: string[], env: Record<string, string> = {}) => {
    const { code, stdout, stderr } = await assayHere(['scan', ...DAY, ...args, LABELLED], env);
    const [record] = stdout === '' ? [] : scanned(stdout).records;
    return { code, stderr, record: record !== undefined && 'asset' in record ? record : undefined };
  };

  it('asks no law unless it is asked or preset', async () => {
    expect((await scan([])).record?.findings).toEqual([]);
    const preset = await scan([], { ASSAY_JURISDICTIONS: 'EU', ASSAY_ROLES: 'provider' });
    expect(preset.record?.findings.length).toBeGreaterThan(0);
    expect((await scan(['--role', 'platform'])).record?.findings.length).toBeGreaterThan(1);
  });

  it('refuses a condition on law that is not asked', async () => {
    expect(await scan(['--fail-on', 'answered'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('needs --rulebooks, --jurisdiction or --role'),
    });
    const other = ['--fail-on', 'eu-ai-act-art-50:not-triggered', '--jurisdiction', 'KR'];
    expect(await scan(other)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('this scan applies no clause of eu-ai-act-art-50'),
    });
    const preset = await scan(['--fail-on', 'eu-ai-act-art-50:not-assessable'], {
      ASSAY_JURISDICTIONS: 'EU',
    });
    expect(preset.code).toBe(1);
  });
});
