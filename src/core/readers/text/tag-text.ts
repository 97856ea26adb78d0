import { limits } from '../../../base/limits.js';
import { trimEndCharacters } from '../../../base/trim-end.js';

/** Converts the bytes of a tag's value to displayable text. The meaning of the value is not interpreted here. */

const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;
/** Maximum share of non-ASCII bytes, if the bytes are not UTF-8; a text of any Latin alphabet stays below it. */
const MAX_NON_ASCII_SHARE = 0.3;

/** Decodes UTF-8, else Latin-1. Trailing zero bytes are removed. */
export function decodeTagText(bytes: Buffer): string {
  const body = stripZeros(bytes);
  const text = body.toString('utf8');
  return (text.includes('\ufffd') ? body.toString('latin1') : text).replace(/^\ufeff/, '');
}

/** Decodes UTF-16 by its byte order mark, else in the given order. */
export function decodeUtf16(bytes: Buffer, order: 'be' | 'le'): string {
  const even = bytes.subarray(0, bytes.length & ~1);
  const big = even[0] === 0xfe && even[1] === 0xff;
  const little = even[0] === 0xff && even[1] === 0xfe;
  const body = big || little ? even.subarray(2) : even;
  const swap = big || (!little && order === 'be');
  return trimEndCharacters((swap ? Buffer.from(body).swap16() : body).toString('utf16le'), '\0');
}

/** Returns text if the bytes are printable, hexadecimal digits if they are few, else their number. */
export function formatTagValue(bytes: Buffer, total = bytes.length): string {
  if (isPrintable(bytes)) return decodeTagText(bytes);
  return total <= limits.tagHexBytes ? bytes.toString('hex') : formatByteCount(total);
}

export function isPrintable(bytes: Buffer): boolean {
  const text = decodeTagText(bytes);
  if (CONTROL.test(text) || (text === '' && bytes.length > 0)) return false;
  if (!bytes.toString('utf8').includes('\ufffd')) return true;
  return bytes.filter((byte) => byte > 0x7f).length <= bytes.length * MAX_NON_ASCII_SHARE;
}

export const formatByteCount = (bytes: number): string => `${bytes} bytes`;
/** Returns whether the value is a byte count, with or without a type before it. */
export const isByteCount = (value: string): boolean => value.length < 1_024 && /\d bytes$/.test(value);

/** Returns the part of a text before the first unprintable character. */
export function decodePrintablePart(bytes: Buffer): string {
  const text = decodeTagText(bytes);
  const end = text.search(CONTROL);
  return (end < 0 ? text : text.slice(0, end)).trim();
}

function stripZeros(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, end);
}
