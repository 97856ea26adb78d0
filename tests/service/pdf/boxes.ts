import { execFileSync } from 'node:child_process';

/** Box in points from the top left corner. */
interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
  text: string;
}

export interface Sheet {
  width: number;
  height: number;
  lines: Box[];
  words: Box[];
}

/** Returns every line and word of every page, with its box. */
export function sheetsOf(pdftotext: string, pdf: Uint8Array): Sheet[] {
  const xml = execFileSync(pdftotext, ['-bbox-layout', '-enc', 'UTF-8', '-', '-'], {
    input: pdf,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  });
  return xml.split('<page ').flatMap((page, at) => {
    if (at === 0) return [];
    const size = /^width="([\d.]+)" height="([\d.]+)"/.exec(page);
    const words = boxesOf(page, /<word ([^>]*)>([^<]*)<\/word>/g).map(asHighAsItsLetters);
    const lines = boxesOf(page, /<line ([^>]*)>([\s\S]*?)<\/line>/g);
    return [{ width: Number(size?.[1]), height: Number(size?.[2]), words, lines }];
  });
}

function boxesOf(page: string, pattern: RegExp): Box[] {
  return [...page.matchAll(pattern)].map(([, locator = '', inside = '']) => {
    const [left = NaN, top = NaN, right = NaN, bottom = NaN] = [...locator.matchAll(/"(-?[\d.]+)"/g)].map(
      ([, value]) => Number(value),
    );
    return {
      left,
      top,
      right,
      bottom,
      text: inside
        .replace(/<[^>]*>/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    };
  });
}

const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/g;
const BROAD = /[MWm@]/g;
const HIGHEST = 1.25;
/** A Latin word higher than this multiple of its size, estimated by its width, is set in a Chinese font. */
const HIGH_FOR_LATIN = 1.9;

/** Some Chinese fonts declare a height of two and a half times that of their letters, around the same middle. */
function asHighAsItsLetters(box: Box): Box {
  const wide = box.text.match(WIDE)?.length ?? 0;
  const broad = box.text.match(BROAD)?.length ?? 0;
  const size = (box.right - box.left) / (wide + broad * 0.9 + (box.text.length - wide - broad) * 0.55);
  const height = box.bottom - box.top;
  if (wide === 0 && height < size * HIGH_FOR_LATIN) return box;
  // The size of a Latin word is only an estimate: narrow letters look smaller than they are.
  const least = wide === 0 ? height / 2 : 0;
  const half = Math.max(least, Math.min(height, size * HIGHEST)) / 2;
  const middle = (box.top + box.bottom) / 2;
  return { ...box, top: middle - half, bottom: middle + half };
}

/** Boxes are higher than the letters: neighbouring lines may touch, but not overlap by more than this. */
const MOST_HIGH = 0.45;
/** Fraction of the height: Chinese characters are set closer than they are wide. */
const MOST_WIDE = 0.5;

/** A browser sets consecutive Chinese punctuation into each other's empty halves. */
const MARKS_ALONE = /^[（）“”‘’《》。，；：、]+$/;

/** Returns words that are printed over each other. */
export function overprinted({ words }: Sheet): string[] {
  const sorted = words
    .filter(({ text }) => !MARKS_ALONE.test(text))
    .sort((one, other) => one.top - other.top);
  return sorted.flatMap((one, at) => {
    const found: string[] = [];
    for (const other of sorted.slice(at + 1)) {
      if (other.top >= one.bottom) break;
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const lower = Math.min(one.bottom - one.top, other.bottom - other.top);
      if (wide > lower * MOST_WIDE && high > lower * MOST_HIGH) found.push(`${one.text} / ${other.text}`);
    }
    return found;
  });
}

/** Returns lines that are cut off by the edge of the sheet, or lie beyond it. */
export const beyond = ({ width, height, lines }: Sheet): string[] =>
  lines
    .filter(({ left, top, right, bottom }) => !(left >= 0 && top >= 0 && right <= width && bottom <= height))
    .map(({ text }) => text);
