import { fault, pickFault, type ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { Corner, VisibleMark } from '../../media/visible-mark.js';
import { VISIBLE_MARKS } from '../../signatures/visible-marks/index.js';
import { decodeKeyFramePng, hasFrames, probeVideoSeconds } from '../pixels/ffmpeg.js';
import { openPicture } from '../pixels/open-picture.js';
import { notDecodable, readPictureSize } from '../pixels/picture.js';
import { type ReadWord, readLine } from '../pixels/tesseract.js';
import { decodeOwnPixels } from './preview.js';
import { decodeShownPixels, type ShownPixels } from './shown-pixels.js';

/** Corners that are read: services write into the others too rarely to pay for a process each. */
const CORNERS = ['lowerRight', 'lowerLeft', 'upperLeft'] as const satisfies readonly Corner[];

/** Sides of a corner as shares of the shorter side, and the height to which it is scaled: at 110 px 生 becomes 主. */
const CORNER_WIDTH = 0.34;
const CORNER_HEIGHT = 0.09;
const LINE_PIXELS = 70;
/** Share of a line that the words must fill: a notice stands alone, running text that mentions one does not. */
const MIN_LINE_SHARE = 0.5;
/** Frames of a video that are read. */
const FRAMES = 8;
/** Frames in which a notice has to stand. */
const MIN_FRAMES = 2;
/** Least confidence of tesseract, in percent, below which it guesses. */
const MIN_CONFIDENCE = 30;
/** Strokes differ from their surroundings by more than this; flat or soft corners are not worth a process. */
const MIN_CONTRAST = 6;
/** Spread of the blur that stands for the surroundings. A narrower one hollows out glyphs of five per cent and more. */
const BLUR_PIXELS = LINE_PIXELS / 2;
/** Share of the strongest difference from the surroundings from which a pixel counts as a stroke. */
const STROKE_SHARE = 0.5;
/** Factor by which the difference from the surroundings is raised: marks are half transparent. */
const CONTRAST_GAIN = 2;

/** Result of reading: the notices, and why no further corner or frame was read if that is so. */
export interface ReadWords {
  marks: VisibleMark[];
  fault?: ReadFault;
}

/** Reads the words in three corners of a picture, and of some frames of a video. */
export async function readVisibleWords(asset: Asset): Promise<ReadWords> {
  if (asset.mediaType.kind === 'video') return readFrames(asset);
  const shown = await decodeOwnPixels(asset, limits.visibleWordsPixels);
  if ('code' in shown) return { marks: [], fault: pickFault(shown) };
  const { marks, fault } = await readCorners(shown);
  const size = await readPictureSize(asset);
  if ('code' in size) return { marks, ...(fault && { fault }) };
  const scale = Math.max(size.width, size.height) / Math.max(shown.width, shown.height);
  return { marks: marks.map((mark) => enlarge(mark, scale)), ...(fault && { fault }) };
}

/**
 * Reads the corners of frames at fixed times. A scene may show such words in passing, so they count if the same row
 * fits in two frames, in whichever corners, because some marks move; of a video with one frame to read, in that one. Each
 * corner has a mark of its own, with its seconds.
 */
async function readFrames(asset: Asset): Promise<ReadWords> {
  if (!hasFrames(asset)) return { marks: [], fault: pickFault(notDecodable(asset)) };
  const begun = performance.now();
  const found = new Map<string, { mark: VisibleMark; seconds: number[] }>();
  const framesOfRow = new Map<string, Set<number>>();
  const times = frameTimes(await probeVideoSeconds(asset));
  let fault: ReadFault | undefined;
  for (const seconds of times) {
    if (performance.now() - begun > limits.visibleFramesMillis) {
      fault = faultOfTime();
      break;
    }
    const png = await decodeKeyFramePng(asset, seconds, limits.previewPixels);
    const shown =
      'code' in png ? png : await decodeShownPixels(png.png, limits.previewPixels, limits.picturePixels);
    const read = 'code' in shown ? { marks: [], fault: pickFault(shown) } : await readCorners(shown);
    for (const mark of read.marks) {
      const key = `${mark.row} ${mark.region.corner}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { mark, seconds: [seconds] });
      else known.seconds.push(seconds);
      framesOfRow.set(mark.row, (framesOfRow.get(mark.row) ?? new Set()).add(seconds));
    }
    if (read.fault) {
      fault = read.fault;
      break;
    }
  }
  const least = Math.min(MIN_FRAMES, times.length);
  const marks = [...found.values()]
    .filter(({ mark }) => (framesOfRow.get(mark.row)?.size ?? 0) >= least)
    .map(({ mark, seconds }) => ({ ...mark, region: { ...mark.region, seconds } }));
  return { marks, ...(fault && { fault }) };
}

const faultOfTime = (): ReadFault => fault('bound.tesseractMillis');

/** Returns the middle of each eighth of a video, in whole tenths of a second. */
function frameTimes(duration: number | undefined): number[] {
  if (duration === undefined) return [0];
  return Array.from(
    { length: FRAMES },
    (_, at) => Math.floor(((at + 0.5) / FRAMES) * duration * 10) / 10,
  ).filter((time, at, times) => time !== times[at - 1]);
}

function enlarge(mark: VisibleMark, scale: number): VisibleMark {
  const { corner, left, top, width, height, pictureWidth, pictureHeight } = mark.region;
  const whole = (value: number) => Math.round(value * scale);
  return {
    ...mark,
    region: {
      corner,
      left: whole(left),
      top: whole(top),
      width: whole(width),
      height: whole(height),
      pictureWidth: whole(pictureWidth),
      pictureHeight: whole(pictureHeight),
    },
  };
}

/** Reads the corners of a decoded picture or frame; small ones have none to read. */
async function readCorners(shown: ShownPixels): Promise<ReadWords> {
  if (Math.min(shown.width, shown.height) < limits.visibleWordsMinPixels)
    return { marks: [], fault: fault('carrier.notRead', { what: 'corners', format: 'picture' }) };
  const marks: VisibleMark[] = [];
  for (const corner of CORNERS) {
    const area = cornerArea(corner, shown);
    const line = await drawLine(shown, area);
    if (line === undefined) continue;
    const read = await readLine(line.png);
    if ('code' in read) return { marks, fault: pickFault(read) };
    const notice = findNotice(read.words, corner);
    if (notice === undefined) continue;
    const found = { ...notice, ...strokesWithin(line, notice) };
    const scale = area.height / LINE_PIXELS;
    marks.push({
      row: found.row,
      text: found.text,
      region: {
        corner,
        left: Math.round(area.left + found.left * scale),
        top: Math.round(area.top + found.top * scale),
        width: Math.round(found.width * scale),
        height: Math.round(found.height * scale),
        pictureWidth: shown.width,
        pictureHeight: shown.height,
      },
    });
  }
  return { marks };
}

interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

function cornerArea(corner: (typeof CORNERS)[number], { width, height }: ShownPixels): Area {
  const short = Math.min(width, height);
  const area = { width: Math.round(CORNER_WIDTH * short), height: Math.round(CORNER_HEIGHT * short) };
  return {
    ...area,
    left: corner === 'lowerRight' ? width - area.width : 0,
    top: corner === 'upperLeft' ? 0 : height - area.height,
  };
}

/** A corner as one line of text. */
interface DrawnLine {
  png: Buffer;
  /** Difference of each pixel from its surroundings, in row order. */
  contrast: Uint8Array;
  width: number;
}

/**
 * Draws a corner as one line of text: dark on grey where it was brighter than its surroundings. Returns `undefined` if
 * nothing in it stands out.
 */
async function drawLine(shown: ShownPixels, area: Area): Promise<DrawnLine | undefined> {
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
    .blur(BLUR_PIXELS)
    .toColourspace('b-w')
    .raw({ depth: 'uchar' })
    .toBuffer();
  const drawn = Buffer.alloc(grey.data.length);
  const contrast = new Uint8Array(drawn.length);
  let strongest = 0;
  for (let at = 0; at < drawn.length; at += 1) {
    const difference = (grey.data[at] ?? 0) - (blurred[at] ?? 0);
    contrast[at] = Math.abs(difference);
    strongest = Math.max(strongest, contrast[at] ?? 0);
    drawn[at] = Math.max(0, Math.min(255, 128 - CONTRAST_GAIN * difference));
  }
  if (strongest < MIN_CONTRAST) return undefined;
  const png = await (await openPicture(drawn, false, { raw: line })).png({ compressionLevel: 1 }).toBuffer();
  return { png, contrast, width: line.width };
}

/**
 * Returns top and height of the strokes in the box of the words. Boxes of tesseract reach to the edges of some lines,
 * up to twice the height of the glyphs.
 */
function strokesWithin({ contrast, width }: DrawnLine, box: Area): Pick<Area, 'top' | 'height'> {
  const rows: number[] = [];
  const strengths = Array.from({ length: box.height }, (_, y) => {
    const begin = (box.top + y) * width + box.left;
    return contrast.subarray(begin, begin + box.width).reduce((most, one) => Math.max(most, one), 0);
  });
  const least = STROKE_SHARE * Math.max(...strengths);
  for (const [y, strength] of strengths.entries()) if (strength >= least) rows.push(y);
  const [first = 0, last = box.height - 1] = [rows[0], rows.at(-1)];
  return { top: box.top + first, height: last - first + 1 };
}

interface Notice extends Area {
  row: string;
  text: string;
}

/** Words that deny what stands beside them, in the languages of the marks and of common labels. */
const NEGATION =
  /[非不未无無没沒]|(?<!\p{L})(?:n[o0][tn]?|none|never|without|nie|nicht|kein\p{L}*|ohne|sin|sans|pas|aucune?|nessun\p{L}*|senza|sem|n[aã]o)(?!\p{L})/iu;
/** Negation that was read as one word with what follows. */
const JOINED_NEGATION = /(?<!\p{L})(?:n[o0][tn]?|nicht|sans)-?(?:A[Il1|]|made|generat|contenut)/iu;
/** Share of the height of a line within which it touches the left edge of a corner, and may begin before it. */
const EDGE_SHARE = 0.5;
const LETTER = /[\p{L}\p{N}]/u;

/**
 * Returns the notice that fills most of a line in a corner, as the whole line was read. A line with a negation, or one
 * whose beginning the corner may cut off, is no notice.
 */
export function findNotice(words: readonly ReadWord[], corner: Corner): Notice | undefined {
  const line = words.map(({ text }) => text.replaceAll(/\s/g, '')).join('');
  const spaced = words.map(({ text }) => text).join(' ');
  if (NEGATION.test(spaced) || JOINED_NEGATION.test(spaced)) return undefined;
  for (const { id, look, corners } of VISIBLE_MARKS) {
    const match = look.kind === 'words' && corners.includes(corner) ? look.pattern.exec(line) : null;
    if (match === null || match[0].length < line.length * MIN_LINE_SHARE) continue;
    const parts = wordsWithin(words, match.index, match.index + match[0].length);
    if (parts.some(({ confidence }) => confidence < MIN_CONFIDENCE)) continue;
    const left = Math.min(...parts.map((part) => part.left));
    const top = Math.min(...parts.map((part) => part.top));
    const height = Math.max(...parts.map((part) => part.top + part.height)) - top;
    if (corner === 'lowerRight' && beginOf(words) < height * EDGE_SHARE) continue;
    return {
      row: id,
      text: spellOut(words),
      left,
      top,
      width: Math.max(...parts.map((part) => part.left + part.width)) - left,
      height,
    };
  }
  return undefined;
}

/** Returns where the letters of a line begin. */
const beginOf = (words: readonly ReadWord[]): number =>
  Math.min(...words.filter(({ text }) => LETTER.test(text)).map(({ left }) => left));

/** Returns the words that stand between two positions of the line without spaces. */
function wordsWithin(words: readonly ReadWord[], from: number, to: number): ReadWord[] {
  let at = 0;
  return words.filter(({ text }) => {
    const begin = at;
    at += text.replaceAll(/\s/g, '').length;
    return begin < to && at > from;
  });
}

/** Returns the words of a line that were not guessed, with the spaces between Latin words as they were read. */
function spellOut(words: readonly ReadWord[]): string {
  return words
    .filter(({ text, confidence }) => LETTER.test(text) && confidence >= MIN_CONFIDENCE)
    .map(({ text }) => text.replaceAll(/\s/g, ''))
    .reduce((line, word) => {
      const isBetween = LATIN.test(line.at(-1) ?? '') && LATIN.test(word[0] ?? '');
      return isBetween ? `${line} ${word}` : `${line}${word}`;
    }, '');
}

const LATIN = /[\p{Script=Latin}\d]/u;
