import { describe, expect, it } from 'vitest';
import { bytesSaid, daySaid, listSaid, timeSaid } from '../../src/say/amounts.js';
import { languageOf } from '../../src/say/languages.js';
import { type Said, said } from '../../src/say/said.js';
import { speechFrom, speechOf } from '../../src/say/speech.js';

const en = speechOf('en');
const zh = speechOf('zh-Hans');

describe('a speech', () => {
  it.each<[Said, string, string]>([
    [daySaid('2026-05-03'), '3 May 2026', '2026 年 5 月 3 日'],
    [daySaid('2026-02-30'), '2026-02-30', '2026-02-30'],
    [timeSaid('2026-05-03T10:00:00Z'), '3 May 2026, 10:00:00 UTC', '2026 年 5 月 3 日 10:00:00 UTC'],
    [timeSaid('2026-05-03T10:00:00'), '2026-05-03T10:00:00', '2026-05-03T10:00:00'],
    [bytesSaid(1), '1 byte', '1 字节'],
    [bytesSaid(1536), '1.5 kB (1,536 bytes)', '1.5 kB（1,536 字节）'],
    [listSaid(['a', 'b', 'c']), 'a, b and c', 'a、b 和 c'],
    [listSaid(['a']), 'a', 'a'],
  ])('says %j', (one, english, chinese) => {
    expect(en.say(one)).toBe(english);
    expect(zh.say(one)).toBe(chinese);
    // What is kept is JSON.
    expect(zh.say(JSON.parse(JSON.stringify(one)))).toBe(chinese);
  });

  it('takes what a file says for nothing but text, in one line', () => {
    const written = (text: string) => en.say(said('text.asWritten', { text }));
    expect(written('{count} $& <b> # \u202Eabc\nnext')).toBe('{count} $& <b> #  abc next');
    expect(written('a'.repeat(5000))).toHaveLength(400);
  });

  it('names an id that it has no words for', () => {
    expect(en.say({ id: 'gone.long.ago' as never, params: { n: 1 } })).toBe('‹gone.long.ago›');
  });

  it('forms numbers and choices as its catalogue says', () => {
    const speech = speechFrom('en', () => ({
      'language.tag': 'en',
      'amount.bytes': '{count, plural, one {one} other {#}}',
    }));
    expect(speech.words('amount.bytes', { count: 1 })).toBe('one');
    expect(speech.words('amount.bytes', { count: 12345 })).toBe('12,345');
  });
});

describe('the language that a tag asks for', () => {
  it.each([
    ['en', 'en'],
    ['en-GB', 'en'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh_SG', 'zh-Hans'],
    ['zh-Hans-TW', 'zh-Hans'],
    ['zh-TW', undefined],
    ['zh-Hant', undefined],
    ['fr', undefined],
    ['', undefined],
    ['*', undefined],
    ['x'.repeat(100), undefined],
  ])('%s', (tag, expected) => expect(languageOf(tag)).toBe(expected));
});
