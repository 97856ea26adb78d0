import { printablePart, tagText } from '../tag-text.js';

/** Texts and times in the fixed headers of a movie (ISO/IEC 14496-12 §4.3, §8.2, §8.4, §12.1). */

export interface HeaderField {
  key: string;
  value: string;
}

/** Seconds from 1904 to 1970. */
const EPOCH_SECONDS = 2_082_844_800n;
/** ECMAScript's last day; a larger number of seconds is no date. */
const LAST_SECOND = 8_640_000_000_000n;

/** Times of `mvhd`, `tkhd` or `mdhd`, which all begin alike. Zero says that no time was set. */
export function headerTimes(bytes: Buffer): HeaderField[] {
  const long = bytes[0] === 1;
  if (bytes.length < (long ? 20 : 12)) return [];
  const times = long
    ? [bytes.readBigUInt64BE(4), bytes.readBigUInt64BE(12)]
    : [BigInt(bytes.readUInt32BE(4)), BigInt(bytes.readUInt32BE(8))];
  return ['creation_time', 'modification_time'].flatMap((key, at) => {
    const seconds = times[at] ?? 0n;
    return seconds === 0n ? [] : [{ key, value: timeText(seconds) }];
  });
}

function timeText(since1904: bigint): string {
  const since1970 = since1904 - EPOCH_SECONDS;
  if (since1970 > LAST_SECOND) return String(since1904);
  return new Date(Number(since1970) * 1000).toISOString().replace('.000Z', 'Z');
}

/** Major brand, its version, compatible brands. */
export function brands(bytes: Buffer): HeaderField[] {
  if (bytes.length < 8) return [];
  const brand = (at: number) => bytes.toString('latin1', at, at + 4).replace(/[\0 ]+$/, '');
  const others = Array.from({ length: Math.floor((bytes.length - 8) / 4) }, (_, i) => brand(8 + i * 4));
  return [
    { key: 'major_brand', value: brand(0) },
    { key: 'minor_version', value: String(bytes.readUInt32BE(4)) },
    { key: 'compatible_brands', value: others.filter((b) => b !== '').join(' ') },
  ];
}

/** Handler type and name. QuickTime counts the name's characters before it, ISO ends it with a zero byte. */
export function handlerName(bytes: Buffer): HeaderField | undefined {
  if (bytes.length <= 24) return undefined;
  const name = bytes.subarray(24);
  const counted = name.length > 1 && name[0] === withoutZeros(name).length - 1;
  const value = printablePart(counted ? name.subarray(1) : name);
  return value === '' ? undefined : { key: bytes.toString('latin1', 8, 12), value };
}

/** The codec of the first sample entry of `stsd` and, for pictures, the name of what compressed them. */
export function compressorName(bytes: Buffer): HeaderField | undefined {
  if (bytes.length < 16 + 78) return undefined;
  const length = Math.min(bytes[16 + 42] ?? 0, 31);
  const value = tagText(bytes.subarray(16 + 43, 16 + 43 + length));
  return value === '' || printablePart(Buffer.from(value)) !== value.trim()
    ? undefined
    : { key: bytes.toString('latin1', 12, 16), value };
}

function withoutZeros(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
