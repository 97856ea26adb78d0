import { describe, expect, it } from 'vitest';
import { formatJson } from '../../../src/base/json-line.js';
import { localizeReport, toStoredReport } from '../../../src/core/law/localize.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { LANGUAGES } from '../../../src/i18n/languages.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inEnglish } from '../../i18n/english.js';
import { HOSTILE, mapStrings } from '../renderers/hostile.js';
import { renderArticle, renderOnePageText, renderText } from '../renderers/rendered.js';
import { fullReport, oldTexts, toldReport } from '../renderers/report-literal.js';

/** Stored Reports of other versions, whose members, ids and codes this one may not know. */

const SENTENCE = 'This PNG carries a label <b>of 0.1</b>.';

/** Version 0.1 stored texts in place of messages, and made neither headline nor facts nor caption. */
function ofVersion01(): StoredReport {
  const { headline: _, facts: __, ...summary } = fullReport().summary;
  return { ...fullReport(), summary: { ...summary, ...oldTexts({ sentence: SENTENCE }) } };
}

const HEADLINE_ID = 'headline.ofLaterVersion<b>';
/** A later version has headlines, facts, sentences and faults that this one does not know. */
function ofLaterVersion(): StoredReport {
  const report = toldReport();
  const unknown = (code: string) => ({
    code,
    messages: { text: { id: `fact.later.${code}`, params: { a: '<i>' } } },
  });
  return {
    ...report,
    summary: {
      ...report.summary,
      headline: { id: HEADLINE_ID, params: { name: 'X' } },
      facts: {
        who: unknown('sworn'),
        changed: unknown('perhaps'),
        ai: { code: 'dreamt<b>' },
        when: unknown('soon'),
      },
      messages: { sentence: [{ id: 'sentence.ofLaterVersion' }], caption: { id: 'caption.ofLaterVersion' } },
      coverage: { state: 'partial', unread: [{ carrier: 'xmp', code: 'later.fault', params: {} }] },
    },
    reads: { ...report.reads, xmp: { status: 'failed', code: 'later.fault', params: {} } },
  } as unknown as StoredReport;
}

/** Members are missing that every Report of this version has a message for. */
function withoutMessages(): StoredReport {
  const report = toldReport();
  const { messages: _, ...summary } = report.summary;
  const { reads } = report;
  return {
    ...report,
    summary: {
      ...summary,
      ...oldTexts({ sentence: '' }),
      facts: {
        who: { code: 'nobody' },
        changed: { code: 'no' },
        ai: { code: 'label' },
        when: { code: 'proven' },
      },
    },
    contradictions: [{ between: [report.signals[0], report.signals[1]] }],
    notChecked: [{}],
    whyMissing: [{ because: ['camera.exif'] }],
    parts: [
      { kind: 'primary', offset: 0, bytes: 1, locator: 'PNG', signed: 'covered' },
      {
        ...{ kind: 'member', offset: 1, bytes: 1, locator: 'a', signed: 'unknown' },
        outcome: {
          format: 'PNG',
          kind: 'image',
          origin: 'none',
          presence: 'absent',
          labels: [],
          coverage: 'complete',
        },
      },
    ],
    tool: {
      ...report.tool,
      lists: [{}],
      rulebooks: [{ id: 'gone', edition: '2025-01-01', jurisdiction: 'CN', kind: 'law' }],
    },
    reads: { ...reads, xmp: { status: 'failed' } },
  } as unknown as StoredReport;
}

const REPORTS: Record<string, StoredReport> = {
  'version 0.1': ofVersion01(),
  'a later version': ofLaterVersion(),
  'no version that wrote messages': withoutMessages(),
};
for (const [name, text] of Object.entries(HOSTILE))
  for (const version of [ofVersion01, ofLaterVersion, withoutMessages])
    REPORTS[`${version.name}, with ${name} for every string`] = mapStrings(version(), () => text);

describe.each(LANGUAGES)('a stored Report of another version, in %s', (language) => {
  const translator = translatorFor(language);
  const rendered = (report: StoredReport): Record<string, string> => ({
    page: String(renderArticle(report, translator)),
    onePage: renderOnePageText(report, { color: false }, translator),
    text: renderText(report, { color: false }, translator),
    json: formatJson(localizeReport(report, translator)),
  });

  it.each(Object.entries(REPORTS))('can be read: %s', (_name, report) => {
    const all = rendered(report);
    for (const [form, text] of Object.entries(all)) {
      expect(text.length, form).toBeGreaterThan(200);
      expect(text, form).not.toMatch(/undefined|\[object|NaN/);
      // Formatting characters reorder or hide text.
      expect(text.replaceAll('\n', ''), form).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }
    // Markup that stands in a Report is text.
    expect(all['page']).not.toMatch(/<script>alert|<img src=x|<b>of 0\.1|<b>&|dreamt<b>/);
  });
});

describe('a stored Report of another version, localized', () => {
  const en = translatorFor('en');

  it('of 0.1 has its first sentence as headline, and knows no fact', () => {
    const { summary } = localizeReport(ofVersion01(), en);
    expect(summary.headline).toEqual({ id: 'text.asWritten', params: { text: SENTENCE }, text: SENTENCE });
    expect(summary.sentence).toBe(SENTENCE);
    expect(summary.facts.who).toMatchObject({ code: 'not-known', text: inEnglish('fact.when.notKnown') });
    expect(summary.caption).toBeUndefined();
  });

  it('of a later one is told by its ids and codes', () => {
    const { summary, reads } = localizeReport(ofLaterVersion(), en);
    expect(summary.headline.text).toBe(HEADLINE_ID);
    expect(summary.facts.ai.text).toBe('dreamt<b>');
    expect(summary.facts.who.text).toContain('fact.later.sworn');
    expect(reads.xmp.reason).toContain('later.fault');
  });

  it('has every text that its type requires', () => {
    const { contradictions, notChecked, whyMissing, parts, tool, summary } = localizeReport(
      withoutMessages(),
      en,
    );
    expect(summary.facts.when.text).toBe('proven');
    expect(contradictions).toMatchObject([{ statement: '' }]);
    expect(notChecked).toEqual([{ what: '', why: '' }]);
    expect(whyMissing).toMatchObject([{ says: '', source: '' }]);
    expect(parts?.[1]?.outcome).toMatchObject({ headline: '' });
    expect(tool).toMatchObject({ lists: [{ name: '' }], rulebooks: [{ title: 'gone' }] });
  });

  it.each(Object.entries(REPORTS))('can be stored and localized again: %s', (_name, report) => {
    const once = localizeReport(report, en);
    expect(localizeReport(toStoredReport(once), en)).toEqual(once);
    // JSON of 0.1 lacks the headline, which no type shows.
    expect(() => toStoredReport(report as never)).not.toThrow();
  });
});
