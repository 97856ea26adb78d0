import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { ByteWindow, bounded, cachePerAsset, malformed, type Walk } from './walk.js';

export interface RiffChunk {
  id: string;
  offset: number;
  dataOffset: number;
  dataBytes: number;
}

export interface RiffWalk extends Walk<RiffChunk> {
  /** First byte after the RIFF form, as its header states. */
  end?: number;
}

/** Lists the chunks of a RIFF form, one level deep. Sizes are little-endian, and chunks are padded to even lengths. */
export function readRiffChunks(asset: Asset): Promise<RiffWalk> {
  return cachePerAsset(asset, 'riff', () => walkForm(asset, 0));
}

/** Lists the chunks of an AIFF or AIFC form, whose sizes are big-endian. */
export function readAiffChunks(asset: Asset): Promise<RiffWalk> {
  return cachePerAsset(asset, 'aiff', () => walkForm(asset, 0));
}

/** Lists all forms of a file: an AVI longer than 1 GB continues in further ones (OpenDML). */
export async function readRiffForms(asset: Asset): Promise<RiffWalk[]> {
  const forms = [await readRiffChunks(asset)];
  for (;;) {
    const end = forms.at(-1)?.end;
    const head = end === undefined ? Buffer.alloc(0) : await asset.read(end, 12);
    if (end === undefined || head.toString('latin1', 0, 4) !== 'RIFF') return forms;
    if (head.toString('latin1', 8, 12) !== 'AVIX') return forms;
    if (forms.length >= limits.riffForms) {
      const fault = bounded('bound.entries', { place: 'RIFF', most: limits.riffForms });
      return [...forms, { items: [], fault }];
    }
    forms.push(await walkForm(asset, end));
  }
}

/** Lists the chunks within a `LIST`, after its type, or only the first of them. */
export async function readListChunks(
  asset: Asset,
  list: RiffChunk,
  first?: number,
): Promise<Walk<RiffChunk>> {
  const end = Math.min(list.dataOffset + list.dataBytes, asset.bytes);
  const walk = await walkChunks(new ByteWindow(asset), list.dataOffset + 4, end, new Map(), false, first);
  const last = walk.items.at(-1);
  if (walk.fault || !last || last.dataOffset + last.dataBytes <= end) return walk;
  return {
    ...walk,
    fault: malformed('data.lengthAt', { place: 'RIFF', at: list.offset }),
  };
}

/**
 * Size with all bits set: the `ds64` chunk holds the 64-bit size (EBU Tech 3306). Programs that write to a pipe set all
 * bits, or none in the form's size, to mean the end of the file.
 */
const SIZE_IN_DS64 = 0xffffffff;
const LONG_FORMS: ReadonlySet<string> = new Set(['RF64', 'BW64']);

/** Walks a form that starts at offset `start` of the file. */
export async function walkForm(asset: Asset, start: number): Promise<RiffWalk> {
  const window = new ByteWindow(asset);
  const header = await window.bytes(start, 12);
  if (header.length < 12) return { items: [], fault: malformed('riff.truncated', { what: 'header' }) };
  const form = header.toString('latin1', 0, 4);
  const bigEndian = form === 'FORM';
  const long = LONG_FORMS.has(form) ? await readLongSizes(window, start + 12) : new Map<string, number>();
  const short = bigEndian ? header.readUInt32BE(4) : header.readUInt32LE(4);
  const size = short === SIZE_IN_DS64 || short === 0 ? (long.get(RIFF_SIZE) ?? window.source.bytes) : short;
  const stated = start + 8 + size;
  const end = Math.min(stated, window.source.bytes);
  const walk = await walkChunks(window, start + 12, end, long, bigEndian);
  if (walk.fault?.kind === 'bounded') return walk;
  if (stated > window.source.bytes + MAX_EXCESS_BYTES) {
    const fault =
      stated > 2 * window.source.bytes
        ? malformed('riff.mostMissing')
        : malformed('riff.truncated', { what: 'form' });
    return { items: walk.items, fault };
  }
  if (walk.fault === undefined) return { items: walk.items, end };
  // If the form fits the file, nothing is missing and a chunk has a wrong length.
  const isWhole = short !== 0 && short !== SIZE_IN_DS64;
  return isWhole ? { ...walk, fault: malformed('riff.chunkSize') } : walk;
}

/** Tolerated excess: some programs give the length of the whole file, including header and padding. */
const MAX_EXCESS_BYTES = 9;
const RIFF_SIZE = 'RIFF';

/** Reads `ds64`: sizes of the form and of `data`, the number of samples, then a table of other chunks' sizes. */
async function readLongSizes(window: ByteWindow, at: number): Promise<Map<string, number>> {
  const head = await window.bytes(at, 8);
  const sizes = new Map<string, number>();
  if (head.length < 8 || head.toString('latin1', 0, 4) !== 'ds64') return sizes;
  const body = await window.bytes(at + 8, Math.min(head.readUInt32LE(4), MAX_DS64_BYTES));
  if (body.length < 24) return sizes;
  sizes.set(RIFF_SIZE, Number(body.readBigUInt64LE(0)));
  sizes.set('data', Number(body.readBigUInt64LE(8)));
  for (let entry = 28; entry + 12 <= body.length; entry += 12)
    sizes.set(body.toString('latin1', entry, entry + 4), Number(body.readBigUInt64LE(entry + 4)));
  return sizes;
}

const MAX_DS64_BYTES = 16 * 1024;

async function walkChunks(
  window: ByteWindow,
  start: number,
  end: number,
  long: ReadonlyMap<string, number>,
  bigEndian = false,
  first = Number.POSITIVE_INFINITY,
): Promise<Walk<RiffChunk>> {
  const items: RiffChunk[] = [];
  let at = start;
  while (at + 8 <= end && items.length < first) {
    if (items.length >= limits.riffChunks) {
      return {
        items,
        fault: bounded('bound.entries', { place: 'RIFF', most: limits.riffChunks }),
      };
    }
    const head = await window.bytes(at, 8);
    if (head.length < 8) break;
    const id = head.toString('latin1', 0, 4);
    const short = bigEndian ? head.readUInt32BE(4) : head.readUInt32LE(4);
    const dataBytes = short === SIZE_IN_DS64 ? (long.get(id) ?? end - at - 8) : short;
    items.push({ id, offset: at, dataOffset: at + 8, dataBytes });
    at += 8 + dataBytes + (dataBytes & 1);
  }
  if (at > window.source.bytes + 1) return { items, fault: malformed('riff.truncated', { what: 'other' }) };
  return { items };
}
