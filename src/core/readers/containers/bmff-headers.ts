import { decodePrintablePart, decodeTagText } from '../text/tag-text.js';

/** Texts and times in the fixed headers of a movie (ISO/IEC 14496-12 §4.3, §8.2, §8.4, §12.1). */

export interface HeaderField {
  key: string;
  value: string;
  /**
   * Set if the time is implausible for a movie when counted from 1904, as the standard requires, but plausible when
   * counted from 1970.
   */
  countedFrom1970?: true;
}

/** Seconds from 1904 to 1970. */
const EPOCH_SECONDS = 2_082_844_800n;
/** No writer of these headers is older than QuickTime 1.0. */
const FIRST_SECOND = BigInt(Date.parse('1991-12-02T00:00:00Z') / 1000);
/** Writers that count from 1970 use signed 32 bits. */
const LAST_SECOND = 2n ** 31n - 1n;
/** Maximum of 32 bits counted from 1904: 6 February 2040. */
const MAX_SECONDS = 2n ** 32n - 1n;

/** Returns the times of `mvhd`, `tkhd` or `mdhd`, which share their first fields. Zero means that no time was set. */
export function parseHeaderTimes(bytes: Buffer): HeaderField[] {
  const long = bytes[0] === 1;
  if (bytes.length < (long ? 20 : 12)) return [];
  const times = long
    ? [bytes.readBigUInt64BE(4), bytes.readBigUInt64BE(12)]
    : [BigInt(bytes.readUInt32BE(4)), BigInt(bytes.readUInt32BE(8))];
  return ['creation_time', 'modification_time'].flatMap((key, at) => {
    const seconds = times[at] ?? 0n;
    return seconds === 0n ? [] : [{ key, ...timeOf(seconds) }];
  });
}

/**
 * Converts a time. The standard counts from 1904, but some writers count from 1970, whose times would be dates between
 * 1904 and 1969. A number that is implausible both ways is returned as a number, never as a date.
 */
function timeOf(seconds: bigint): Omit<HeaderField, 'key'> {
  const since1970 = seconds - EPOCH_SECONDS;
  if (since1970 >= 0n && seconds <= MAX_SECONDS) return { value: dateText(since1970) };
  if (seconds >= FIRST_SECOND && seconds <= LAST_SECOND)
    return { value: dateText(seconds), countedFrom1970: true };
  return { value: String(seconds) };
}

const dateText = (since1970: bigint): string =>
  new Date(Number(since1970) * 1000).toISOString().replace('.000Z', 'Z');

/** Returns the major brand, its version and the compatible brands. */
export function parseBrands(bytes: Buffer): HeaderField[] {
  if (bytes.length < 8) return [];
  const brand = (at: number) => bytes.toString('latin1', at, at + 4).replace(/[\0 ]+$/, '');
  const others = Array.from({ length: Math.floor((bytes.length - 8) / 4) }, (_, i) => brand(8 + i * 4));
  return [
    { key: 'major_brand', value: brand(0) },
    { key: 'minor_version', value: String(bytes.readUInt32BE(4)) },
    { key: 'compatible_brands', value: others.filter((b) => b !== '').join(' ') },
  ];
}

/** Returns the handler type and name. QuickTime prefixes the name with its length; ISO ends it with a zero byte. */
export function parseHandlerName(bytes: Buffer): HeaderField | undefined {
  if (bytes.length <= 24) return undefined;
  const name = bytes.subarray(24);
  const counted = name.length > 1 && name[0] === withoutZeros(name).length - 1;
  const value = decodePrintablePart(counted ? name.subarray(1) : name);
  return value === '' ? undefined : { key: bytes.toString('latin1', 8, 12), value };
}

/** Returns the codec of the first sample entry of `stsd` and, for pictures, the name of the compressor. */
export function parseCompressorName(bytes: Buffer): HeaderField | undefined {
  if (bytes.length < 16 + 78) return undefined;
  const length = Math.min(bytes[16 + 42] ?? 0, 31);
  const value = decodeTagText(bytes.subarray(16 + 43, 16 + 43 + length));
  return value === '' || decodePrintablePart(Buffer.from(value)) !== value.trim()
    ? undefined
    : { key: bytes.toString('latin1', 12, 16), value };
}

function withoutZeros(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
