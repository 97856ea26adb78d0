import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { CARRIERS } from '../../src/core/media/carrier.js';
import { OUTCOMES } from '../../src/core/report/finding-schema.js';
import { withHeadlineText } from '../../src/core/report/message-lookup.js';
import { type ErrorRecord, INTEGRITIES, ORIGINS, PRESENCES } from '../../src/core/report/report.js';
import { BACKINGS } from '../../src/core/signals/backing.js';
import { LANGUAGES } from '../../src/i18n/languages.js';
import { type Message, message } from '../../src/i18n/message.js';
import { translatorFor } from '../../src/i18n/translator.js';
import { csvHead, csvRow } from '../../src/scan/lines/csv.js';
import { FolderCounts } from '../../src/scan/overview/folders.js';
import { overviewLimits, overviewOfRecords, readOverview } from '../../src/scan/overview/overview.js';
import { renderOverviewPage } from '../../src/scan/overview/overview-page.js';
import { NameCounts } from '../../src/scan/records/counts.js';
import { errorRecord } from '../../src/scan/records/error-record.js';
import type { ScanRecord } from '../../src/scan/records/record.js';
import { assayHere } from '../cli/run-here.js';
import { assay, fixture } from '../cli/spawn-assay.js';
import { describeInBrowser, violations, width } from '../http/browser-pages.js';
import { inChinese, inEnglish } from '../i18n/english.js';
import { share } from '../support/whole.js';
import { scanned } from './scanned.js';

const en = translatorFor('en');
const named = { name: message('text.asWritten', { text: '某公司' }) };

/** Facts with every code that a page groups by. */
const FACTS: readonly Facts[] = (() => {
  const who = [
    fact('unlisted', message('fact.who.unlisted', named)),
    fact('nobody', message('fact.who.nobody')),
    fact('could-not-look', message('fact.who.couldNotLook')),
    fact('elsewhere', message('fact.who.elsewhere')),
    fact('own-key', message('fact.who.ownKey')),
    fact('unnamed', message('fact.who.unnamed')),
    fact('revoked', message('fact.who.revoked', named)),
    fact('signature-broken', message('fact.who.signatureBroken', named)),
    fact('not-checked', message('fact.who.notChecked', { ...named, why: 'noList' })),
    fact('listed', message('fact.who.listed', { ...named, list: 'official', term: 'inside' })),
  ];
  const ai = [
    fact('stated-signed', message('fact.ai.statedSigned')),
    fact('not-stated', message('fact.ai.notStated')),
    fact('could-not-look', message('fact.ai.couldNotLook')),
    fact('contradictory', message('fact.ai.contradictory')),
    fact('in-part', message('fact.ai.inPart', { count: 2 })),
    fact('label', message('fact.ai.label')),
    fact('mentioned', message('fact.ai.mentioned')),
    fact('possible', message('fact.ai.possible')),
    fact('set-aside', message('fact.ai.setAside')),
    fact('text', message('fact.ai.text')),
    fact('trace', message('fact.ai.trace')),
  ];
  const changed = [
    fact('no', message('fact.changed.no')),
    fact('nothing-to-compare', message('fact.changed.nothingToCompare')),
    fact('cannot-tell', message('fact.changed.cannotTell', { why: 'other' })),
    fact('not-in-signed-part', message('fact.changed.notInSignedPart')),
    fact('yes', message('fact.changed.yes')),
  ];
  const when = fact('not-known', message('fact.when.notKnown'));
  return ai.map((one, i) => ({
    ...{ who: who[i % who.length] ?? when, changed: changed[i % changed.length] ?? when, ai: one, when },
  }));
})();

function fact(code: Facts['who']['code'], text: Message) {
  return { code, text: en.translate(text), messages: { text } };
}

const [STATED, NOT_STATED, NOT_LOOKED] = FACTS as [Facts, Facts, Facts];
type Facts = ScanRecord['summary']['facts'];

const RECORD: ScanRecord = {
  schema: 'assay.scan-record/1',
  path: '=cmd|"/c calc"!A1.png',
  modified: '2026-01-02T03:04:05.000Z',
  asset: { name: 'a.png', bytes: 7, sha256: 'a'.repeat(64), mediaType: 'image/png', kind: 'image' },
  summary: {
    origin: 'ai-generated',
    backing: 'trusted',
    headline: withHeadlineText(message('headline.contradictory', { ai: 'label', kind: 'image' }), en),
    facts: STATED,
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
    { rulebook: 'eu', rule: 'r', outcome: 'no-signal-found', because: [] },
    { rulebook: 'eu', rule: 's', outcome: 'answered', because: [] },
  ],
  reads: { xmp: { status: 'failed', code: 'reader.crashed' } },
};

