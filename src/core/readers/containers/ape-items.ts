import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { findSoundEnd } from './sound-end.js';
import { bounded, malformed } from './walk.js';

/** One item of an APE tag, versions 1 and 2. */
export interface ApeItem {
  system: 'APEv1' | 'APEv2';
  key: string;
  holds: 'text' | 'bytes' | 'link';
  value: Buffer;
  /** Offset of the value in the file. */
  offset: number;
}

const MARK = 'APETAGEX';
/** Length of the header of APEv2 and of the footer of both versions: mark, version, size, count, flags, reserved. */
const FOOTER_BYTES = 32;
const IS_HEADER = 0x20000000;
const HOLDS: readonly ApeItem['holds'][] = ['text', 'bytes', 'link', 'text'];

/** Reads the tags at the start of a sound file and at its end, before ID3v1. `take` returns whether it wants more. */
export async function readApeItems(
  asset: Asset,
  take: (item: ApeItem) => boolean,
): Promise<WalkFault | undefined> {
  const atStart = await readAt(asset, 0, 'start', take);
  const { end } = await findSoundEnd(asset);
  const at = await findLastMark(asset, end);
  // A tag at the start was already read above.
  if (at === undefined || at === 0) return atStart;
  const atEnd = await readAt(asset, at, (await isHeaderAt(asset, at)) ? 'start' : 'end', take);
  return atStart ?? atEnd;
}

/**
 * Returns the offset of the last tag's mark: just before the end, or earlier if other bytes were appended. A truncated
 * tag has only its header.
 */
async function findLastMark(asset: Asset, end: number): Promise<number | undefined> {
  const from = Math.max(0, end - limits.apeSearchBytes);
  const within = (await asset.read(from, end - from)).lastIndexOf(MARK, undefined, 'latin1');
  return within < 0 ? undefined : from + within;
}

async function isHeaderAt(asset: Asset, at: number): Promise<boolean> {
  const flags = await asset.read(at + 20, 4);
  return flags.length === 4 && (flags.readUInt32LE(0) & IS_HEADER) !== 0;
}

/** The size counts the items and the footer, not the header. */
async function readAt(
  asset: Asset,
  at: number,
  where: 'start' | 'end',
  take: (item: ApeItem) => boolean,
): Promise<WalkFault | undefined> {
  const mark = await asset.read(at, FOOTER_BYTES);
  if (mark.toString('latin1', 0, 8) !== MARK) return undefined;
  if (mark.length < FOOTER_BYTES) return malformed('ape.truncated');
  const isHeader = (mark.readUInt32LE(20) & IS_HEADER) !== 0;
  if (isHeader !== (where === 'start')) return undefined;
  const size = mark.readUInt32LE(12);
  const start = where === 'start' ? at + FOOTER_BYTES : at + FOOTER_BYTES - size;
  const bytes = size - FOOTER_BYTES;
  if (bytes < 0 || start < 0 || start + bytes > asset.bytes) return malformed('ape.size');
  if (bytes > limits.apeTagBytes) return bounded('bound.bytes', { place: 'APE', most: limits.apeTagBytes });
  const system = mark.readUInt32LE(8) < 2_000 ? 'APEv1' : 'APEv2';
  return readItems(await asset.read(start, bytes), start, mark.readUInt32LE(16), system, take);
}

/** Reads the items. Each has the size of its value, flags, a key that ends with a zero byte, and the value. */
function readItems(
  bytes: Buffer,
  start: number,
  count: number,
  system: ApeItem['system'],
  take: (item: ApeItem) => boolean,
): WalkFault | undefined {
  let at = 0;
  for (let item = 0; item < count; item++) {
    const keyEnd = at + 8 <= bytes.length ? bytes.indexOf(0, at + 8) : -1;
    const size = keyEnd < 0 ? 0 : bytes.readUInt32LE(at);
    const valueAt = keyEnd + 1;
    if (keyEnd < 0 || valueAt + size > bytes.length) return malformed('ape.item');
    const key = bytes.toString('latin1', at + 8, keyEnd);
    const holds = HOLDS[(bytes.readUInt32LE(at + 4) >> 1) & 3] ?? 'text';
    const value = bytes.subarray(valueAt, valueAt + size);
    if (!take({ system, key, holds, value, offset: start + valueAt })) return undefined;
    at = valueAt + size;
  }
  return undefined;
}
