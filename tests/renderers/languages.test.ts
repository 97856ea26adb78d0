import { describe, expect, it } from 'vitest';
import { fault } from '../../src/core/ground/fault.js';
import { tell } from '../../src/core/law/tell.js';
import { renderHtml } from '../../src/core/renderers/html.js';
import { renderText } from '../../src/core/renderers/text.js';
import type { Report } from '../../src/core/report/report.js';
import type { Signal } from '../../src/core/report/signal.js';
import { UNASKED_PIXELS } from '../../src/core/signatures/not-checked.js';
import { said } from '../../src/say/said.js';
import { speechOf } from '../../src/say/speech.js';
import { REPORTS } from './every-word.js';
import { reportOf } from './report-literal.js';

const zh = speechOf('zh-Hans');
const ENGLISH = /\b(the|was|were|which|whether|says|holds|nothing|found)\b/i;

/** Every text of a value, the file's own among them. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(texts);
}

const signalOf = (id: Signal['id']): Signal => ({
  id,
  backing: 'unsigned',
  basis: [{ carrier: 'xmp', place: 'p' }],
});

/** A Report of before has words, one of now what is to be said. */
const ofNow = (over: Partial<Report> = {}): Report => {
  const { summary, ...rest } = reportOf(over);
  return { ...rest, summary: { ...summary, said: { sentence: [said('sentence.emptyFile')] } } };
};

describe('a Report in Chinese', () => {
  /** Ours alone: what is quoted, in code or an address may be in any language. */
  const oursIn = (line: string) => line.replace(/“[^”]*”|https?:\/\/\S+|[\w-]+(?:[./][\w-]+)+/g, '');

  it('leaves no English sentence of ours in the terminal, and says in HTML which language it is', () => {
    const left = new Set<string>();
    for (const report of REPORTS) {
      // What a literal alone says, as a clause that is in no rulebook, is nobody's to translate.
      const literal = texts(report).filter((one) => ENGLISH.test(one));
      // A quotation of a law may go on in the next line.
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
    const told = tell(
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
    expect(tell(reportOf({ reads: { ...reads, xmp } }), zh).reads.xmp).toEqual(xmp);
  });

  it('names no step of the reader’s own as somebody to ask', () => {
    const page = renderText(
      ofNow({
        notChecked: [
          {
            said: {
              what: said(UNASKED_PIXELS.what),
              why: said(UNASKED_PIXELS.why),
              ask: said('notChecked.pixels.ask'),
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
