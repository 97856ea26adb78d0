import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { REFERRED_TO, SaidSchema } from '../src/core/ground/told.js';
import { tell, untold } from '../src/core/law/tell.js';
import { textIn } from '../src/core/report/text-in.js';
import { said } from '../src/say/said.js';
import { speechOf } from '../src/say/speech.js';
import { reportOf } from './renderers/report-literal.js';

const en = speechOf('en');
const zh = speechOf('zh-Hans');
const bytes = (count: number) => said('amount.bytes', { count });

const kept = () => {
  const { sentence: _, ...summary } = reportOf().summary;
  return { ...reportOf(), summary: { ...summary, said: { sentence: [bytes(1), bytes(2)] } } };
};

describe('a Report', () => {
  it('is told in any language, any number of times, and kept without its words', () => {
    const english = tell(kept(), en);
    const chinese = tell(english, zh);
    expect(english.summary.sentence).toBe('1 byte 2 bytes');
    expect(chinese.summary.sentence).toBe('1 字节2 字节');
    expect([english.tool.language, chinese.tool.language]).toEqual([undefined, 'zh-Hans']);
    expect(tell(chinese, en)).toEqual(english);
    expect(untold(chinese)).toEqual(untold(kept()));
    expect(JSON.stringify(untold(chinese))).not.toContain('字节');
  });

  it('keeps what a signer says in its own words, and what was kept as text', () => {
    const { summary } = reportOf();
    const declared = {
      origin: 'other',
      backing: 'valid',
      where: 'this',
      editedAfterCapture: false,
      said: 'Mine',
    } as const;
    const told = tell({ ...reportOf(), summary: { ...summary, sentence: 'Old words.', declared } }, zh);
    expect(told.summary.declared?.said).toBe('Mine');
    expect(told.summary.sentence).toBe('Old words.');
  });

  it('has a text said in the language, or the words that were kept in its place', () => {
    expect(textIn({ said: { why: bytes(3) } }, 'why', zh)).toBe('3 字节');
    expect(textIn({ why: 'Old words.' }, 'why', zh)).toBe('Old words.');
    expect(textIn({}, 'why', zh)).toBeUndefined();
  });
});

describe('what a reading process says is to be said', () => {
  const check = Compile(REFERRED_TO, SaidSchema);
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
