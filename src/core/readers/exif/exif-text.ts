import { trimEndCharacters } from '../../../base/trim-end.js';

/**
 * Decodes a value of undefined type. UserComment (EXIF 3.0 §4.6.6) has eight bytes that name the character code, then
 * text. Writers leave the byte order of UNICODE open, in which case the block's order is used unless the text tells,
 * and some omit the code. Other values become text if printable, else hexadecimal.
 */
export function decodeExifText(bytes: Buffer, little = true): string {
  const code = bytes.toString('latin1', 0, 8);
  const rest = bytes.subarray(8);
  if (code.startsWith('UNICODE')) return trimText(decodeUtf16(rest, little));
  if (code.startsWith('JIS\0')) return trimText(new TextDecoder('iso-2022-jp').decode(rest));
  if (code === 'ASCII\0\0\0') return trimText(rest.toString('utf8'));
  if (code === '\0\0\0\0\0\0\0\0') return trimText(rest.toString('utf8'));
  const text = trimText(bytes.toString('utf8'));
  return isPrintable(text) ? text : bytes.subarray(0, 32).toString('hex');
}

const trimText = (text: string): string => trimEndCharacters(text, '\0');

/**
 * Decodes UTF-16 of either byte order. A byte order mark decides; otherwise the position of the zero bytes in Latin
 * text does.
 */
function decodeUtf16(bytes: Buffer, little: boolean): string {
  const even = bytes.subarray(0, bytes.length & ~1);
  if (even[0] === 0xff && even[1] === 0xfe) return even.subarray(2).toString('utf16le');
  if (even[0] === 0xfe && even[1] === 0xff) return Buffer.from(even.subarray(2)).swap16().toString('utf16le');
  let zeroFirst = 0;
  let zeroSecond = 0;
  for (let i = 0; i + 1 < Math.min(even.length, 2048); i += 2) {
    if (even[i] === 0) zeroFirst++;
    if (even[i + 1] === 0) zeroSecond++;
  }
  const big = zeroFirst === zeroSecond ? !little : zeroFirst > zeroSecond;
  return big ? Buffer.from(even).swap16().toString('utf16le') : even.toString('utf16le');
}

function isPrintable(text: string): boolean {
  return !/[\0-\x08\x0e-\x1f\ufffd]/.test(text);
}
