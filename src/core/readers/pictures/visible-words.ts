import type { ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { VISIBLE_WORDS } from '../../signatures/visible-marks/words.js';
import { openPicture } from '../pixels/open-picture.js';
import { type ReadWord, readLine } from '../pixels/tesseract.js';
import { decodeOwnPixels } from './preview.js';
import type { ShownPixels } from './shown-pixels.js';

export type WordsCorner = 'upper-left' | 'lower-left' | 'lower-right';

/** Words of a notice in a corner of a picture as it is displayed. */
export interface VisibleWords {
  row: string;
  /** As read, without spaces, and no more of the line than the notice. */
  text: string;
  corner: WordsCorner;
  /** Shares of width and height of the picture. */
  box: { left: number; top: number; width: number; height: number };
  /** Height of the glyphs as a share of the shorter side. */
  height: number;
  /** Least confidence among the words, in percent, as tesseract gives it. */
  confidence: number;
}

const CORNERS: readonly WordsCorner[] = ['lower-right', 'lower-left', 'upper-left'];

/** Sides of a corner as shares of the shorter side, and the height to which it is scaled: at 110 px 生 becomes 主. */
const CORNER_WIDTH = 0.34;
const CORNER_HEIGHT = 0.09;
const LINE_PIXELS = 70;
/** Share of a line that the words must fill: a notice stands alone, running text that mentions one does not. */
const MIN_LINE_SHARE = 0.5;
/** Least confidence of tesseract, in percent, below which it guesses. */
const MIN_CONFIDENCE = 30;
/** Strokes differ from their surroundings by more than this; flat or soft corners are not worth a process. */
const MIN_CONTRAST = 6;
/** Factor by which the difference from the surroundings is raised: marks are half transparent. */
const CONTRAST_GAIN = 2;

/** Reads the words in three corners of a picture. */
export async function readVisibleWords(asset: Asset): Promise<{ words: VisibleWords[] } | ReadFault> {
  const shown = await decodeOwnPixels(asset, limits.visibleWordsPixels);
  return 'code' in shown ? shown : readCorners(shown);
}

/** Reads the corners of a decoded picture or frame; small ones have none to read. */
export async function readCorners(shown: ShownPixels): Promise<{ words: VisibleWords[] } | ReadFault> {
  const short = Math.min(shown.width, shown.height);
  if (short < limits.visibleWordsMinPixels) return { words: [] };
  const words: VisibleWords[] = [];
  for (const corner of CORNERS) {
    const area = cornerArea(corner, shown);
    const png = await drawLine(shown, area);
    if (png === undefined) continue;
    const read = await readLine(png);
    if ('code' in read) return read;
    const found = findNotice(read.words);
    if (found === undefined) continue;
    const scale = area.height / LINE_PIXELS;
    words.push({
      row: found.row,
      text: found.text,
      corner,
      box: {
        left: (area.left + found.left * scale) / shown.width,
        top: (area.top + found.top * scale) / shown.height,
        width: (found.width * scale) / shown.width,
        height: (found.height * scale) / shown.height,
      },
      height: (found.height * scale) / short,
      confidence: found.confidence,
    });
  }
  return { words };
}

interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

function cornerArea(corner: WordsCorner, { width, height }: ShownPixels): Area {
  const short = Math.min(width, height);
  const area = { width: Math.round(CORNER_WIDTH * short), height: Math.round(CORNER_HEIGHT * short) };
  return {
    ...area,
    left: corner === 'lower-right' ? width - area.width : 0,
    top: corner === 'upper-left' ? 0 : height - area.height,
  };
}

/**
 * Draws a corner as one line of text: dark on grey where it was brighter than its surroundings. Returns `undefined` if
 * nothing in it stands out.
 */
async function drawLine(shown: ShownPixels, area: Area): Promise<Buffer | undefined> {
  const { width, height, channels } = shown;
  const raw = { width, height, channels: channels as 1 | 2 | 3 | 4 };
  const from = await openPicture(shown.data, false, { raw });
  const grey = await from
    .extract(area)
    .flatten({ background: 'white' })
    .greyscale()
    .toColourspace('b-w')
    .resize({ height: LINE_PIXELS })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const line = { width: grey.info.width, height: grey.info.height, channels: 1 as const };
  const blurred = await (await openPicture(grey.data, false, { raw: line }))
    .blur(LINE_PIXELS / 6)
    .toColourspace('b-w')
    .raw({ depth: 'uchar' })
    .toBuffer();
  const drawn = Buffer.alloc(grey.data.length);
  let strongest = 0;
  for (let at = 0; at < drawn.length; at += 1) {
    const difference = (grey.data[at] ?? 0) - (blurred[at] ?? 0);
    strongest = Math.max(strongest, Math.abs(difference));
    drawn[at] = Math.max(0, Math.min(255, 128 - CONTRAST_GAIN * difference));
  }
  if (strongest < MIN_CONTRAST) return undefined;
  return (await openPicture(drawn, false, { raw: line })).png({ compressionLevel: 1 }).toBuffer();
}

interface Notice extends Area {
  row: string;
  text: string;
  confidence: number;
}

/** Returns the notice that fills most of a line. */
export function findNotice(words: readonly ReadWord[]): Notice | undefined {
  const line = words.map(({ text }) => text.replaceAll(/\s/g, '')).join('');
  for (const { id, pattern } of VISIBLE_WORDS) {
    const match = pattern.exec(line);
    if (match === null || match[0].length < line.length * MIN_LINE_SHARE) continue;
    const parts = wordsWithin(words, match.index, match.index + match[0].length);
    const confidence = Math.min(...parts.map((part) => part.confidence));
    if (confidence < MIN_CONFIDENCE) continue;
    const left = Math.min(...parts.map((part) => part.left));
    const top = Math.min(...parts.map((part) => part.top));
    return {
      row: id,
      text: match[0],
      confidence,
      left,
      top,
      width: Math.max(...parts.map((part) => part.left + part.width)) - left,
      height: Math.max(...parts.map((part) => part.top + part.height)) - top,
    };
  }
  return undefined;
}

/** Returns the words that stand between two positions of the line without spaces. */
function wordsWithin(words: readonly ReadWord[], from: number, to: number): ReadWord[] {
  let at = 0;
  return words.filter(({ text }) => {
    const begin = at;
    at += text.replaceAll(/\s/g, '').length;
    return begin < to && at > from;
  });
}
