import { describe, expect, it } from 'vitest';
import { fault } from '../../../src/base/fault.js';
import { localizeReport } from '../../../src/core/law/localize.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import type { Signal } from '../../../src/core/report/signal.js';
import { UNREQUESTED_PIXELS } from '../../../src/core/signatures/not-checked.js';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { REPORTS } from './every-word.js';
import { renderHtml, renderText } from './rendered.js';
import { reportOf } from './report-literal.js';

const zh = translatorFor('zh-Hans');
const ENGLISH = /\b(the|was|were|which|whether|says|holds|nothing|found)\b/i;

/** Returns every text of a value, including the file's own. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(texts);
}

const signalOf = (id: Signal['id']): Signal => ({
  id,
  backing: 'unsigned',
  basis: [{ carrier: 'xmp', locator: 'p' }],
});

/** An older Report has texts, a current one messages. */
const ofNow = (over: Partial<StoredReport> = {}): StoredReport => {
  const { summary, ...rest } = reportOf(over);
  return { ...rest, summary: { ...summary, messages: { sentence: [message('sentence.emptyFile')] } } };
};

describe('a Report in Chinese', () => {
  /** Returns our own text only: quotations, code and addresses may be in any language. */
  const oursIn = (line: string) => line.replace(/“[^”]*”|https?:\/\/\S+|[\w-]+(?:[./][\w-]+)+/g, '');

  it('leaves no English sentence of ours in the terminal, and says in HTML which language it is', () => {
    const left = new Set<string>();
    for (const report of REPORTS) {
      // Text that exists only as a literal, such as a clause that is in no rulebook, cannot be translated.
      const literal = texts(report).filter((one) => ENGLISH.test(one));
      // A quotation of a law may continue on the next line.
      const text = renderText(report, { color: false, width: 200 }, zh).replace(/“[^”]*”/g, (quoted) =>
        quoted.replace(/\n\s*/g, ' '),
      );
      for (const line of text.split('\n'))
        if (
          ENGLISH.test(oursIn(line)) &&
          !literal.some((one) => one.includes(line.trim()) || line.includes(one))
        )
          left.add(line);
      expect(renderHtml(report, zh)).toMatch(/^<article class="report" lang="zh-Hans"/);
    }
    expect([...left]).toEqual([]);
  });

  it('says of codes that they are English, and of the file’s own strings nothing', () => {
    const html = renderHtml(ofNow({ signals: [signalOf('c2pa.present')] }), zh);
    expect(html).toContain('<code lang="en">c2pa.present</code>');
    expect(html).not.toContain('<code>');
    expect(html).toContain('<bdi class="verbatim" dir="auto">');
  });

  it('says why a place was not read', () => {
    const { reads, summary } = ofNow();
    const why = fault('jpeg.truncated', { where: 'segment' });
    const coverage = { state: 'partial' as const, unread: [{ carrier: 'xmp' as const, ...why }] };
    const told = localizeReport(
      ofNow({
        reads: { ...reads, xmp: { status: 'malformed', ...why } },
        summary: { ...summary, origin: 'unknown', coverage },
      }),
      zh,
    );
    const reason = 'JPEG 在段的中间结束。';
    expect(told.reads.xmp).toEqual({ status: 'malformed', ...why, reason });
    expect(told.summary.coverage.unread).toEqual([{ carrier: 'xmp', ...why, reason }]);
    expect(told.tool.language).toBe('zh-Hans');
  });

  it('leaves a reason that an earlier version kept in English as it was', () => {
    const { reads } = reportOf();
    const xmp = { status: 'malformed', code: 'jpeg.truncated', reason: 'The JPEG ends here.' } as const;
    expect(localizeReport(reportOf({ reads: { ...reads, xmp } }), zh).reads.xmp).toEqual(xmp);
  });

  it('names no step of the reader’s own as somebody to ask', () => {
    const page = renderText(
      ofNow({
        notChecked: [
          {
            messages: {
              what: message(UNREQUESTED_PIXELS.what),
              why: message(UNREQUESTED_PIXELS.why),
              ask: message('notChecked.pixels.ask'),
            },
          },
        ],
      }),
      { color: false, width: 200 },
      zh,
    );
    expect(page).toContain('--deep');
    expect(page).not.toContain('可询问：用“--deep”');
  });
});
