import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withoutEnd } from '../../src/core/ground/text-end.js';
import { PdfSource } from '../../src/core/readers/containers/pdf-values.js';
import { rawProfileBytes } from '../../src/core/readers/png-raw-profile.js';

/** Long rows of one character before another: patterns that begin anew at each would go on for days. */

it('what stands at the end of a text is taken off, and nothing before it', () => {
  const texts = fc.array(fc.constantFrom('\0', ' ', 'a', '\ud83d\ude00'), { maxLength: 30 });
  fc.assert(
    fc.property(
      texts.map((all) => all.join('')),
      (text) => {
        expect(withoutEnd(text, '\0')).toBe(text.replace(/\0+$/, ''));
        expect(withoutEnd(text, '\0 ')).toBe(text.replace(/[\0 ]+$/, ''));
      },
    ),
  );
  const text = `${'\0'.repeat(2 ** 24)}x`;
  expect(withoutEnd(text, '\0')).toBe(text);
});

it('a number of a PDF is one or none, however many digits it has', () => {
  const read = (text: string) => new PdfSource(Buffer.from(text)).value();
  expect(['12', '-1.5', '+3.', '.25'].map((text) => read(`${text} `))).toEqual([12, -1.5, 3, 0.25]);
  for (const text of ['.', '1.2.3', '-', `${'1'.repeat(100)}x`]) expect(() => read(`${text} `)).toThrow();
});

it('a profile in a text chunk of a PNG begins after a few blanks', () => {
  expect(rawProfileBytes('\nexif\n       2\n4d4d\n')).toEqual(Buffer.from('MM'));
  expect(rawProfileBytes(`${'\n'.repeat(2 ** 22)}x`)).toBeUndefined();
});