describe('the table', () => {
  it('runs no formula in a spreadsheet, and keeps a cell in its place whatever it holds', () => {
    const row = csvRow(RECORD, ['path', 'sentence', 'coverage', 'notRead', 'error']);
    expect(row).toBe(`"'=cmd|""/c calc""!A1.png","First line.\nSecond, ""quoted"".",partial,xmp,\r\n`);
    for (const begin of ['=', '+', '-', '@', '\n'])
      expect(csvRow({ ...RECORD, path: `${begin}1` }, ['path'])).toMatch(/^"?'/);
    // What cannot be seen begins no formula once it is made visible.
    expect(csvRow({ ...RECORD, path: '\t=1' }, ['path'])).toBe('‹U+0009›=1\r\n');
    expect(csvRow({ ...RECORD, path: '\r=1' }, ['path'])).toBe('‹U+000D›=1\r\n');
    expect(csvHead(['path', 'error'])).toBe('path,error\r\n');
  });

  it('says of a file that was not inspected its path and why, and nothing else', () => {
    const error = { schema: 'assay.error/1', path: 'p', code: 'not-found', message: 'm' } as const;
    expect(csvRow(error, ['path', 'bytes', 'origin', 'error', 'message'])).toBe('p,,,not-found,m\r\n');
  });
});

const ERROR = {
  schema: 'assay.error/1',
  path: '<b>',
  code: 'not-found',
  message: inEnglish('error.not-found'),
} as const;

const pageOf = (
  records: readonly (ScanRecord | ErrorRecord)[],
  language: (typeof LANGUAGES)[number] = 'en',
  asked?: Parameters<typeof renderOverviewPage>[3],
) =>
  renderOverviewPage(
    overviewOfRecords(records, asked?.only),
    '2026-11-26T00:00:00Z',
    translatorFor(language),
    asked,
  );

/** Returns number and name of each row of a table. */
const rowsIn = (html: string, group: string): string[] => {
  const section = new RegExp(`<section id="in-${group}">.*?</section>`, 's').exec(html)?.[0] ?? '';
  return [
    ...section.matchAll(/<span class="number">([^<]*)<\/span> <span class="word">(?:<code>)?<bdi>([^<]*)/g),
  ].map(([, count, name]) => `${count} ${name}`);
};

const silent = (path: string, coverage: ScanRecord['summary']['coverage']): ScanRecord => ({
  ...RECORD,
  path,
  summary: {
    origin: coverage.state === 'complete' ? 'none' : 'unknown',
    headline: withHeadlineText(
      { id: coverage.state === 'complete' ? 'headline.nothing' : 'headline.partlyUnread' },
      en,
    ),
    facts: coverage.state === 'complete' ? NOT_STATED : NOT_LOOKED,
    sentence: '',
    coverage,
  },
  contentCredentials: { presence: 'absent' },
  reads: Object.fromEntries(
    coverage.unread.map((carrier) => [carrier, { status: 'unsupported', code: 'carrier.notRead' }]),
  ),
});

const COMPLETE = { state: 'complete', unread: [] } satisfies ScanRecord['summary']['coverage'];

/** Returns records with everything that a page can show. */
function everything(): (ScanRecord | ErrorRecord)[] {
  const { year: _year, ...undated } = RECORD;
  const signed = (['official', 'interim', 'private', 'unlisted', 'not-checked'] as const).flatMap((trust) =>
    BACKINGS.flatMap((backing) =>
      INTEGRITIES.map(
        (integrity): ScanRecord => ({
          ...RECORD,
          duplicateOf: '/photos/first',
          summary: { ...RECORD.summary, backing, sentence: '', messages: { sentence: [] } },
          year: { year: 2025, by: integrity === 'intact' ? 'proven' : 'claimed' },
          contentCredentials: {
            ...RECORD.contentCredentials,
            integrity,
            signer: '某公司',
            trust,
            generator: '某程序',
          },
        }),
      ),
    ),
  );
  const declaring = ORIGINS.flatMap((origin) =>
    PRESENCES.flatMap((presence) =>
      (['partial', 'nothing'] as const).map(
        (state): ScanRecord => ({
          ...RECORD,
          summary: {
            ...RECORD.summary,
            origin,
            sentence: '',
            messages: { sentence: [] },
            coverage: { state, unread: [...CARRIERS] },
          },
          contentCredentials: { presence },
          findings: OUTCOMES.map((outcome) => ({
            rulebook: 'eu',
            rule: 'r',
            clause: '1',
            outcome,
            because: [],
          })),
        }),
      ),
    ),
  );
  return [
    ...signed,
    ...declaring,
    ...FACTS.map((facts): ScanRecord => ({ ...RECORD, summary: { ...RECORD.summary, facts } })),
    { ...undated, summary: { ...RECORD.summary, sentence: '' } },
    { ...silent('/photos/none', COMPLETE), year: { year: 2020, by: 'claimed' } },
    errorRecord('/photos/gone', 'not-found', message('error.not-found')),
  ];
}

describe('the summary page', () => {
  it('answers first, and says beside the numbers what could not be looked into', () => {
    const html = pageOf([
      RECORD,
      silent('/a/none.png', COMPLETE),
      silent('/a/part.png', { state: 'partial', unread: ['c2pa', 'sei'] }),
      silent('/b/shut.xyz', { state: 'nothing', unread: ['c2pa', 'xmp'] }),
      ERROR,
    ]);
    const tiles = [
      ...html.matchAll(/<b>(\d+)<\/b> <span class="word">([^<]*)<\/span>(?: <small>([^<]*))?/g),
    ].map(([, ...parts]) => parts.filter((part) => part !== undefined).join(' | '));
    expect(tiles).toEqual([
      '1 | say AI, signed',
      `0 | ${inEnglish('overview.tile.label')}`,
      `0 | ${inEnglish('overview.tile.trace')}`,
      `0 | ${inEnglish('overview.tile.changed')} | of 2 more it cannot be told`,
      `1 | ${inEnglish('overview.tile.nothing')} | ${inEnglish('overview.tile.whole')}`,
      `4 | ${inEnglish('overview.tile.unread')} | 2 in part, 1 not at all, 1 not opened`,
    ]);
    expect(html).toContain('Any other count may be too low: 4 files were not looked into everywhere');
    expect(rowsIn(html, 'ai')).toEqual([
      '1 AI stated, signed',
      `1 ${inEnglish('overview.ai.not-stated')}`,
      `2 ${inEnglish('overview.ai.could-not-look')}`,
    ]);
    expect(rowsIn(html, 'looked')).toEqual([
      `1 ${inEnglish('overview.looked.complete')}`,
      `2 ${inEnglish('overview.looked.partial')}`,
      `1 ${inEnglish('overview.looked.nothing')}`,
      `1 ${inEnglish('overview.looked.not-opened')}`,
    ]);
    expect(rowsIn(html, 'reason')).toEqual([
      `2 ${inEnglish('overview.reason.unsupported', { code: 'carrier.notRead' })}`,
      '1 reading failed or ran out of its bounds (reader.crashed)',
    ]);
    expect(rowsIn(html, 'error')).toEqual(['1 not-found']);
  });

  it('tells no file that nothing was found in it while something was, or might have been', () => {
    const found = (record: ScanRecord) => overviewOfRecords([record]).groups.found.files('nothing');
    const none = silent('/a', COMPLETE);
    expect(found(none)).toBe(1);
    expect(found(silent('/a', { state: 'partial', unread: ['xmp'] }))).toBe(0);
    expect(found({ ...none, contentCredentials: { presence: 'present' } })).toBe(0);
    expect(found({ ...none, contentCredentials: { presence: 'remote' } })).toBe(0);
    const label = { id: 'gb45438.label.present' as const, backing: 'unsigned' as const, basis: [] };
    expect(found({ ...none, signals: [label] })).toBe(0);
    const headline = withHeadlineText({ id: 'headline.credit' }, en);
    expect(found({ ...none, summary: { ...none.summary, headline } })).toBe(0);
  });

  it('lists under each count its files, with their headline and four facts', () => {
    const headline = withHeadlineText(
      message('headline.generated', {
        what: 'this',
        by: 'tool',
        tool: message('text.quoted', { text: 'Maker' }),
      }),
      en,
    );
    const facts = {
      who: fact(
        'listed',
        message('fact.who.listed', {
          name: message('text.asWritten', { text: 'Example' }),
          list: 'official',
          term: 'inside',
        }),
      ),
      changed: fact('no', message('fact.changed.no')),
      ai: fact('stated-signed', message('fact.ai.statedSigned')),
      when: fact('not-known', message('fact.when.notKnown')),
    };
    const record = { ...RECORD, path: '/p/made.png', summary: { ...RECORD.summary, headline, facts } };
    const html = pageOf([record]);
    const list = /<details id="ai-stated-signed">.*?<\/details>/s.exec(html)?.[0];
    expect(list).toContain('<bdi>/p/made.png</bdi>');
    expect(list).toContain('<b>Says it was made with AI (“Maker”)</b>');
    expect(list).toContain(
      'Who: Example · on C2PA’s trust list; Changed since? no; AI? stated, signed; When: not known',
    );
    expect(rowsIn(html, 'tool')).toEqual(['1 “Maker” – named by credentials']);
    expect(pageOf([record], 'zh-Hans')).toContain('由人工智能生成（“Maker”）</b>');
  });

  it('names generators by labels and traces, and who names them', () => {
    const signals: ScanRecord['signals'] = [
      { id: 'generator.a1111', backing: 'inferred', basis: [] },
      { id: 'iptc.ai.systemUsed', backing: 'unsigned', value: 'Adobe: confirmed by Reuters', basis: [] },
      { id: 'generator.novelai', backing: 'invalid', basis: [] },
    ];
    const html = pageOf([{ ...RECORD, signals }]);
    expect(rowsIn(html, 'tool')).toEqual([
      '1 “Adobe: confirmed by Reuters” – named by an unsigned label',
      `1 Stable Diffusion web UI – by ${inEnglish('page.backing.inferred')}`,
    ]);
  });

  it('keeps years that are proven apart from claimed ones', () => {
    const { year: _, ...undated } = RECORD;
    const html = pageOf([RECORD, { ...RECORD, year: { year: 1998, by: 'claimed' } }, undated]);
    expect(rowsIn(html, 'proven')).toEqual(['1 2026']);
    expect(rowsIn(html, 'claimed')).toEqual(['1 1998']);
    expect(rowsIn(html, 'undated')).toEqual(['1 no year']);
  });

  it('cuts long lists and names the command that lists all', () => {
    const most = overviewLimits.listedFirst;
    const many = Array.from({ length: most + 5 }, (_, i) => silent(`/many/${i}.png`, COMPLETE));
    const html = pageOf(many, 'en', { results: ['my results.ndjson'] });
    expect(html.match(/<details id="found-nothing">.*?<\/details>/s)?.[0].match(/<li>/g)).toHaveLength(most);
    expect(html).toContain(
      `The first ${most} of ${most + 5}. All of them: <code>assay report &#39;my results.ndjson&#39; --only found=nothing --format csv --columns path,headline,who,changed,ai,when</code>`,
    );
  });

  it('puts no name into a command that a shell might take for more', () => {
    const many = Array.from({ length: 30 }, () => ({
      ...RECORD,
      contentCredentials: { ...RECORD.contentCredentials, generator: "x'; rm -rf ~ #" },
    }));
    const html = pageOf(many, 'en', { results: ['r.ndjson'] });
    const list = /<details id="writer-0">.*?<\/details>/s.exec(html)?.[0];
    expect(list).toContain('The first 20 of 30; the results hold all of them.');
    expect(html).not.toMatch(/<code>assay[^<]*rm -rf/);
  });

  it('counts only the files that are asked for, and says so', () => {
    const records = [RECORD, silent('/a/b/one.png', COMPLETE), silent('/ab/two.png', COMPLETE)];
    const only = [{ group: 'folder', key: '/a' }] as const;
    const html = pageOf(records, 'en', { results: ['r.ndjson'], only });
    expect(html).toContain('What 1 file says about itself');
    expect(html).toContain('Only files that stand under: folder=/a');
    expect(overviewOfRecords(records, [{ group: 'ai', key: 'stated-signed' }]).files).toBe(1);
  });

  it('holds its bounds whatever names and folders there are, and loses no file', () => {
    const folders = new FolderCounts(10);
    const kind = { ai: false, changed: false, unread: true };
    for (let i = 0; i < 1_000; i += 1) folders.add(`/top${i % 4}/${i}/deep`, kind);
    expect(folders.top(5).map(([name, { files, unread }]) => [name, files, unread])).toEqual(
      [0, 1, 2, 3].map((i) => [`/top${i}`, 250, 250]),
    );
    expect(folders.countedUnder('/top2/77/deep')).toBe('/top2');
    const flat = new FolderCounts(10);
    for (let i = 0; i < 30; i += 1) flat.add(`f${i}`, kind);
    expect(flat.size).toBeLessThanOrEqual(11);
    expect(flat.size + flat.others).toBe(30);
    const names = new NameCounts(10);
    for (let i = 0; i < 30; i += 1) names.add(`n${i}`, kind);
    expect([names.size, names.others]).toEqual([10, 20]);
  });

  it('escapes what files say, loads nothing, and runs one script that its policy names', () => {
    const html = pageOf([RECORD, ERROR, { ...RECORD, path: '/x"onmouseover=alert(1)/‮gnp.<img src=x>' }]);
    expect(html).toContain('“&lt;script&gt;alert(1)&lt;/script&gt;” (unlisted)');
    expect(html).toContain('&lt;b&gt;');
    expect(html).toContain('‹U+202E›gnp.&lt;img');
    expect(html).not.toMatch(/<b><\/|<img|<[^>]*\s(?:src|style|on[a-z]+)=|href="(?!#)|url\(/);
    const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text = '']) => text);
    expect(scripts).toHaveLength(1);
    const digest = createHash('sha256')
      .update(scripts[0] ?? '')
      .digest('base64');
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    expect(policy).toContain('default-src &#39;none&#39;');
    expect(policy).toContain(`script-src &#39;sha256-${digest}&#39;`);
    expect(policy).not.toContain('unsafe');
  });

  it('passes no verdict', () => {
    const visible = pageOf(everything()).replace(/<(style|script)>.*?<\/\1>/gs, '');
    expect(
      /\b(real|fake|genuine|authentic|safe|clean|suspicious|compliant|verified|score)\b/i.exec(visible)?.[0],
    ).toBeUndefined();
    expect(pageOf(everything(), 'zh-Hans')).not.toMatch(/真实|伪造|正品|可疑|合规|违法|概率|得分/);
  });

  describe.each(LANGUAGES.filter((language) => language !== 'en'))('in %s', (language) => {
    const full = () => {
      const overview = overviewOfRecords(everything());
      overview.complete = false;
      overview.headers.push(
        ...scanned(
          '{"schema":"assay.scan/1","scan":"s","run":1,"begun":"2026-11-26T00:00:00Z","asOf":"2026-11-26",' +
            '"asOfSource":"requested","sources":["/photos"],"options":{},' +
            '"versions":{"assay":"0.2.0","engines":[],"lists":[],"rulebooks":[]}}',
        ).headers,
      );
      return overview;
    };

    const textsIn = (html: string) =>
      html
        .replace(/<(style|script)>.*?<\/\1>/gs, '')
        .split(/<[^>]*>/)
        .map((text) => text.trim())
        .filter((text) => text !== '');

    it('leaves no English of ours on the page', () => {
      const asked = { results: ['r.ndjson'], only: [{ group: 'folder', key: '' }] } as const;
      const [english, other] = (['en', language] as const).map((one) =>
        textsIn(renderOverviewPage(full(), '2026-11-26T00:00:00Z', translatorFor(one), asked)),
      );
      expect(other).toHaveLength(english?.length ?? 0);
      const left = other?.filter(
        (text) => english?.includes(text) && /[A-Za-z]{2}/.test(text) && !text.startsWith('assay report '),
      );
      // The file's own words, codes, and names that are the same in every language.
      const same = [
        '/photos',
        '/photos/gone',
        '/photos/none',
        '=cmd|&quot;',
        '=cmd|&quot;/c calc&quot;!A1.png',
      ];
      expect(new Set(left)).toEqual(new Set([...same, 'image/png', 'not-found', 'EXIF', 'IPTC-IIM', 'XMP']));
    });

    it('says why a file was not inspected', () => {
      const html = renderOverviewPage(full(), '', translatorFor(language));
      expect(html).toContain(`<html lang="${language}"`);
      expect(html).toContain(`<b>${translatorFor(language).text('error.not-found')}</b>`);
    });
  });
});

