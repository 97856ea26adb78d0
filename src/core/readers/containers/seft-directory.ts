import { limits } from '../../../base/limits.js';
import { trimEndCharacters } from '../../../base/trim-end.js';
import type { Asset } from '../../media/asset.js';
import { bounded, malformed, type Walk } from './walk.js';

/** Record of Samsung's trailer, according to its directory and its own head. */
export interface SeftEntry {
  type: number;
  name: string;
  /** Offset of the record, before its type and name. */
  start: number;
  /** Offset of its data, after the name. */
  offset: number;
  bytes: number;
}

export interface SeftWalk extends Walk<SeftEntry> {
  /** Offset of the directory, which follows the records; absent if there is none. */
  directory?: number;
}

const FOOT_BYTES = 8;
const HEAD_BYTES = 12;
const ENTRY_BYTES = 12;
const RECORD_HEAD_BYTES = 8;

/**
 * Reads the trailer that ends at `end`; `undefined` if there is none. It consists of `SEFH`, version, count, a 12-byte
 * entry each, then the length of all that and `SEFT`. The records precede it, each with its type and name, and the
 * entries hold distances back to them (ExifTool, Samsung trailer). `end` is the first byte after `SEFT`.
 */
export async function readSeftDirectory(asset: Asset, end: number): Promise<SeftWalk | undefined> {
  if (end < FOOT_BYTES + HEAD_BYTES) return undefined;
  const foot = await asset.read(end - FOOT_BYTES, FOOT_BYTES);
  if (foot.toString('latin1', 4) !== 'SEFT') return undefined;
  const start = end - FOOT_BYTES - foot.readUInt32LE(0);
  const head = start < 0 ? Buffer.alloc(0) : await asset.read(start, HEAD_BYTES);
  if (head.length < HEAD_BYTES || head.toString('latin1', 0, 4) !== 'SEFH')
    return {
      items: [],
      fault: malformed('seft.head'),
    };
  const count = head.readUInt32LE(8);
  const items: SeftEntry[] = [];
  if (count > limits.seftRecords)
    return {
      items,
      fault: bounded('bound.texts', {
        place: 'SEFT',
        unit: 'bytes',
        most: limits.seftRecords,
        length: limits.carrierTextCharacters,
      }),
    };
  const entries = await asset.read(start + HEAD_BYTES, count * ENTRY_BYTES);
  for (let at = 0; at < count * ENTRY_BYTES; at += ENTRY_BYTES) {
    const entry = at + ENTRY_BYTES <= entries.length ? await recordOf(asset, entries, at, start) : undefined;
    if (!entry)
      return {
        items,
        fault: malformed('seft.record'),
      };
    items.push(entry);
  }
  return { items, directory: start };
}

async function recordOf(
  asset: Asset,
  entries: Buffer,
  at: number,
  start: number,
): Promise<SeftEntry | undefined> {
  const type = entries.readUInt16LE(at + 2);
  const record = start - entries.readUInt32LE(at + 4);
  const bytes = entries.readUInt32LE(at + 8);
  if (record < 0 || bytes < RECORD_HEAD_BYTES || record + bytes > start) return undefined;
  const head = await asset.read(record, Math.min(bytes, RECORD_HEAD_BYTES + limits.seftNameBytes));
  const nameBytes = head.readUInt32LE(4);
  if (head.readUInt16LE(2) !== type || RECORD_HEAD_BYTES + nameBytes > head.length) return undefined;
  const skip = RECORD_HEAD_BYTES + nameBytes;
  return {
    type,
    name: trimEndCharacters(head.toString('latin1', RECORD_HEAD_BYTES, skip), '\0'),
    start: record,
    offset: record + skip,
    bytes: bytes - skip,
  };
}
