import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeTerminal, quoteTerminal } from '../../../src/base/terminal-text.js';
import { escapeHtml, escapeVerbatim, html, httpsAddress } from '../../../src/core/renderers/html/escape.js';
import { displayWidth, wrap } from '../../../src/core/renderers/text/wrap.js';
import { anyCharacter } from '../../support/any-character.js';
import { HOSTILE_STRINGS, RAW_UNSEEN } from './hostile.js';

const anyText = fc.oneof(
  fc.string({ unit: anyCharacter }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(...HOSTILE_STRINGS),
);

describe('escapeTerminal', () => {
  it.each([
    ['\u001b[31m', '‹U+001B›[31m'],
    ['a\u202eb', 'a‹U+202E›b'],
    ['\u061c\u200e\u200b\ufeff', '‹U+061C›‹U+200E›‹U+200B›‹U+FEFF›'],
    ['\u009b', '‹U+009B›'],
    ['a\nb\tc', 'a‹U+000A›b‹U+0009›c'],
    ['\u2028', '‹U+2028›'],
    ['\ud83d', '‹U+D83D›'],
    ['\u{e0041}', '‹U+E0041›'],
    ['日本 café 😀', '日本 café 😀'],
  ])('shows %j as %j', (raw, shown) => expect(escapeTerminal(raw)).toBe(shown));

  it('cuts long text, says how much is missing, and never cuts a character in two', () => {
    expect(escapeTerminal('x'.repeat(10_000))).toBe(`${'x'.repeat(1_024)}… (+8976)`);
    expect(escapeTerminal('😀😀', 3)).toBe('😀… (+2)');
  });

  it('lets nothing unseen through', () => {
    fc.assert(
      fc.property(
        anyText,
        (text) => !RAW_UNSEEN.test(escapeTerminal(text)) && !escapeTerminal(text).includes('\n'),
      ),
    );
  });

  it('quotes so that the file cannot close the quotation', () => {
    expect(quoteTerminal('a” ● present “b')).toBe('“a" ● present "b”');
  });
});

describe('escapeHtml', () => {
  it('escapes what HTML reads and shows what nobody sees', () => {
    expect(escapeHtml(`<a href="x" id='y'>&\u202e`)).toBe(
      '&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;‹U+202E›',
    );
  });

  it('lets no markup through', () => {
    fc.assert(
      fc.property(
        anyText,
        (text) =>
          !/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/.test(escapeHtml(text)) && !RAW_UNSEEN.test(escapeHtml(text)),
      ),
    );
  });
});

describe('html', () => {
  it('escapes each value, in text and in attributes, and shows what would not be seen', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const made = html`<a title="${text}">${text}${[text, html`<b>${text}</b>`]}</a>`.toString();
        expect(made.replace(/<\/?[ab](?: title="[^<>"']*")?>/g, '')).not.toMatch(
          /[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/,
        );
        expect(RAW_UNSEEN.test(made)).toBe(false);
      }),
    );
  });

  it('takes what it made itself as it is, and what is left out as nothing', () => {
    expect(html`${html`<i>${'<'}</i>`}${undefined}${false}${0}${['a', ['b']]}`.toString()).toBe(
      '<i>&lt;</i>0ab',
    );
  });

  it('gives back what a person typed, and as little of it is markup', () => {
    expect(html`<p title="${escapeVerbatim('a\u202e\n"<')}">`.toString()).toBe(
      '<p title="a\u202e\n&quot;&lt;">',
    );
  });
});

describe('httpsAddress', () => {
  it.each([
    'javascript:alert(1)',
    'http://example.org/',
    'data:text/html,x',
    'https://user:word@example.org/',
    '//example.org',
    'no address',
    '',
  ])('makes no link of %j', (address) => expect(httpsAddress(address)).toBeUndefined());

  it('lets an address through in which nothing ends an attribute', () => {
    expect(httpsAddress(`https://example.org/?a=1&b="><script>`)).toBe(
      'https://example.org/?a=1&b=%22%3E%3Cscript%3E',
    );
  });
});

describe('wrap', () => {
  it('counts wide characters as two columns and marks as none', () => {
    expect(displayWidth('漢字')).toBe(4);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(displayWidth('日本 a')).toBe(6);
    expect(displayWidth('😀')).toBe(2);
    expect(displayWidth('한글')).toBe(4);
  });

  it('breaks at spaces, between wide characters, and inside a word only where it fills a line', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('漢字漢字漢', 4)).toEqual(['漢字', '漢字', '漢']);
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrap('a漢 b', 80)).toEqual(['a漢 b']);
  });

  it('begins no line with what closes and ends none with what opens', () => {
    expect(wrap('漢字。漢字', 4)).toEqual(['漢', '字。', '漢字']);
    expect(wrap('漢（588 字）', 6)).toEqual(['漢', '（588', '字）']);
    expect(wrap('漢字“ab”，漢', 8)).toEqual(['漢字', '“ab”，漢']);
    expect(wrap('。。。', 2)).toEqual(['。', '。', '。']);
  });

  it('keeps every line in its width and every character but spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrap(escapeTerminal(text), width);
        expect(lines.every((line) => displayWidth(line) <= width)).toBe(true);
        expect(lines.join('').replaceAll(' ', '')).toBe(escapeTerminal(text).replaceAll(' ', ''));
      }),
    );
  });
});