describeInBrowser('the summary page in a browser', (open) => {
  const hostile: ScanRecord = {
    ...RECORD,
    path: `/photos/${'x'.repeat(250)}/‮<svg onload=document.title='run'>&quot;.png`,
    summary: {
      ...RECORD.summary,
      headline: withHeadlineText(
        message('headline.generated', {
          what: 'this',
          by: 'tool',
          tool: message('text.quoted', { text: '</b><script>document.title=1</script>' }),
        }),
        en,
      ),
    },
  };
  const records = [
    hostile,
    ...everything().filter((one, i) => i % 16 === 0 || one.schema === 'assay.error/1'),
  ];

  it.each(share(LANGUAGES, 2))(
    'is whole in %s: axe, 320 px, forced colours, search and filters',
    async (language) => {
      const { page, complaints } = await open({
        viewport: { width: 320, height: 800 },
        forcedColors: 'active',
      });
      const folder = mkdtempSync(join(tmpdir(), 'assay-page-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const file = join(folder, 'page.html');
      writeFileSync(file, pageOf(records, language, { results: ['r.ndjson'] }));
      await page.goto(`${pathToFileURL(file)}#ai-stated-signed`);
      expect(await page.locator('#ai-stated-signed').getAttribute('open')).not.toBeNull();
      expect(await page.locator('#ai-stated-signed .files > li').first().textContent()).toContain('onload=');
      expect(await page.title()).toBe(
        translatorFor(language).text('overview.title', {
          files: message('overview.files', { count: records.length }),
        }),
      );
      await page.locator('#filter input').fill('ONLOAD');
      expect(await page.locator('#searched > li:visible').count()).toBe(1);
      await page.locator('#filter button').click();
      await page.locator('#filter select[name=looked]').selectOption('not-opened');
      expect(await page.locator('#searched > li:visible').count()).toBe(1);
      expect(await page.locator('#filtered').textContent()).toMatch(/1/);
      await page.locator('#filter button').click();
      expect(await violations(page)).toEqual([]);
      expect(await width(page)).toBe(320);
      expect(complaints).toEqual([]);
    },
  );

  it('unfolds its lists without script', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    const folder = mkdtempSync(join(tmpdir(), 'assay-page-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'page.html');
    writeFileSync(file, pageOf(records));
    await page.goto(String(pathToFileURL(file)));
    await page.locator('#ai-stated-signed > summary').click();
    expect(await page.locator('#ai-stated-signed .files > li:visible').count()).toBeGreaterThan(0);
    expect(await page.locator('#filter').isVisible()).toBe(false);
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
    await assayHere(['scan', tree, '--out', full, '--full']);
    const table = (results: string) => assayHere(['report', results, '--format', 'csv']);
    const [ofSlim, ofFull] = [await table(slim), await table(full)];
    expect(ofSlim.stdout).toContain(`${join(tree, 'a.png')},`);
    expect(ofFull.stdout).toBe(ofSlim.stdout);
    const html = join(folder, 'page.html');
    expect((await assay(['report', slim, full, '--out', html])).code).toBe(0);
    expect(readFileSync(html, 'utf8')).toContain('What 2 files say about themselves');
    const chinese = await assayHere(['report', slim, '--lang', 'zh-Hans']);
    expect(chinese.stdout).toContain(`1 个${inChinese('page.compare.sentence')}`);
    const only = await assayHere([
      'report',
      slim,
      '--format',
      'csv',
      '--only',
      'changed=yes',
      '--columns',
      'path,changed',
    ]);
    expect(only.stdout).toBe(`path,changed\r\n${join(tree, 'a.png')},yes\r\n`);
    expect((await assayHere(['report', slim, '--only', 'colour=red'])).code).toBe(2);
    writeFileSync(join(folder, 'other.json'), '{"a":1}\n');
    expect(await assayHere(['report', join(folder, 'other.json')])).toMatchObject({ code: 2, stdout: '' });
    const none = join(folder, 'none.ndjson');
    expect(await assayHere(['report', none])).toMatchObject({
      code: 2,
      stderr: `assay: ${none}: ${inEnglish('scan.lost.notFound')}
`,
    });
    expect(await assayHere(['report', folder])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`${folder}: `),
    });
  });
});

describe('results', () => {
  it('that another version wrote are refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-other-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const header = {
      ...{ schema: 'assay.scan/1', scan: 'a', run: 1, begun: '2026-11-25T00:00:00Z', asOf: '2026-11-25' },
      ...{ asOfSource: 'today', sources: [], options: {} },
      versions: { assay: '', engines: [], lists: [], rulebooks: [] },
    };
    const read = (name: string, lines: readonly object[]) => {
      const path = join(folder, name);
      writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      return readOverview([path]);
    };
    await expect(read('own.ndjson', [header, RECORD])).resolves.toBeDefined();
    const { asOfSource, ...other } = header;
    const earlier = [{ ...other, asOfBecause: asOfSource }, RECORD];
    await expect(read('earlier.ndjson', earlier)).rejects.toThrow('scan.results.none');
    await expect(read('later.ndjson', [header, { ...RECORD, verdict: 'none' }])).rejects.toThrow(
      'scan.results.none',
    );
  });
});
