import type { ExifField } from '../evidence/evidence.js';
import { withoutEnd } from '../ground/text-end.js';
import { type DirectoryEntry, type TiffStructure, TYPE_BYTES } from './containers/tiff-directory.js';
import { exifText } from './exif-text.js';
import { textOf } from './text-bytes.js';

/** Values of TIFF 6.0 and BigTIFF field types, as numbers or text. */

const ASCII = 2;
const UNDEFINED = 7;
/** XPTitle, XPComment, XPAuthor, XPKeywords, XPSubject: bytes that hold UTF-16LE (Windows). */
const XP_FIRST = 0x9c9b;
const XP_LAST = 0x9c9f;
/** A list of numbers is shown up to this many. */
const SHOWN_NUMBERS = 64;
/** A few bytes are numbers, like a version; more are a block or text. */
const BYTES_AS_NUMBERS = 4;

/** How much of an entry's value is taken: text whole, a list of numbers as far as it is shown. */
export function valueBytes({ type, bytes }: DirectoryEntry): number {
  return isText(type) ? bytes : Math.min(bytes, SHOWN_NUMBERS * (TYPE_BYTES[type] ?? 1));
}

function isText(type: number): boolean {
  return type === 1 || type === ASCII || type === UNDEFINED;
}

/** Texts whole: the values of a block are bounded together. Undefined where the value says nothing: empty text, or a type that TIFF does not know. */
export function exifValue(
  tiff: TiffStructure,
  { tag, type, count }: DirectoryEntry,
  bytes: Buffer,
): ExifField['value'] | undefined {
  if (type === ASCII) return withoutEnd(textOf(bytes), '\0 ') || undefined;
  if (tag >= XP_FIRST && tag <= XP_LAST) return withoutEnd(bytes.toString('utf16le'), '\0');
  if (isText(type) && count > (type === UNDEFINED ? 1 : BYTES_AS_NUMBERS))
    return exifText(bytes, tiff.little);
  const size = TYPE_BYTES[type];
  if (size === undefined || count === 0) return undefined;
  const values: number[] = [];
  for (let at = 0; at + size <= bytes.length && values.length < SHOWN_NUMBERS; at += size) {
    const value = numberAt(tiff, type, bytes, at);
    // A fraction with nothing below the line is kept as it is written.
    if (!Number.isFinite(value)) return fractions(tiff, bytes);
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
      return tiff.u16(bytes, at);
    case 5:
      return tiff.u32(bytes, at) / tiff.u32(bytes, at + 4);
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
      return tiff.u64(bytes, at);
    case 17:
      return Number(little ? bytes.readBigInt64LE(at) : bytes.readBigInt64BE(at));
    default:
      return tiff.u32(bytes, at);
  }
}

function signed(tiff: TiffStructure, bytes: Buffer, at: number): number {
  return tiff.u32(bytes, at) | 0;
}

function fractions(tiff: TiffStructure, bytes: Buffer): string {
  const parts: string[] = [];
  for (let at = 0; at + 8 <= bytes.length && parts.length < SHOWN_NUMBERS; at += 8)
    parts.push(`${tiff.u32(bytes, at)}/${tiff.u32(bytes, at + 4)}`);
  return parts.length > 0 ? parts.join(' ') : 'no number';
}
