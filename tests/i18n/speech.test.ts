import { describe, expect, it } from 'vitest';
import { bytesMessage, dayMessage, listMessage, timeMessage } from '../../src/i18n/amounts.js';
import { matchLanguage } from '../../src/i18n/languages.js';
import { type Message, message } from '../../src/i18n/message.js';
import { translatorFor, translatorFrom } from '../../src/i18n/translator.js';

const en = translatorFor('en');
const zh = translatorFor('zh-Hans');

describe('a speech', () => {
  it.each<[Message, string, string]>([
    [dayMessage('2026-05-03'), '3 May 2026', '2026 年 5 月 3 日'],
    [dayMessage('2026-02-30'), '2026-02-30', '2026-02-30'],
    [timeMessage('2026-05-03T10:00:00Z'), '3 May 2026, 10:00:00 UTC', '2026 年 5 月 3 日 10:00:00 UTC'],
    [timeMessage('2026-05-03T10:00:00'), '2026-05-03T10:00:00', '2026-05-03T10:00:00'],
    [bytesMessage(1), '1 byte', '1 字节'],
    [bytesMessage(1536), '1.5 kB (1,536 bytes)', '1.5 kB（1,536 字节）'],
    [listMessage(['a', 'b', 'c']), 'a, b and c', 'a、b 和 c'],
    [listMessage(['a']), 'a', 'a'],
  ])('says %j', (one, english, chinese) => {
    expect(en.translate(one)).toBe(english);
    expect(zh.translate(one)).toBe(chinese);
    // The stored form is JSON.
    expect(zh.translate(JSON.parse(JSON.stringify(one)))).toBe(chinese);
  });

  it('takes what a file says for nothing but text, in one line', () => {
    const written = (text: string) => en.translate(message('text.asWritten', { text }));
    expect(written('{count} $& <b> # \u202Eabc\nnext')).toBe('{count} $& <b> #  abc next');
    expect(written('a'.repeat(5000))).toHaveLength(400);
  });

  it('names an id that it has no words for', () => {
    expect(en.translate({ id: 'gone.long.ago' as never, params: { n: 1 } })).toBe('‹gone.long.ago›');
  });

  it('forms numbers and choices as its catalogue says', () => {
    const speech = translatorFrom('en', () => ({
      'language.tag': 'en',
      'amount.bytes': '{count, plural, one {one} other {#}}',
    }));
    expect(speech.text('amount.bytes', { count: 1 })).toBe('one');
    expect(speech.text('amount.bytes', { count: 12345 })).toBe('12,345');
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
  ])('%s', (tag, expected) => expect(matchLanguage(tag)).toBe(expected));
});
