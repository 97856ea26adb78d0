import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutColumns, displayWidth, wrap } from '../../../src/core/renderers/text/wrap.js';

it('plain text is laid out as text is whose graphemes are looked for', () => {
  const characters = fc.constantFrom(
    ' ',
    ' ',
    ' ',
    'a',
    'b',
    'é',
    '’',
    '“',
    '”',
    '–',
    '…',
    '(',
    ',',
    '/',
    '://',
    '\u00a0',
  );
  const texts = fc.array(characters, { maxLength: 80 }).map((all) => all.join(''));
  // A letter of another script with the same width, which makes the text no longer plain.
  const other = (text: string) => text.replaceAll('b', 'ж');
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: 24 }), (text, width) => {
      expect(wrap(text, width).map(other)).toEqual(wrap(other(text), width));
      expect(displayWidth(text)).toBe(displayWidth(other(text)));
      expect(other(cutColumns(text, width, width >> 1))).toBe(cutColumns(other(text), width, width >> 1));
    }),
    { numRuns: 500 },
  );
});
