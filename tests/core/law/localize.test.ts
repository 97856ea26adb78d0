import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { MessageSchema, REFERENCED_SCHEMAS } from '../../../src/base/message-schema.js';
import { localizeReport, toStoredReport } from '../../../src/core/law/localize.js';
import { localizeMember } from '../../../src/core/report/message-lookup.js';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { oldTexts, reportOf } from '../renderers/report-literal.js';

const en = translatorFor('en');
const zh = translatorFor('zh-Hans');
const bytes = (count: number) => message('amount.bytes', { count });

const kept = () => {
  const report = reportOf();
  return { ...report, summary: { ...report.summary, messages: { sentence: [bytes(1), bytes(2)] } } };
};

describe('a Report', () => {
  it('is told in any language, any number of times, and kept without its words', () => {
    const english = localizeReport(kept(), en);
    const chinese = localizeReport(toStoredReport(english), zh);
    expect(english.summary.sentence).toBe('1 byte 2 bytes');
    expect(chinese.summary.sentence).toBe('1 字节2 字节');
    expect([english.tool.language, chinese.tool.language]).toEqual([undefined, 'zh-Hans']);
    expect(localizeReport(toStoredReport(chinese), en)).toEqual(english);
    expect(toStoredReport(chinese)).toEqual(toStoredReport(english));
    expect(JSON.stringify(toStoredReport(chinese))).not.toContain('字节');
  });

  it('keeps what a signer says in its own words, and what was kept as text', () => {
    const { summary } = reportOf();
    const declared = {
      origin: 'other',
      backing: 'valid',
      where: 'this',
      editedAfterCapture: false,
      statement: 'Mine',
    } as const;
    const told = localizeReport(
      { ...reportOf(), summary: { ...summary, ...oldTexts({ sentence: 'Old words.' }), declared } },
      zh,
    );
    expect(told.summary.declared?.statement).toBe('Mine');
    expect(told.summary.sentence).toBe('Old words.');
  });

  it('has a text said in the language, or the words that were kept in its place', () => {
    expect(localizeMember({ messages: { why: bytes(3) } }, 'why', zh)).toBe('3 字节');
    expect(localizeMember(oldTexts({ why: 'Old words.' }), 'why', zh)).toBe('Old words.');
    expect(localizeMember({}, 'why', zh)).toBeUndefined();
  });
});

describe('what a reading process says is to be said', () => {
  const check = Compile(REFERENCED_SCHEMAS, MessageSchema);
  const nested = (depth: number): object =>
    depth === 0 ? { id: 'a.b' } : { id: 'a.b', params: { one: nested(depth - 1) } };

  it.each<[string, unknown, boolean]>([
    ['one thing', { id: 'sentence.emptyFile' }, true],
    ['one within another', nested(5), true],
    ['too deep', nested(50), false],
    ['no id of ours', { id: '<script>' }, false],
    ['a long text', { id: 'a.b', params: { text: 'x'.repeat(2000) } }, false],
    [
      'many places',
      { id: 'a.b', params: Object.fromEntries([...'abcdefghijklmnopqrst'].map((n) => [n, 1])) },
      false,
    ],
    ['a long list', { id: 'a.b', params: { items: Array(100).fill('x') } }, false],
    ['something beside it', { id: 'a.b', text: 'x' }, false],
    ['a name that is none', { id: 'a.b', params: { '0!': 'x' } }, false],
  ])('is bounded: %s', (_what, value, fits) => expect(check.Check(value)).toBe(fits));
});
