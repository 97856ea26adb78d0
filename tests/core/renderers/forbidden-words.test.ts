import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/law/evaluate.js';
import { localizeFindings } from '../../../src/core/law/rulebooks/finding-texts.js';
import { loadRulebooks } from '../../../src/core/law/rulebooks/index.js';
import { loadWatchedLaw } from '../../../src/core/law/watched.js';
import type { LocalizedFinding } from '../../../src/core/report/finding-schema.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { SIGNAL_IDS } from '../../../src/core/report/signal.js';
import { loadCatalogue } from '../../../src/i18n/catalogue.js';
import { LANGUAGES, type Language } from '../../../src/i18n/languages.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { REPORTS } from './every-word.js';
import { renderHtml, renderText } from './rendered.js';

/** words.md, “Never”. A law is answered or not: never met, never violated. */
const NEVER =
  /\b(real|fake|genuine|authentic|verified|safe|clean|suspicious|compliant|illegal|probability|score|deepfake|met|violated|violation|unlawful)\b/i;

const textsIn = (id: string, language: string): Record<string, string> =>
  JSON.parse(
    readFileSync(
      new URL(`../../../src/core/law/rulebooks/${id}/texts.${language}.json`, import.meta.url),
      'utf8',
    ),
  );

/** 真 and 假 also occur inside words of the laws themselves (虚假新闻信息), so they are not listed alone; 篡改、伪造、隐匿 is the law's own list. */
const NEVER_ZH = /真实|(?<!篡改、)伪造|正品|可疑|合规|违法|概率|得分/;

const neverIn = (language: Language): RegExp => (language === 'en' ? NEVER : NEVER_ZH);

/** Returns each with its context; Apple's use of “tool” is a name. */
const never = (text: string): string[] =>
  [...text.replaceAll('Clean Up', '').matchAll(new RegExp(`.{0,40}${NEVER.source}.{0,20}`, 'gi'))].map(
    ([words]) => words,
  );

/** On a page, quotations of a law have an element of their own, which contains nothing else. */
const withoutLaw = (html: string): string => html.replace(/<q lang="[A-Za-z0-9-]+"[^>]*>[^<]*<\/q>/g, '');

/** In text, the quotations are those that the finding marks, whole and between quotation marks. */
const withoutQuotations = (text: string, findings: readonly LocalizedFinding[]): string =>
  findings
    .flatMap(({ quotations = [] }) => quotations)
    .reduce((left, quotation) => left.replaceAll(`“${quotation.text}”`, ''), text);

const told = (report: StoredReport, language: Language = 'en'): LocalizedFinding[] =>
  localizeFindings(report.findings, report, translatorFor(language), BOOKS);

const BOOKS = loadRulebooks();

describe('words that never appear', () => {
  it('in any page, but where the law itself is quoted', () => {
    for (const report of REPORTS) {
      const text = renderText(report, { color: false }).replace(/\n\s*/g, ' ');
      expect(never(withoutQuotations(text, told(report)))).toEqual([]);
      expect(never(withoutLaw(renderHtml(report)))).toEqual([]);
    }
  });

  it('in any statement of a finding, but in the quotations that it marks', () => {
    const [beside] = REPORTS;
    if (beside === undefined) throw new Error('no report');
    const signals = SIGNAL_IDS.map((id) => ({
      id,
      backing: 'trusted' as const,
      basis: [{ carrier: 'file' as const, locator: 'p' }],
    }));
    for (const language of LANGUAGES)
      for (const seen of [[], signals])
        for (const kind of ['image', 'video', 'audio', 'document'] as const)
          for (const asOf of ['2019-12-31', '2026-11-28', '2030-01-01']) {
            const findings = evaluate(BOOKS, { kind, signals: seen, unknowable: new Set(), asOf });
            const report = { ...beside, signals: seen, findings, tool: { ...beside.tool, asOf } };
            for (const finding of told(report, language)) {
              const words = [finding.title, finding.statement].join(' ');
              expect([finding.rule, withoutQuotations(words, [finding])]).not.toEqual([
                finding.rule,
                expect.stringMatching(neverIn(language)),
              ]);
            }
          }
  });

  it('beside a quotation, nor in what only looks like one', () => {
    const quotations = [{ text: 'appear authentic', language: 'en' }];
    const finding = { quotations } as unknown as LocalizedFinding;
    expect(withoutQuotations('It reads “appear authentic”.', [finding])).not.toMatch(NEVER);
    for (const text of ['“appear authentic” is authentic', 'appear authentic', '“an authentic file”'])
      expect(withoutQuotations(text, [finding])).toMatch(NEVER);
    expect(withoutQuotations('“appear authentic”', [])).toMatch(NEVER);
    expect(withoutLaw('<p><q lang="en">appear authentic</q></p>')).not.toMatch(NEVER);
    for (const html of [
      '<q lang="en">appear authentic</q> authentic',
      '<q>authentic</q>',
      '<q lang="en">a</q> authentic <q lang="en">b</q>',
      '<span lang="en">authentic</span>',
    ])
      expect(withoutLaw(html)).toMatch(NEVER);
  });

  it('in any rulebook', () => {
    for (const book of BOOKS)
      for (const language of LANGUAGES)
        for (const [id, text] of Object.entries(textsIn(book.id, language)))
          expect([id, text]).not.toEqual([id, expect.stringMatching(neverIn(language))]);
  });

  it('in any words of watched law', () => {
    for (const language of LANGUAGES)
      for (const { id, instrument, asks, known = '' } of loadWatchedLaw(language))
        expect([id, `${instrument} ${asks} ${known}`]).not.toEqual([
          id,
          expect.stringMatching(neverIn(language)),
        ]);
  });

  it('in any catalogue', () => {
    // A condition of the command line may be “met”; Apple's use of “tool” is a name.
    const elsewhere = new RegExp(NEVER.source.replace('|met|', '|'), 'i');
    for (const language of LANGUAGES)
      for (const [id, text] of Object.entries(loadCatalogue(language))) {
        const never = language !== 'en' ? NEVER_ZH : /^(law|finding|rulebook)\./.test(id) ? NEVER : elsewhere;
        expect([id, text.replace('Clean Up', '')]).not.toEqual([id, expect.stringMatching(never)]);
      }
  });
});
