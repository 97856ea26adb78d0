import { limits } from '../ground/limits.js';
import { withoutEnd } from '../ground/text-end.js';

/** Bytes of a tag's value → what can be shown of it. What a value means is not asked here. */

const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;
/** More bytes outside ASCII than this share, and no UTF-8: then it is no text of any Latin alphabet. */
const MOST_HIGH_SHARE = 0.3;

/** UTF-8; where the bytes are none, each as the Latin-1 character it would be. Closing zero bytes are no text. */
export function tagText(bytes: Buffer): string {
  const body = withoutZeros(bytes);
  const text = body.toString('utf8');
  return (text.includes('\ufffd') ? body.toString('latin1') : text).replace(/^\ufeff/, '');
}

/** UTF-16 by its byte order mark, else in the order given. */
export function utf16Text(bytes: Buffer, order: 'be' | 'le'): string {
  const even = bytes.subarray(0, bytes.length & ~1);
  const big = even[0] === 0xfe && even[1] === 0xff;
  const little = even[0] === 0xff && even[1] === 0xfe;
  const body = big || little ? even.subarray(2) : even;
  const swap = big || (!little && order === 'be');
  return withoutEnd((swap ? Buffer.from(body).swap16() : body).toString('utf16le'), '\0');
}

/** Text where the bytes are printable; hexadecimal where they are few; else only their number. */
export function tagTextOrBytes(bytes: Buffer, total = bytes.length): string {
  if (isPrintable(bytes)) return tagText(bytes);
  return total <= limits.tagHexBytes ? bytes.toString('hex') : bytesWords(total);
}

export function isPrintable(bytes: Buffer): boolean {
  const text = tagText(bytes);
  if (CONTROL.test(text) || (text === '' && bytes.length > 0)) return false;
  if (!bytes.toString('utf8').includes('\ufffd')) return true;
  return bytes.filter((byte) => byte > 0x7f).length <= bytes.length * MOST_HIGH_SHARE;
}

export const bytesWords = (bytes: number): string => `${bytes} bytes`;
/** A value that was told by its length, with or without what it is before that. */
export const isBytesWords = (value: string): boolean => value.length < 1_024 && /\d bytes$/.test(value);

/** The part of a text before the first character that cannot be shown. */
export function printablePart(bytes: Buffer): string {
  const text = tagText(bytes);
  const end = text.search(CONTROL);
  return (end < 0 ? text : text.slice(0, end)).trim();
}

function withoutZeros(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, end);
}
