import { type AssetPart, PartClosed } from '../../evidence/evidence.js';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { postScript, programOf } from '../containers/postscript.js';
import { type PostScriptPicture, postScriptPictures } from '../containers/postscript-pictures.js';
import { type ByteSource, bounded } from '../containers/walk.js';
import type { Inner } from './inner.js';

/** The preview of an EPS, and the JPEGs in a program. */
export async function partsOfPostScript(asset: Asset): Promise<Inner> {
  const { preview, fault: broken } = await postScript(asset);
  const program = await programOf(asset);
  const pictures = await postScriptPictures(asset);
  const parts: AssetPart[] = pictures.map((picture, index) => ({
    kind: 'embedded-picture',
    mediaType: 'image/jpeg',
    offset: program.offset + picture.start,
    bytes: Math.floor((picture.end - picture.start) * BYTES_EACH[picture.written]),
    place: `picture ${index + 1}`,
    ...(picture.written === 'raw' ? {} : { unpack: (most: number) => unpacked(program, picture, most) }),
  }));
  if (preview)
    parts.push({ kind: 'embedded-picture', mediaType: 'image/tiff', ...preview, place: 'preview' });
  const cut = program.isCut ? bounded('bound.postScript', { most: limits.postScriptBytes }) : undefined;
  return { parts, fault: broken ?? cut };
}

/** Bytes that one character stands for. */
const BYTES_EACH = { raw: 1, hex: 1 / 2, base85: 4 / 5 } as const;
/** Characters that stand for one byte at most, those between lines included. */
const MOST_CHARACTERS = 3;

async function unpacked(
  program: ByteSource,
  { written, start, end }: PostScriptPicture,
  most: number,
): Promise<Buffer> {
  const tooMuch = () => new PartClosed(fault('bound.unpackedPart', { most }));
  if (end - start > MOST_CHARACTERS * most) throw tooMuch();
  const digits = (await program.read(start, end - start)).toString('latin1');
  const bytes = written === 'hex' ? fromHex(digits) : fromBase85(digits);
  if (bytes.length > most) throw tooMuch();
  return bytes;
}

/** Up to the first character that is no digit. */
function fromHex(text: string): Buffer {
  const digits = /^[\da-f\s]*/i.exec(text)?.[0] ?? '';
  return Buffer.from(digits.replaceAll(/\s/g, ''), 'hex');
}

/** Five digits stand for four bytes, `z` for four zeros; at the end as many digits fewer as bytes. */
function fromBase85(text: string): Buffer {
  const out = Buffer.alloc(4 * text.length);
  let length = 0;
  let value = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x7a && digits === 0) length = out.writeUInt32BE(0, length);
    // Whitespace is passed over; whatever else is no digit ends the data.
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
