import fc from 'fast-check';

/** Surrogates are no characters of their own. */
const FIRST_HALF = 0xd800;
const HALVES = 0x800;
const CHARACTERS = 0x11_0000 - HALVES;

/**
 * Any Unicode character, as the unit of `fc.string`. The library's own `binary` is the same, but lists all 1.1 million
 * of them in a map once per process: 0.8 s and 85 MB, which everything else in that process has to bear.
 */
export const anyCharacter: fc.Arbitrary<string> = fc.integer({ min: 0, max: CHARACTERS - 1 }).map(
  (at) => String.fromCodePoint(at < FIRST_HALF ? at : at + HALVES),
  (character) => {
    const [one = '', ...more] = typeof character === 'string' ? character : [];
    const code = one.codePointAt(0);
    const half = code !== undefined && code >= FIRST_HALF && code < FIRST_HALF + HALVES;
    if (code === undefined || half || more.length > 0) throw new Error('no character');
    return code < FIRST_HALF ? code : code - HALVES;
  },
);
