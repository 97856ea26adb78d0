import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { type AssetPart, UnreadablePartError } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { readPostScript, readProgram } from '../containers/postscript.js';
import { findPostScriptPictures, type PostScriptPicture } from '../containers/postscript-pictures.js';
import { type ByteSource, bounded } from '../containers/walk.js';
import type { InnerParts } from './inner.js';

/** Returns the preview of an EPS and the JPEGs in a program. */
export async function findPostScriptParts(asset: Asset): Promise<InnerParts> {
  const { preview, fault: broken } = await readPostScript(asset);
  const program = await readProgram(asset);
  const pictures = await findPostScriptPictures(asset);
  const parts: AssetPart[] = pictures.map((picture, index) => ({
    kind: 'embedded-picture',
    mediaType: 'image/jpeg',
    offset: program.offset + picture.start,
    bytes: Math.floor((picture.end - picture.start) * BYTES_PER_CHARACTER[picture.encoding]),
    locator: `picture ${index + 1}`,
    ...(picture.encoding === 'raw'
      ? {}
      : { unpack: (most: number) => unpackPicture(program, picture, most) }),
  }));
  if (preview)
    parts.push({ kind: 'embedded-picture', mediaType: 'image/tiff', ...preview, locator: 'preview' });
  const cut = program.isCut
    ? bounded('bound.bytes', { place: 'PostScript', most: limits.postScriptBytes })
    : undefined;
  return { parts, fault: broken ?? cut };
}

/** Decoded bytes per character. */
const BYTES_PER_CHARACTER = { raw: 1, hex: 1 / 2, base85: 4 / 5 } as const;
/** Maximum number of characters per byte, including line breaks. */
const MAX_CHARACTERS_PER_BYTE = 3;

async function unpackPicture(
  program: ByteSource,
  { encoding: written, start, end }: PostScriptPicture,
  most: number,
): Promise<Buffer> {
  const tooMuch = () => new UnreadablePartError(fault('bound.unpackedPart', { most }));
  if (end - start > MAX_CHARACTERS_PER_BYTE * most) throw tooMuch();
  const digits = (await program.read(start, end - start)).toString('latin1');
  const bytes = written === 'hex' ? decodeHex(digits) : decodeBase85(digits);
  if (bytes.length > most) throw tooMuch();
  return bytes;
}

/** Decodes up to the first character that is not a digit. */
function decodeHex(text: string): Buffer {
  const digits = /^[\da-f\s]*/i.exec(text)?.[0] ?? '';
  return Buffer.from(digits.replaceAll(/\s/g, ''), 'hex');
}

/** Decodes base 85: five digits encode four bytes, `z` four zeros. A last group is shorter by as many digits as bytes. */
function decodeBase85(text: string): Buffer {
  const out = Buffer.alloc(4 * text.length);
  let length = 0;
  let value = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x7a && digits === 0) length = out.writeUInt32BE(0, length);
    // Whitespace is skipped; any other non-digit ends the data.
    else if (code <= 0x20) continue;
    else if (code < 0x21 || code > 0x75) break;
    else {
      value = value * 85 + (code - 0x21);
      digits += 1;
      if (digits < 5) continue;
      length = out.writeUInt32BE(value % 2 ** 32, length);
      value = 0;
      digits = 0;
    }
  }
  if (digits < 2) return out.subarray(0, length);
  for (let missing = digits; missing < 5; missing++) value = value * 85 + 84;
  const last = Buffer.alloc(4);
  last.writeUInt32BE(value % 2 ** 32);
  return Buffer.concat([out.subarray(0, length), last.subarray(0, digits - 1)]);
}
