import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CARRIERS } from '../../src/core/media/carrier.js';
import { OUTCOMES } from '../../src/core/report/finding-schema.js';
import { INTEGRITIES, ORIGINS, PRESENCES } from '../../src/core/report/report.js';
import { BACKINGS } from '../../src/core/signals/backing.js';
import { LANGUAGES } from '../../src/say/languages.js';
import { said } from '../../src/say/said.js';
import { speechOf } from '../../src/say/speech.js';
import { csvHead, csvRow } from '../../src/scan/csv.js';
import { errorRecord } from '../../src/scan/error-record.js';
import { countIn, emptyOverview, type Overview, overviewOf } from '../../src/scan/overview.js';
import { overviewPage } from '../../src/scan/overview-page.js';
import type { SlimRecord } from '../../src/scan/record.js';
import { assay, fixture } from '../cli/spawn-assay.js';
import { kept } from '../kept/kept.js';
import { scanned } from './scanned.js';

const RECORD: SlimRecord = {
  schema: 'assay.scan-record/1',
  path: '=cmd|"/c calc"!A1.png',
  modified: '2026-01-02T03:04:05.000Z',
  asset: { name: 'a.png', bytes: 7, sha256: 'a'.repeat(64), mediaType: 'image/png', kind: 'image' },
  summary: {
    origin: 'ai-generated',
    backing: 'trusted',
    sentence: 'First line.\nSecond, "quoted".',
    coverage: { state: 'partial', unread: ['xmp'] },
  },
  year: { year: 2026, by: 'proven' },
  contentCredentials: {
    presence: 'present',
    integrity: 'intact',
    signer: '<script>alert(1)</script>',
    trust: 'unlisted',
  },
  signals: [],
  contradictions: [],
  findings: [
    { rulebook: 'eu', rule: 'r', clause: '1', outcome: 'no-signal-found', because: [] },
    { rulebook: 'eu', rule: 's', clause: '2', outcome: 'answered', because: [] },
  ],
  reads: { xmp: { status: 'failed', code: 'reader.crashed' } },
};

