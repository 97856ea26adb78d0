/** Line breaking by terminal columns: wide characters take two columns, combining marks none. */

/** Wide blocks of Unicode's East Asian Width that occur in names and titles. */
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

/** Created on first use, because loading its data takes Node longer than reading a small file. */
let segmenter: Intl.Segmenter | undefined;
const graphemesOf = (text: string): Intl.Segments => {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
};

/** Characters of one column that never combine with neighbours, so that no grapheme segmentation is needed. */
const PLAIN = /^[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027]*$/;

export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let columns = 0;
  for (const { segment } of graphemesOf(text)) columns += widthOf(segment);
  return columns;
}

/** Pads text with spaces to a number of columns; a Chinese character takes two. */
export const padColumns = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - displayWidth(text)));

function widthOf(grapheme: string): number {
  const point = grapheme.codePointAt(0) ?? 0;
  if (point < 0x300) return 1;
  if (/^\p{M}+$/u.test(grapheme)) return 0;
  if (/\p{Emoji_Presentation}|\ufe0f/u.test(grapheme)) return 2;
  return WIDE.some(([from, to]) => point >= from && point <= to) ? 2 : 1;
}

/** Cuts text to `width` columns, keeping at most `end` columns of its end; `…` marks the omission. */
export function cutColumns(text: string, width: number, end = 0): string {
  if (displayWidth(text) <= width) return text;
  const all = [...graphemesOf(text)].map(({ segment }) => segment);
  const tail =
    end === 0
      ? ''
      : takeColumns([...all].reverse(), end)
          .reverse()
          .join('');
  return `${takeColumns(all, width - displayWidth(tail) - 1).join('')}…${tail}`;
}

function takeColumns(graphemes: readonly string[], width: number): string[] {
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
  /** True if a space preceded it. */
  isSpaced: boolean;
}

/** In Chinese and Japanese, closing punctuation does not begin a line and opening punctuation does not end it. */
const CLOSES = /^[，。、；：！？）】》」』〉〕”’]/u;
const OPENS = /[（【《「『〈〔“‘]$/u;

/**
 * Wraps text to lines of at most `width` columns: at spaces and between wide characters, but not before closing or
 * after opening punctuation; inside a word only if it fills a line.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let columns = 0;
  const found = PLAIN.test(text) ? splitPlain(text, width) : mergeAtoms(splitAtoms(text, width), width);
  for (const atom of found) {
    const gap = atom.isSpaced && line !== '' ? 1 : 0;
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

/** Merges atoms that must not be separated, up to the width of a line. */
function* mergeAtoms(all: Iterable<Atom>, width: number): Generator<Atom> {
  let last: Atom | undefined;
  for (const atom of all) {
    const belongs = last !== undefined && !atom.isSpaced && (CLOSES.test(atom.text) || OPENS.test(last.text));
    if (last !== undefined && belongs && last.columns + atom.columns <= width) {
      last = { ...last, text: last.text + atom.text, columns: last.columns + atom.columns };
      continue;
    }
    if (last !== undefined) yield last;
    last = atom;
  }
  if (last !== undefined) yield last;
}

/** Returns where to cut a word that fills a line; an address is cut after a slash, so that its last segment stays whole. */
function findBreak(part: string, isAddress: boolean): number {
  const slash = part.lastIndexOf('/');
  // An address is not cut after the slashes of `://`.
  return isAddress && slash > 0 && part[slash - 1] !== '/' ? slash + 1 : part.length;
}

const SCHEME = '://';

/** Variant of `splitAtoms` for plain text: yields its words, cutting those that fill a line. */
function* splitPlain(text: string, width: number): Generator<Atom> {
  const most = Math.max(1, width);
  let spaced = false;
  for (const word of text.split(' ')) {
    let isAddress = false;
    for (let start = 0; start < word.length; ) {
      const rest = word.slice(start);
      const filled = rest.slice(0, most);
      isAddress ||= filled.includes(SCHEME);
      const part = rest.length > most ? filled.slice(0, findBreak(filled, isAddress)) : rest;
      yield { text: part, columns: part.length, isSpaced: spaced && start === 0 };
      start += part.length;
    }
    spaced = true;
  }
}

/** Yields unbreakable units: a word of narrow characters up to the line width, or one wide character. */
function* splitAtoms(text: string, width: number): Generator<Atom> {
  let word: Atom = { text: '', columns: 0, isSpaced: false };
  let isAddress = false;
  for (const { segment } of graphemesOf(text)) {
    const columns = widthOf(segment);
    if (segment === ' ') {
      if (word.text !== '') yield word;
      word = { text: '', columns: 0, isSpaced: true };
      isAddress = false;
      continue;
    }
    if (word.text !== '' && (columns === 2 || word.columns + columns > width)) {
      isAddress = columns !== 2 && (isAddress || word.text.includes(SCHEME));
      const cut = findBreak(word.text, isAddress);
      const rest = word.text.slice(cut);
      const first = word.text.slice(0, cut);
      yield rest === '' ? word : { ...word, text: first, columns: displayWidth(first) };
      word = { text: rest, columns: rest === '' ? 0 : displayWidth(rest), isSpaced: false };
    }
    word.text += segment;
    word.columns += columns;
    if (columns === 2) {
      yield word;
      word = { text: '', columns: 0, isSpaced: false };
    }
  }
  if (word.text !== '') yield word;
}
