/** Breaking lines by what a terminal shows: wide characters take two columns, combining marks none. */

/** The wide blocks of Unicode's East Asian Width that occur in names and titles. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
];

/** Made when a text is first laid out: what it loads of Node takes longer than to read a small file. */
let segmenter: Intl.Segmenter | undefined;
const graphemesOf = (text: string): Intl.Segments => {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
};

/** Characters of one column each, none of which is drawn together with its neighbour: no grapheme has to be looked for. */
const PLAIN = /^[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027]*$/;

export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let columns = 0;
  for (const { segment } of graphemesOf(text)) columns += widthOf(segment);
  return columns;
}

/** Filled up with spaces to so many columns: a Chinese character takes two. */
export const padded = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - displayWidth(text)));

function widthOf(grapheme: string): number {
  const point = grapheme.codePointAt(0) ?? 0;
  if (point < 0x300) return 1;
  if (/^\p{M}+$/u.test(grapheme)) return 0;
  if (/\p{Emoji_Presentation}|\ufe0f/u.test(grapheme)) return 2;
  return WIDE.some(([from, to]) => point >= from && point <= to) ? 2 : 1;
}

/** At most `width` columns, of the end at most `end`; `…` stands where something is left out. */
export function cutColumns(text: string, width: number, end = 0): string {
  if (displayWidth(text) <= width) return text;
  const all = [...graphemesOf(text)].map(({ segment }) => segment);
  const tail =
    end === 0
      ? ''
      : upTo([...all].reverse(), end)
          .reverse()
          .join('');
  return `${upTo(all, width - displayWidth(tail) - 1).join('')}…${tail}`;
}

function upTo(graphemes: readonly string[], width: number): string[] {
  let columns = 0;
  const over = graphemes.findIndex((one) => {
    columns += widthOf(one);
    return columns > width;
  });
  return graphemes.slice(0, over < 0 ? graphemes.length : over);
}

interface Atom {
  text: string;
  columns: number;
  /** A space stood before it. */
  spaced: boolean;
}

/** What in Chinese and Japanese ends a clause or a bracket does not begin a line, and what opens one does not end it. */
const CLOSES = /^[，。、；：！？）】》」』〉〕”’]/u;
const OPENS = /[（【《「『〈〔“‘]$/u;

/**
 * Lines of at most `width` columns: broken at spaces and between wide characters, though not before what closes and after what
 * opens; inside a word only where it fills a line.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let columns = 0;
  const found = PLAIN.test(text) ? plainAtoms(text, width) : kept(atoms(text, width), width);
  for (const atom of found) {
    const gap = atom.spaced && line !== '' ? 1 : 0;
    if (line !== '' && columns + gap + atom.columns > width) {
      lines.push(line);
      line = '';
      columns = 0;
    }
    const before = line === '' ? '' : ' '.repeat(gap);
    line += before + atom.text;
    columns += before.length + atom.columns;
  }
  return line === '' ? lines : [...lines, line];
}

/** Atoms between which no line is broken, as one; as far as a line holds them. */
function* kept(all: Iterable<Atom>, width: number): Generator<Atom> {
  let last: Atom | undefined;
  for (const atom of all) {
    const belongs = last !== undefined && !atom.spaced && (CLOSES.test(atom.text) || OPENS.test(last.text));
    if (last !== undefined && belongs && last.columns + atom.columns <= width) {
      last = { ...last, text: last.text + atom.text, columns: last.columns + atom.columns };
      continue;
    }
    if (last !== undefined) yield last;
    last = atom;
  }
  if (last !== undefined) yield last;
}

/** Where a word that fills a line is cut: an address behind a slash, so that its last part stands whole. */
function breakIn(part: string, isAddress: boolean): number {
  const slash = part.lastIndexOf('/');
  // The two of `://` are none behind which it is cut.
  return isAddress && slash > 0 && part[slash - 1] !== '/' ? slash + 1 : part.length;
}

const SCHEME = '://';

/** As `atoms`, of plain text: its words, those that fill a line cut where it ends. */
function* plainAtoms(text: string, width: number): Generator<Atom> {
  const most = Math.max(1, width);
  let spaced = false;
  for (const word of text.split(' ')) {
    let isAddress = false;
    for (let start = 0; start < word.length; ) {
      const rest = word.slice(start);
      const filled = rest.slice(0, most);
      isAddress ||= filled.includes(SCHEME);
      const part = rest.length > most ? filled.slice(0, breakIn(filled, isAddress)) : rest;
      yield { text: part, columns: part.length, spaced: spaced && start === 0 };
      start += part.length;
    }
    spaced = true;
  }
}

/** What is not broken: a word of narrow characters up to the width of a line, or one wide character. */
function* atoms(text: string, width: number): Generator<Atom> {
  let word: Atom = { text: '', columns: 0, spaced: false };
  let isAddress = false;
  for (const { segment } of graphemesOf(text)) {
    const columns = widthOf(segment);
    if (segment === ' ') {
      if (word.text !== '') yield word;
      word = { text: '', columns: 0, spaced: true };
      isAddress = false;
      continue;
    }
    if (word.text !== '' && (columns === 2 || word.columns + columns > width)) {
      isAddress = columns !== 2 && (isAddress || word.text.includes(SCHEME));
      const cut = breakIn(word.text, isAddress);
      const rest = word.text.slice(cut);
      const first = word.text.slice(0, cut);
      yield rest === '' ? word : { ...word, text: first, columns: displayWidth(first) };
      word = { text: rest, columns: rest === '' ? 0 : displayWidth(rest), spaced: false };
    }
    word.text += segment;
    word.columns += columns;
    if (columns === 2) {
      yield word;
      word = { text: '', columns: 0, spaced: false };
    }
  }
  if (word.text !== '') yield word;
}