describe('the table', () => {
  it('runs no formula in a spreadsheet, and keeps a cell in its place whatever it holds', () => {
    const row = csvRow(RECORD, ['path', 'sentence', 'coverage', 'notRead', 'error']);
    expect(row).toBe(`"'=cmd|""/c calc""!A1.png","First line.\nSecond, ""quoted"".",partial,xmp,\r\n`);
    for (const begin of ['=', '+', '-', '@', '\t', '\r']) {
      expect(csvRow({ ...RECORD, path: `${begin}1` }, ['path'])).toMatch(/^"?'/);
    }
    expect(csvHead(['path', 'error'])).toBe('path,error\r\n');
  });

  it('says of a file that was not inspected its path and why, and nothing else', () => {
    const error = { schema: 'assay.error/1', path: 'p', code: 'not-found', message: 'm' } as const;
    expect(csvRow(error, ['path', 'bytes', 'origin', 'error', 'message'])).toBe('p,,,not-found,m\r\n');
  });
});

function countSigned(overview: Overview): void {
  const trusts = ['official', 'interim', 'private', 'unlisted', 'not-checked'] as const;
  for (const trust of trusts)
    for (const backing of BACKINGS)
      for (const integrity of INTEGRITIES)
        countIn(overview, {
          ...RECORD,
          duplicateOf: '/photos/first',
          summary: { ...RECORD.summary, backing },
          year: { year: 2025, by: integrity === 'intact' ? 'proven' : 'claimed' },
          contentCredentials: { ...RECORD.contentCredentials, integrity, signer: '某公司', trust },
        });
}

function countDeclaring(overview: Overview): void {
  for (const origin of ORIGINS)
    for (const presence of PRESENCES)
      for (const state of ['partial', 'nothing'] as const)
        countIn(overview, {
          ...RECORD,
          summary: { origin, sentence: '', coverage: { state, unread: [...CARRIERS] } },
          contentCredentials: { presence },
          findings: OUTCOMES.map((outcome) => ({
            rulebook: 'eu',
            rule: 'r',
            clause: '1',
            outcome,
            because: [],
          })),
        });
}

describe('the summary page', () => {
  const page = (language: (typeof LANGUAGES)[number] = 'en') => {
    const overview = emptyOverview();
    countIn(overview, RECORD);
    countIn(overview, RECORD);
    countIn(overview, {
      schema: 'assay.error/1',
      path: '<b>',
      code: 'not-found',
      message: 'there is no such file',
    });
    return { overview, html: overviewPage(overview, '2026-11-26T00:00:00Z', speechOf(language)) };
  };

  it('counts files by origin, signer, outcome and year, and names those that were not inspected', () => {
    const { overview } = page();
    expect(overview).toMatchObject({ files: 3, bytes: 14, unread: 2, withoutYear: 0 });
    expect(overview.origins.top()).toEqual([['ai-generated', 2]]);
    expect(overview.signers.top()).toEqual([['<script>alert(1)</script> (unlisted)', 2]]);
    expect(overview.outcomes.get('eu')?.top()).toEqual([
      ['answered', 2],
      ['no-signal-found', 2],
    ]);
    expect(overview.years.top()).toEqual([['2026 (proven)', 2]]);
    expect(overview.errors.top()).toEqual([['not-found', 1]]);
  });

  it('keeps apart what declares nothing and what was not looked into', () => {
    const overview = emptyOverview();
    const silent = (coverage: SlimRecord['summary']['coverage']): SlimRecord => ({
      ...RECORD,
      summary: { origin: coverage.state === 'complete' ? 'none' : 'unknown', sentence: '', coverage },
    });
    countIn(overview, silent({ state: 'complete', unread: [] }));
    countIn(overview, silent({ state: 'partial', unread: ['c2pa', 'sei'] }));
    for (let files = 0; files < 2; files += 1) {
      countIn(overview, silent({ state: 'nothing', unread: ['c2pa', 'xmp', 'sei'] }));
    }
    expect(overview.unread).toBe(3);
    const rows = [
      ...overviewPage(overview, '', speechOf('en')).matchAll(
        /<bdi>([^<]*)<\/bdi><\/th><td>(\d+)<\/td>\s*<td>([^<]*)/g,
      ),
    ].map(([, ...cells]) => cells.join(' | '));
    expect(rows.slice(0, 5)).toEqual([
      'not known (could not look everywhere) | 3 | 75 %',
      'none | 1 | 25 %',
      'nothing in the file was read | 2 | 50 %',
      'Content Credentials (C2PA) | 1 | 25 %',
      'messages in the video stream (SEI) | 1 | 25 %',
    ]);
  });

  it('counts what 0.1 wrote by its own reads', async () => {
    const overview = await overviewOf([kept('scan-of-0.1.ndjson'), kept('full-scan-of-0.1.ndjson')]);
    expect(overview.origins.top()).toEqual([
      ['unknown', 4],
      ['none', 1],
      ['other', 1],
    ]);
  });

  it('escapes what files say, has no script and loads nothing', () => {
    const { html } = page();
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; (unlisted)');
    expect(html).toContain('&lt;b&gt;');
    expect(html).not.toMatch(/<script|<b>|src=|href=|url\(/);
    expect(html).toContain("default-src 'none'");
  });

  it('passes no verdict', () => {
    expect(page().html).not.toMatch(
      /\b(real|fake|genuine|authentic|safe|clean|suspicious|compliant|score)\b/i,
    );
    expect(page('zh-Hans').html).not.toMatch(/真实|伪造|正品|可疑|合规|违法|概率|得分/);
  });

  describe.each(LANGUAGES.filter((language) => language !== 'en'))('in %s', (language) => {
    /** Everything that a page can say at once. */
    const full = () => {
      const overview = emptyOverview();
      overview.complete = false;
      overview.headers.push(
        ...scanned(
          '{"schema":"assay.scan/1","scan":"s","run":1,"begun":"2026-11-26T00:00:00Z","asOf":"2026-11-26",' +
            '"asOfBecause":"asked","records":"slim","sources":["/photos"],"options":{},' +
            '"versions":{"assay":"0.2.0","engines":[],"lists":[],"rulebooks":[]}}',
        ).headers,
      );
      countSigned(overview);
      countDeclaring(overview);
      const { year: _year, ...undated } = RECORD;
      countIn(overview, undated);
      countIn(overview, errorRecord('/photos/gone', 'not-found', said('error.not-found')));
      return overview;
    };

    const textsIn = (html: string) =>
      html
        .replace(/<style>.*?<\/style>/s, '')
        .split(/<[^>]*>/)
        .map((text) => text.trim())
        .filter((text) => text !== '');

    it('leaves no English of ours on the page', () => {
      const [english, other] = (['en', language] as const).map((one) =>
        textsIn(overviewPage(full(), '2026-11-26T00:00:00Z', speechOf(one))),
      );
      expect(other).toHaveLength(english?.length ?? 0);
      const left = other?.filter((text) => english?.includes(text) && /[A-Za-z]{2}/.test(text));
      // The file's own words, codes, and names that every language writes alike.
      const same = ['/photos', '/photos/gone', 'not-found', 'EXIF', 'IPTC-IIM', 'XMP'];
      expect(new Set(left)).toEqual(new Set(same));
      const runs = other?.flatMap((text) => text.match(/[A-Za-z]+(?: [a-z]+){2,}/g) ?? []);
      expect(runs).toEqual([]);
    });

    it('says why a file was not inspected, and marks the English of an earlier version', () => {
      const html = overviewPage(full(), '', speechOf(language));
      expect(html).toContain(`<html lang="${language}"`);
      expect(html).toContain(`<td>${speechOf(language).words('error.not-found')}</td>`);
      expect(page(language).html).toContain('<td lang="en">there is no such file</td>');
    });
  });
});

describe('assay report', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-report-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('shows what a scan wrote, slim or full alike, and refuses what is none', async () => {
    const tree = join(folder, 'tree');
    mkdirSync(tree);
    copyFileSync(fixture('c2pa/png-c2pa-altered-data.png'), join(tree, 'a.png'));
    const [slim, full] = [join(folder, 'slim.ndjson'), join(folder, 'full.ndjson')];
    await assay(['scan', tree, '--out', slim]);
    await assay(['scan', tree, '--out', full, '--full']);
    const table = (results: string) => assay(['report', results, '--format', 'csv']);
    const [ofSlim, ofFull] = [await table(slim), await table(full)];
    expect(ofSlim.stdout).toContain(`${join(tree, 'a.png')},`);
    expect(ofFull.stdout).toBe(ofSlim.stdout);
    const html = join(folder, 'page.html');
    expect((await assay(['report', slim, full, '--out', html])).code).toBe(0);
    expect(readFileSync(html, 'utf8')).toContain('What 2 files say about themselves');
    const chinese = await assay(['report', slim, '--lang', 'zh-Hans']);
    expect(chinese.stdout).toContain('1 个文件对自身的说明');
    writeFileSync(join(folder, 'other.json'), '{"a":1}\n');
    expect(await assay(['report', join(folder, 'other.json')])).toMatchObject({ code: 2, stdout: '' });
    const none = join(folder, 'none.ndjson');
    expect(await assay(['report', none])).toMatchObject({
      code: 2,
      stderr: `assay: ${none}: there is no such file or folder\n`,
    });
    expect(await assay(['report', folder])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`${folder}: `),
    });
  });
});
