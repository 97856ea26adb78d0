import { describe, expect, it } from 'vitest';
import { buildPage } from '../../../src/core/page/page.js';
import { html } from '../../../src/core/renderers/html/escape.js';
import type { EvidenceView } from '../../../src/core/report/evidence-view.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { LANGUAGES } from '../../../src/i18n/languages.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { type Block, type BlockOptions, buildBlocks } from '../../../src/service/pdf/blocks.js';
import { renderPrintableHtml } from '../../../src/service/pdf/printable.js';
import { toPrintableOnePage, toPrintableReport } from '../../../src/service/pdf/report-pdf.js';
import { chain } from '../../core/renderers/credentials-literal.js';
import { fullEvidence } from '../../core/renderers/evidence-literal.js';
import { HOSTILE_STRINGS, RAW_UNSEEN } from '../../core/renderers/hostile.js';
import { fullReport, reportOf } from '../../core/renderers/report-literal.js';
import { inEnglish } from '../../i18n/english.js';

const en = translatorFor('en');
const notes = [
  { text: 'first\nsecond', by: 'desk', at: '2026-05-03T10:00:00Z' },
  { text: 'third', at: '2026-05-03T10:00:00Z' },
];
const nothing: BlockOptions = { notes: [], withoutPictures: false };
const blocks = (
  report: StoredReport,
  { evidence, ...over }: Partial<BlockOptions> & { evidence?: EvidenceView } = {},
) => buildBlocks(buildPage(report, en, { evidence, isPaper: true }), en, { ...nothing, ...over });
const textOf = ({ spans }: Block) => spans.map(({ text }) => text).join('');
const laidOut = (all: readonly Block[]) =>
  all.map((one) => `${'  '.repeat(one.indent)}${one.marker && `${one.marker} `}${textOf(one)}`);

/** Returns the text of a page without spaces. */
const bare = (text: string) => text.replace(/\s+/g, '');
const wordsIn = (page: string) =>
  bare(
    page
      .replace(/<(svg|style|title)\b[\s\S]*?<\/\1>/g, '')
      .replace(/<thead>[\s\S]*?<\/thead>/g, '')
      .replace(/<td data-label="([^"]*)">/g, '$1: ')
      .replace(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&'),
  );

describe('A report on paper', () => {
  it.each(
    LANGUAGES.flatMap((language) =>
      [fullReport(), reportOf(), reportOf({ contentCredentials: chain(9) })].map(
        (report) => [language, report.asset.name, report] as const,
      ),
    ),
  )('says without a browser what it says with one: %s, %s', (language, _, report) => {
    const printable = toPrintableReport(report, translatorFor(language), 'a4', {
      notes,
      evidence: fullEvidence(),
      hasWithheldPictures: true,
    });
    expect(bare(printable.blocks().map(textOf).join(''))).toBe(wordsIn(printable.article.toString()));
  });

  it('has headings, terms with values under them, and lists within lists', () => {
    const all = laidOut(blocks(reportOf({ contentCredentials: chain(9) }), { notes }));
    // The one page before the record has a history and times, too.
    const at = all.lastIndexOf('History');
    const depths = all
      .slice(at, all.lastIndexOf('Times'))
      .map((line) => line.replace(/^( *)(• )?.*/, '$1$2'));
    expect([...new Set(depths)]).toEqual(['', '  • ', '    • ', '      • ']);
    expect(all.slice(-4)).toEqual([
      expect.stringMatching(/^ {2}1\. .*desk/),
      '  first\nsecond',
      expect.stringMatching(/^ {2}2\. /),
      '  third',
    ]);
    expect(blocks(reportOf()).flatMap(({ level = [] }) => level)).toEqual(expect.arrayContaining([1, 2, 3]));
  });

  it('has clauses that say something of the file, and one line of counts for a rulebook in which none does', () => {
    const [finding] = fullReport().findings;
    if (finding === undefined) throw new Error('a report with findings is needed');
    const of = (outcome: 'answered' | 'not-triggered') => {
      const report = reportOf({ findings: [{ ...finding, outcome }] });
      return {
        article: toPrintableReport(report, en, 'a4').article.toString(),
        lines: laidOut(blocks(report)),
      };
    };
    const { article, lines } = of('not-triggered');
    const silent = inEnglish('law.outcome.not-triggered');
    expect(article).not.toContain('<table class="rules">');
    expect(article).toMatch(new RegExp(`<ul class="silent"><li>.*${silent} \\(1\\)`));
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^ {2}• .*${silent} \\(1\\)$`)));
    expect(of('answered').article).toContain('<table class="rules">');
    expect(of('answered').lines).toContainEqual(expect.stringMatching(/^ {2}Clause: /));
  });

  it('has the one page by itself, with the words of a browser’s', () => {
    for (const language of LANGUAGES) {
      const inspected = { at: '2026-11-28T10:00:00Z', caseReference: 'K-17', by: 'desk' };
      const printable = toPrintableOnePage(fullReport(), translatorFor(language), 'a4', {
        inspected,
        hasWithheldPictures: true,
      });
      const words = bare(printable.blocks().map(textOf).join(''));
      expect(words).toBe(wordsIn(printable.article.toString()));
      expect(words).toContain('K-17');
      expect(printable.article.toString()).not.toContain('href="#');
    }
  });

  it('follows no address but https', () => {
    const [finding] = fullReport().findings;
    if (finding === undefined) throw new Error('a report with findings is needed');
    const linked = (address: string) =>
      blocks(
        reportOf({
          findings: [{ ...finding, outcome: 'answered', reference: { ...finding.reference, address } }],
        }),
      )
        .flatMap(({ spans }) => spans.flatMap(({ link }) => link ?? []))
        .filter((link) => link !== 'https://tineye.com/');
    expect(linked('https://b.example/')).toContain('https://b.example/');
    expect(linked('javascript:x')).toEqual([]);
  });

  it('is bounded in depth and count, and lets nothing unseen through', () => {
    // Of earlier versions the middle is folded; parts of parts are not.
    const deep: StoredReport = JSON.parse(
      JSON.stringify(reportOf({ contentCredentials: chain(30) })).replaceAll('parentOf', 'componentOf'),
    );
    expect(Math.max(...blocks(deep).map(({ indent }) => indent))).toBe(8);
    const many = Array.from({ length: 15_000 }, () => ({ text: 'x', at: '2026-05-03T10:00:00Z' }));
    expect(blocks(reportOf(), { notes: many })).toHaveLength(20_000);
    for (const name of HOSTILE_STRINGS) {
      const report = reportOf();
      const shown = blocks(
        { ...report, asset: { ...report.asset, name } },
        { notes: [{ text: name, by: name, at: name }] },
      );
      expect(RAW_UNSEEN.test(shown.map(textOf).join('').replaceAll('\n', ''))).toBe(false);
    }
  });

  it('lets a browser load and run nothing, whatever stands in the article or at the foot', () => {
    const page = renderPrintableHtml({
      title: '</title><script>1</script>',
      language: 'en"><script>2</script>',
      direction: 'ltr',
      article: html`<p>${'<script>4</script>'}</p>`,
      footer: '</style><script>3</script> "; @import url(https://x.example); \\',
      paper: 'a4',
    });
    expect(page).not.toContain('<script');
    expect(page).not.toContain('@import');
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page.indexOf("default-src 'none'")).toBeLessThan(page.indexOf('<title>'));
  });
});
