import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { walkJpeg } from './jpeg-segments.js';
import { readProgram, searchMarks } from './postscript.js';
import { type ByteSource, cachePerAsset } from './walk.js';

/** JPEG in a PostScript program: raw, or encoded in digits. */
export interface PostScriptPicture {
  encoding: 'raw' | 'hex' | 'base85';
  /** Offset from the start of the program. */
  start: number;
  end: number;
}

/**
 * Finds JPEGs in a program: raw, or encoded in hexadecimal digits or base 85 (PostScript Language Reference, 3.13.3).
 * Pixels in other encodings have no metadata of their own.
 */
export const findPostScriptPictures = (asset: Asset): Promise<PostScriptPicture[]> =>
  cachePerAsset(asset, 'postscript pictures', async () => {
    const program = await readProgram(asset);
    const found: PostScriptPicture[] = [];
    let endlessLeft: number = limits.partRewalks;
    const endOf = async (at: number, mark: Buffer): Promise<number | undefined> => {
      if (mark !== RAW) return (await beginsData(program, at)) ? findDigitsEnd(program, at, mark) : undefined;
      const { end } = endlessLeft > 0 ? await walkJpeg(asset, program.offset + at) : {};
      if (end === undefined) endlessLeft -= 1;
      return end === undefined || end > program.offset + program.bytes ? undefined : end - program.offset;
    };
    await searchMarks(program, [RAW, HEX, LOWER_HEX, BASE_85], async (start, mark) => {
      if (found.length > limits.parts) return program.bytes;
      const end = await endOf(start, mark);
      if (end !== undefined)
        found.push({ encoding: mark === RAW ? 'raw' : mark === BASE_85 ? 'base85' : 'hex', start, end });
      return end;
    });
    return found;
  });

/** First bytes of a JPEG, raw and as digits. */
const RAW = Buffer.from('ffd8ff', 'hex');
const HEX = Buffer.from('FFD8FF');
const LOWER_HEX = Buffer.from('ffd8ff');
const BASE_85 = Buffer.from('s4IA');

/** Text before data: an operator, a dictionary, or a comment that announces them. */
const BEFORE = /(?:image|exec|filter|stream|run|def|begin|>>|<~?|%%[^\r\n]*)\s*$/i;
const BEFORE_BYTES = 128;

async function beginsData(program: ByteSource, at: number): Promise<boolean> {
  const from = Math.max(0, at - BEFORE_BYTES);
  return BEFORE.test((await program.read(from, at - from)).toString('latin1'));
}

const WINDOW_BYTES = 64 * 1024;

/** Returns the offset of the sign that ends the digits, or the end of the program. */
async function findDigitsEnd(program: ByteSource, from: number, mark: Buffer): Promise<number> {
  const sign = mark === BASE_85 ? '~' : '>';
  for (let at = from; at < program.bytes; at += WINDOW_BYTES) {
    const found = (await program.read(at, WINDOW_BYTES)).indexOf(sign);
    if (found >= 0) return at + found;
  }
  return program.bytes;
}
