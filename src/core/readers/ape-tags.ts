import { limits } from '../ground/limits.js';
import type { Asset } from '../media/asset.js';
import type { WalkFault } from './conclude.js';
import { soundEnd } from './containers/sound-end.js';
import { bounded, malformed } from './containers/walk.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';
import { TagList } from './tag-list.js';
import { bytesWords, tagText } from './tag-text.js';

const MARK = 'APETAGEX';
/** Mark, version, size, count, flags, reserved: the header of APEv2, and the footer of both versions. */
const FOOTER_BYTES = 32;
const IS_HEADER = 0x20000000;
const BINARY = 1;
const CONTROL = /[\x01-\x08\x0b\x0c\x0e-\x1f]/;

/** APE tags at the end of a sound file, before ID3v1, or at its start. */
export const apeTagsReader: Reader<'apeTags'> = {
  carrier: 'apeTags',
  reach: reach({
    read: 'mp3 wav flac aac',
    none: 'jpeg png webp gif tiff heif jxl svg bmff matroska avi flv ogg aiff pdf cr3 raf psd jp2 zip tar mail cfb mxf ts ps asf dpx exr bmp',
  }),

  async read(asset) {
    const list = new TagList();
    list.fault(await readAt(asset, 0, 'start', list));
    const { end } = await soundEnd(asset);
    const at = await lastMark(asset, end);
    // One at the start was read above.
    if (at !== undefined && at > 0)
      list.fault(await readAt(asset, at, (await isHeaderAt(asset, at)) ? 'start' : 'end', list));
    return list.conclude();
  },
};

/**
 * Where the last tag's mark stands: just before the end, or further ahead where other bytes were added behind it. Of a
 * tag that was cut off its header is left.
 */
async function lastMark(asset: Asset, end: number): Promise<number | undefined> {
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
  list: TagList,
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
  if (bytes > limits.apeTagBytes) return bounded('bound.apeTag', { most: limits.apeTagBytes });
  const version = mark.readUInt32LE(8) < 2_000 ? 'APEv1' : 'APEv2';
  return readItems(await asset.read(start, bytes), start, mark.readUInt32LE(16), version, list);
}

/** Each item: size of its value, flags, key up to a zero byte, value. */
function readItems(
  bytes: Buffer,
  start: number,
  count: number,
  system: string,
  list: TagList,
): WalkFault | undefined {
  let at = 0;
  for (let item = 0; item < count && !list.full; item++) {
    const keyEnd = at + 8 <= bytes.length ? bytes.indexOf(0, at + 8) : -1;
    const size = keyEnd < 0 ? 0 : bytes.readUInt32LE(at);
    const valueAt = keyEnd + 1;
    if (keyEnd < 0 || valueAt + size > bytes.length) return malformed('ape.item');
    const key = bytes.toString('latin1', at + 8, keyEnd);
    const binary = ((bytes.readUInt32LE(at + 4) >> 1) & 3) === BINARY;
    const data = bytes.subarray(valueAt, valueAt + size);
    // Several values of one item are parted by zero bytes; some writers call text what is none.
    const text = tagText(data);
    const values = binary || CONTROL.test(text) ? [bytesWords(size)] : text.split('\0');
    for (const value of values) list.add({ system, key, value, offset: start + valueAt });
    at = valueAt + size;
  }
  return undefined;
}
