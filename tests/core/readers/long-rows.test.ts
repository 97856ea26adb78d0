import fc from 'fast-check';
import { expect, it } from 'vitest';
import { trimEndCharacters } from '../../../src/base/trim-end.js';
import { PdfParser } from '../../../src/core/readers/containers/pdf-values.js';
import { decodeRawProfile } from '../../../src/core/readers/text/png-raw-profile.js';

/** Long runs of one character before another: backtracking patterns that restart at each would run for days. */

it('what stands at the end of a text is taken off, and nothing before it', () => {
  const texts = fc.array(fc.constantFrom('\0', ' ', 'a', '\ud83d\ude00'), { maxLength: 30 });
  fc.assert(
    fc.property(
      texts.map((all) => all.join('')),
      (text) => {
        expect(trimEndCharacters(text, '\0')).toBe(text.replace(/\0+$/, ''));
        expect(trimEndCharacters(text, '\0 ')).toBe(text.replace(/[\0 ]+$/, ''));
      },
    ),
  );
  const text = `${'\0'.repeat(2 ** 24)}x`;
  expect(trimEndCharacters(text, '\0')).toBe(text);
});

it('a number of a PDF is one or none, however many digits it has', () => {
  const read = (text: string) => new PdfParser(Buffer.from(text)).parseValue();
  expect(['12', '-1.5', '+3.', '.25'].map((text) => read(`${text} `))).toEqual([12, -1.5, 3, 0.25]);
  for (const text of ['.', '1.2.3', '-', `${'1'.repeat(100)}x`]) expect(() => read(`${text} `)).toThrow();
});

it('a profile in a text chunk of a PNG begins after a few blanks', () => {
  expect(decodeRawProfile('\nexif\n       2\n4d4d\n')).toEqual(Buffer.from('MM'));
  expect(decodeRawProfile(`${'\n'.repeat(2 ** 22)}x`)).toBeUndefined();
});
