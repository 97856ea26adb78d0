import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { walkJpeg } from './jpeg-segments.js';
import { programOf, searched } from './postscript.js';
import { type ByteSource, once } from './walk.js';

/** A JPEG in a PostScript program: its bytes, or the digits that they are written in. */
export interface PostScriptPicture {
  written: 'raw' | 'hex' | 'base85';
  /** From the start of the program. */
  start: number;
  end: number;
}

/**
 * JPEGs in a program: as they are, or written in hexadecimal digits or in base 85 (PostScript Language Reference, 3.13.3).
 * Pixels that are packed otherwise have no metadata of their own.
 */
export const postScriptPictures = (asset: Asset): Promise<PostScriptPicture[]> =>
  once(asset, 'postscript pictures', async () => {
    const program = await programOf(asset);
    const found: PostScriptPicture[] = [];
    let endlessLeft: number = limits.partWalksAgain;
    const endOf = async (at: number, mark: Buffer): Promise<number | undefined> => {
      if (mark !== RAW) return (await beginsData(program, at)) ? digitsEnd(program, at, mark) : undefined;
      const { end } = endlessLeft > 0 ? await walkJpeg(asset, program.offset + at) : {};
      if (end === undefined) endlessLeft -= 1;
      return end === undefined || end > program.offset + program.bytes ? undefined : end - program.offset;
    };
    await searched(program, [RAW, HEX, LOWER_HEX, BASE_85], async (start, mark) => {
      if (found.length > limits.parts) return program.bytes;
      const end = await endOf(start, mark);
      if (end !== undefined)
        found.push({ written: mark === RAW ? 'raw' : mark === BASE_85 ? 'base85' : 'hex', start, end });
      return end;
    });
    return found;
  });

/** The first bytes of a JPEG, as they are and as their digits. */
const RAW = Buffer.from('ffd8ff', 'hex');
const HEX = Buffer.from('FFD8FF');
const LOWER_HEX = Buffer.from('ffd8ff');
const BASE_85 = Buffer.from('s4IA');

/** Data begin behind an operator, a dictionary, or a comment that announces them. */
const BEFORE = /(?:image|exec|filter|stream|run|def|begin|>>|<~?|%%[^\r\n]*)\s*$/i;
const BEFORE_BYTES = 128;

async function beginsData(program: ByteSource, at: number): Promise<boolean> {
  const from = Math.max(0, at - BEFORE_BYTES);
  return BEFORE.test((await program.read(from, at - from)).toString('latin1'));
}

const WINDOW_BYTES = 64 * 1024;

/** The sign that ends such digits, or the end of the program. */
async function digitsEnd(program: ByteSource, from: number, mark: Buffer): Promise<number> {
  const sign = mark === BASE_85 ? '~' : '>';
  for (let at = from; at < program.bytes; at += WINDOW_BYTES) {
    const found = (await program.read(at, WINDOW_BYTES)).indexOf(sign);
    if (found >= 0) return at + found;
  }
  return program.bytes;
}
