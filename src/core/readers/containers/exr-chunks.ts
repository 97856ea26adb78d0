import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { EXR_FLAG, type ExrAttribute, type ExrHeader, readExrHeader } from './exr-header.js';
import { bounded, malformed, type Walk } from './walk.js';

/**
 * Computes the end of the last chunk of an OpenEXR. The file does not state it; it follows from the table of chunks
 * (OpenEXR File Layout).
 */

export interface ExrEnd extends Pick<Walk<never>, 'fault'> {
  end?: number;
}

/** Lines per chunk by compression: none, RLE, ZIPS, ZIP, PIZ, PXR24, B44, B44A, DWAA, DWAB, HTJ2K. */
const LINES = [1, 1, 1, 16, 32, 16, 32, 32, 32, 256, 256, 32] as const;
const OFFSET_BYTES = 8;
/** Number of table entries read at a time. */
const ENTRIES_PER_READ = 8_192;

export async function findExrEnd(asset: Asset): Promise<ExrEnd> {
  const header = await readExrHeader(asset);
  if (header.end === undefined) return header.fault ? { fault: header.fault } : {};
  const count = await chunkCount(asset, header);
  if (count === undefined) return { fault: malformed('exr.chunks') };
  if (count > limits.exrChunks)
    return { fault: bounded('bound.entries', { place: 'OpenEXR', most: limits.exrChunks }) };
  const tableEnd = header.end + count * OFFSET_BYTES;
  if (tableEnd > asset.bytes) return { fault: malformed('exr.chunks') };
  let last = 0;
  for (let done = 0; done < count; done += ENTRIES_PER_READ) {
    const entries = Math.min(ENTRIES_PER_READ, count - done);
    const slab = await asset.read(header.end + done * OFFSET_BYTES, entries * OFFSET_BYTES);
    for (let at = 0; at < slab.length; at += OFFSET_BYTES) {
      const offset = Number(slab.readBigUInt64LE(at));
      // A program that died while writing leaves zeros.
      if (offset < tableEnd || offset >= asset.bytes) return { fault: malformed('exr.chunks') };
      last = Math.max(last, offset);
    }
  }
  const end = count === 0 ? tableEnd : await chunkEnd(asset, header, last);
  return end === undefined || end > asset.bytes ? { fault: malformed('exr.chunks') } : { end };
}

/**
 * Returns the end of a chunk: part number, line or tile coordinates, then the data. Deep data consist of two runs,
 * preceded by their lengths.
 */
async function chunkEnd(asset: Asset, { flags, items }: ExrHeader, at: number): Promise<number | undefined> {
  const isMulti = (flags & EXR_FLAG.multiPart) !== 0;
  const head = await asset.read(at, 48);
  const part = isMulti && head.length >= 4 ? head.readUInt32LE(0) : 0;
  const type = await partType(asset, { flags, items }, part);
  const sizesAt = (isMulti ? 4 : 0) + (type.includes('tile') ? 16 : 4);
  if (!type.startsWith('deep'))
    return head.length < sizesAt + 4 ? undefined : at + sizesAt + 4 + head.readUInt32LE(sizesAt);
  if (head.length < sizesAt + 24) return undefined;
  const packed = Number(head.readBigUInt64LE(sizesAt)) + Number(head.readBigUInt64LE(sizesAt + 8));
  return at + sizesAt + 24 + packed;
}

/** Returns `scanlineimage`, `tiledimage`, `deepscanline` or `deeptile`. */
async function partType(
  asset: Asset,
  { flags, items }: Pick<ExrHeader, 'flags' | 'items'>,
  part: number,
): Promise<string> {
  const stated = items.find((one) => one.part === part && one.name === 'type');
  if (stated) return (await asset.read(stated.offset, Math.min(stated.bytes, 32))).toString('latin1');
  return (flags & EXR_FLAG.tiled) === 0 ? 'scanlineimage' : 'tiledimage';
}

