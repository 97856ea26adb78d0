import { trimEndCharacters } from '../../../base/trim-end.js';
import type { ExifField } from '../../evidence/evidence.js';
import { type TiffDirectoryEntry, type TiffStructure, TYPE_BYTES } from '../containers/tiff-directory.js';
import { decodeBytes } from '../text/text-bytes.js';
import { decodeExifText } from './exif-text.js';

/** Converts values of TIFF 6.0 and BigTIFF field types to numbers or text. */

const ASCII = 2;
const UNDEFINED = 7;
/** XPTitle, XPComment, XPAuthor, XPKeywords, XPSubject: byte arrays with UTF-16LE text (Windows). */
const XP_FIRST = 0x9c9b;
const XP_LAST = 0x9c9f;
/** Maximum number of list elements shown. */
const SHOWN_NUMBERS = 64;
/** Maximum number of bytes shown as numbers, such as a version; longer values are a block or text. */
const BYTES_AS_NUMBERS = 4;

/** Returns the number of bytes to read: all of a text, but only the shown elements of a list. */
export function countValueBytes({ type, bytes }: TiffDirectoryEntry): number {
  return isText(type) ? bytes : Math.min(bytes, SHOWN_NUMBERS * (TYPE_BYTES[type] ?? 1));
}

function isText(type: number): boolean {
  return type === 1 || type === ASCII || type === UNDEFINED;
}

/**
 * Converts a value; `undefined` if it is empty text or its type is unknown to TIFF. Texts are not truncated, because
 * the values of a block share a limit.
 */
export function toExifValue(
  tiff: TiffStructure,
  { tag, type, count }: TiffDirectoryEntry,
  bytes: Buffer,
): ExifField['value'] | undefined {
  if (type === ASCII) return trimEndCharacters(decodeBytes(bytes), '\0 ') || undefined;
  if (tag >= XP_FIRST && tag <= XP_LAST) return trimEndCharacters(bytes.toString('utf16le'), '\0');
  if (isText(type) && count > (type === UNDEFINED ? 1 : BYTES_AS_NUMBERS))
    return decodeExifText(bytes, tiff.little);
  const size = TYPE_BYTES[type];
  if (size === undefined || count === 0) return undefined;
  const values: number[] = [];
  for (let at = 0; at + size <= bytes.length && values.length < SHOWN_NUMBERS; at += size) {
    const value = numberAt(tiff, type, bytes, at);
    // A fraction with a zero denominator is returned as written.
    if (!Number.isFinite(value)) return formatFractions(tiff, bytes);
    values.push(value);
  }
  return count === 1 ? values[0] : values;
}

function numberAt(tiff: TiffStructure, type: number, bytes: Buffer, at: number): number {
  const { little } = tiff;
  switch (type) {
    case 1:
    case UNDEFINED:
      return bytes.readUInt8(at);
    case 3:
      return tiff.readU16(bytes, at);
    case 5:
      return tiff.readU32(bytes, at) / tiff.readU32(bytes, at + 4);
    case 6:
      return bytes.readInt8(at);
    case 8:
      return little ? bytes.readInt16LE(at) : bytes.readInt16BE(at);
    case 9:
      return signed(tiff, bytes, at);
    case 10:
      return signed(tiff, bytes, at) / signed(tiff, bytes, at + 4);
    case 11:
      return little ? bytes.readFloatLE(at) : bytes.readFloatBE(at);
    case 12:
      return little ? bytes.readDoubleLE(at) : bytes.readDoubleBE(at);
    case 16:
    case 18:
      return tiff.readU64(bytes, at);
    case 17:
      return Number(little ? bytes.readBigInt64LE(at) : bytes.readBigInt64BE(at));
    default:
      return tiff.readU32(bytes, at);
  }
}

function signed(tiff: TiffStructure, bytes: Buffer, at: number): number {
  return tiff.readU32(bytes, at) | 0;
}

function formatFractions(tiff: TiffStructure, bytes: Buffer): string {
  const parts: string[] = [];
  for (let at = 0; at + 8 <= bytes.length && parts.length < SHOWN_NUMBERS; at += 8)
    parts.push(`${tiff.readU32(bytes, at)}/${tiff.readU32(bytes, at + 4)}`);
  return parts.length > 0 ? parts.join(' ') : 'no number';
}