/** Returns the number of chunks of all parts together; `undefined` if a required attribute is missing or inconsistent. */
async function chunkCount(asset: Asset, { flags, items }: ExrHeader): Promise<number | undefined> {
  let all = 0;
  for (const [part, attributes] of partsOf(items)) {
    const find = (name: string, bytes: number) => attributeBytes(asset, attributes, name, bytes);
    const stated = await find('chunkCount', 4);
    const own =
      stated?.readInt32LE(0) ??
      ((await partType(asset, { flags, items }, part)).includes('tile')
        ? await tiles(find)
        : await lines(find));
    if (own === undefined || own < 0) return undefined;
    all += own;
  }
  return all;
}

function partsOf(items: readonly ExrAttribute[]): Map<number, ExrAttribute[]> {
  const parts = new Map<number, ExrAttribute[]>();
  for (const one of items) {
    const known = parts.get(one.part);
    if (known) known.push(one);
    else parts.set(one.part, [one]);
  }
  return parts;
}

type Find = (name: string, bytes: number) => Promise<Buffer | undefined>;

async function attributeBytes(
  asset: Asset,
  attributes: readonly ExrAttribute[],
  name: string,
  bytes: number,
): Promise<Buffer | undefined> {
  const found = attributes.find((one) => one.name === name);
  return found === undefined || found.bytes < bytes ? undefined : asset.read(found.offset, bytes);
}

/** Returns the size of a `box2i`, which includes both corners. */
function sidesOf(box: Buffer): { width: number; height: number } {
  const [left, top, right, bottom] = [0, 4, 8, 12].map((at) => box.readInt32LE(at)) as [
    number,
    number,
    number,
    number,
  ];
  return { width: Math.max(0, right - left + 1), height: Math.max(0, bottom - top + 1) };
}

async function lines(find: Find): Promise<number | undefined> {
  const [window, compression] = [await find('dataWindow', 16), await find('compression', 1)];
  const perChunk = LINES[compression?.[0] ?? 0];
  return window && perChunk ? Math.ceil(sidesOf(window).height / perChunk) : undefined;
}

/** `tiledesc`: sides of a tile, then the level mode in the low four bits and the rounding mode in the high ones. */
const ONE_LEVEL = 0;
const MIPMAP = 1;

async function tiles(find: Find): Promise<number | undefined> {
  const [window, description] = [await find('dataWindow', 16), await find('tiles', 9)];
  if (!window || !description) return undefined;
  const { width, height } = sidesOf(window);
  const [across, down, mode = 0] = [description.readUInt32LE(0), description.readUInt32LE(4), description[8]];
  if (across === 0 || down === 0) return undefined;
  const up = mode >> 4 === 1;
  const levels = mode & 15;
  const ofWidth = sizes(width, up).map((side) => Math.ceil(side / across));
  const ofHeight = sizes(height, up).map((side) => Math.ceil(side / down));
  if (levels === ONE_LEVEL) return (ofWidth[0] ?? 0) * (ofHeight[0] ?? 0);
  const sum = (all: number[]) => all.reduce((total, one) => total + one, 0);
  if (levels !== MIPMAP) return sum(ofWidth) * sum(ofHeight);
  // The smaller side stays at one pixel while the larger is halved further.
  const most = Math.max(ofWidth.length, ofHeight.length);
  return sum(Array.from({ length: most }, (_, level) => (ofWidth[level] ?? 1) * (ofHeight[level] ?? 1)));
}

/** Returns the lengths of a side, halved until it is one pixel. */
function sizes(side: number, up: boolean): number[] {
  const all: number[] = [];
  for (let one = side; ; one = Math.max(1, up ? Math.ceil(one / 2) : Math.floor(one / 2))) {
    all.push(one);
    if (one <= 1) return all;
  }
}

/** Returns the size of the picture of each part: its `displayWindow`, or else the stored pixels. */
export async function readExrSizes(asset: Asset): Promise<{ width: number; height: number }[]> {
  const { items } = await readExrHeader(asset);
  const sizes: { width: number; height: number }[] = [];
  for (const attributes of partsOf(items).values()) {
    if (sizes.length >= limits.embeddedAssets) break;
    const box =
      (await attributeBytes(asset, attributes, 'displayWindow', 16)) ??
      (await attributeBytes(asset, attributes, 'dataWindow', 16));
    if (box?.length === 16) sizes.push(sidesOf(box));
  }
  return sizes;
}
