import * as zlib from 'node:zlib';
import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { Picture } from './picture.js';

/** Available from Node 20.15 and 22.2 on. */
const crc32 = (zlib as { crc32?: typeof zlib.crc32 }).crc32;

/** Signature and header length (PNG, Third Edition, §5.2 and §11.2.1). */
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const HEADER_BYTES = 13;
/** Length of the fields around a chunk's data: length, name and checksum. */
const AROUND_BYTES = 12;
/** Maximum size; larger pictures are left to the library, which decodes in pieces. */
const MAX_BYTES = 8 * 1024 ** 2;

/** Sample index of red, green, blue and alpha in a pixel, for colour types with an alpha channel. */
const SAMPLES: Readonly<Record<number, readonly number[]>> = { 4: [0, 0, 0, 1], 6: [0, 1, 2, 3] };

/**
 * Decodes the leftmost columns of a PNG with an alpha channel without a library, with the same result as sharp (RGBA, 8
 * bits per sample). Returns `undefined` if the file is not complete and valid to the last checksum, or larger than
 * `MAX_BYTES`: then only the library may report the content or the fault.
 */
export async function decodePngColumns(asset: Asset, columns: number): Promise<Picture | undefined> {
  if (asset.bytes > limits.inMemoryAssetBytes) return undefined;
  const found = parseChunks(await asset.read(0, asset.bytes));
  if (found === undefined) return undefined;
  const { header, data } = found;
  if (header.length !== HEADER_BYTES) return undefined;
  const [width, height, depth] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8] ?? 0];
  const samples = SAMPLES[header[9] ?? 0];
  // Only one compression method and one filter method are defined.
  const passes = header[10] === 0 && header[11] === 0 ? PASSES[header[12] ?? 0] : undefined;
  if (samples === undefined || (depth !== 8 && depth !== 16) || passes === undefined) return undefined;
  const sampleBytes = depth / 8;
  const pixelBytes = (Math.max(...samples) + 1) * sampleBytes;
  const images = passes.flatMap((pass) => toPassImage(pass, width, height));
  const bytes = images.reduce((sum, image) => sum + image.height * (1 + image.width * pixelBytes), 0);
  if (bytes === 0 || bytes > MAX_BYTES) return undefined;
  const rows = inflateRows(data, bytes);
  if (rows === undefined) return undefined;
  const taken = Math.min(columns, width);
  const layout = { samples, sampleBytes, pixelBytes, taken };
  const pixels = Buffer.alloc(taken * height * samples.length);
  let from = 0;
  for (const image of images) {
    const rowBytes = 1 + image.width * pixelBytes;
    const held = Math.max(0, Math.ceil((taken - image.pass[0]) / image.pass[2]));
    const part = rows.subarray(from, from + image.height * rowBytes);
    from += part.length;
    const takenBytes = held * pixelBytes;
    const bare = undoFilters(part, { height: image.height, rowBytes, pixelBytes, takenBytes });
    if (bare === undefined) return undefined;
    // The samples already have the requested layout.
    if (images.length === 1 && sampleBytes === 1 && pixelBytes === samples.length)
      return { width: taken, height, channels: samples.length, data: bare };
    copyPass(bare, { passColumns: held, ...image }, layout, pixels);
  }
  return { width: taken, height, channels: samples.length, data: pixels };
}

interface Layout {
  samples: readonly number[];
  sampleBytes: number;
  pixelBytes: number;
  /** Number of columns of the picture to decode. */
  taken: number;
}

/** `passColumns`: number of columns of this pass. */
function copyPass(
  bare: Buffer,
  { passColumns: held, height, pass }: { passColumns: number; height: number; pass: Pass },
  { samples, sampleBytes, pixelBytes, taken }: Layout,
  pixels: Buffer,
): void {
  const [left, top, right, down] = pass;
  for (let pixel = 0; pixel < held * height; pixel++) {
    const row = top + Math.floor(pixel / held) * down;
    const at = (row * taken + left + (pixel % held) * right) * samples.length;
    // Takes the higher byte of two-byte samples.
    for (let i = 0; i < samples.length; i++)
      pixels[at + i] = bare[pixel * pixelBytes + (samples[i] ?? 0) * sampleBytes] ?? 0;
  }
}

/** Offset of the first pixel from the left and the top, and the distance between pixels to the right and down. */
type Pass = readonly [left: number, top: number, right: number, down: number];

/** Passes by interlace method: none, and Adam7 (§8). */
const PASSES: Readonly<Record<number, readonly Pass[]>> = {
  0: [[0, 0, 1, 1]],
  1: [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ],
};

/** Returns the part of the picture in a pass, which may be empty for a small picture. */
function toPassImage(
  pass: Pass,
  width: number,
  height: number,
): { width: number; height: number; pass: Pass }[] {
  const [left, top, right, down] = pass;
  const own = { width: Math.ceil((width - left) / right), height: Math.ceil((height - top) / down), pass };
  return own.width > 0 && own.height > 0 ? [own] : [];
}

interface Chunks {
  header: Buffer;
  data: Buffer[];
}

/** Parses the chunks; `undefined` if anything is invalid. */
function parseChunks(file: Buffer): Chunks | undefined {
  let header: Buffer | undefined;
  const data: Buffer[] = [];
  let isPast = false;
  for (const { type, content } of validChunks(file)) {
    if (type === 'IEND')
      return header && data.length > 0 && content.length === 0 ? { header, data } : undefined;
    if ((type === 'IHDR') === (header !== undefined)) return undefined;
    if (type === 'IHDR') header = content;
    else if (type === 'IDAT' && !isPast) data.push(content);
    else if (SKIPPED_CHUNKS.has(type)) isPast = data.length > 0;
    else return undefined;
  }
  return undefined;
}

/** Yields chunks as long as each is complete and its checksum matches. */
function* validChunks(file: Buffer): Generator<{ type: string; content: Buffer }> {
  if (crc32 === undefined || !file.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return;
  let at = SIGNATURE.length;
  for (let count = 0; count < limits.pngChunks && at + AROUND_BYTES <= file.length; count++) {
    const end = at + AROUND_BYTES + file.readUInt32BE(at);
    if (end > file.length || crc32(file.subarray(at + 4, end - 4)) !== file.readUInt32BE(end - 4)) return;
    yield { type: file.toString('latin1', at + 4, at + 8), content: file.subarray(at + 8, end - 4) };
    at = end;
  }
}

/**
 * Chunks that are skipped; for any other chunk the library may behave differently. `vpAg` is ImageMagick's own and
 * common.
 */
const SKIPPED_CHUNKS: ReadonlySet<string> = new Set(
  'tEXt zTXt iTXt tIME pHYs gAMA sRGB cHRM bKGD iCCP eXIf sBIT oFFs pCAL sCAL sTER caBX vpAg'.split(' '),
);

/** Inflates the data; `undefined` if the length differs or bytes follow the end. */
function inflateRows(data: readonly Buffer[], bytes: number): Buffer | undefined {
  const [first] = data;
  const packed = data.length === 1 && first !== undefined ? first : Buffer.concat(data);
  try {
    // Uses the window size that the stream declares, as the library does.
    const options = { maxOutputLength: bytes, windowBits: 0, info: true };
    const { buffer, engine } = zlib.inflateSync(packed, options) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return buffer.length === bytes && engine.bytesWritten === packed.length ? buffer : undefined;
  } catch {
    return undefined;
  }
}

interface Rows {
  height: number;
  /** Length of a row including the filter byte. */
  rowBytes: number;
  pixelBytes: number;
  /** Length of the decoded part of a row, from the left. */
  takenBytes: number;
}

/** Undoes the filters for the left part of each row (§9.2), which depends on nothing to its right. */
function undoFilters(rows: Buffer, { height, rowBytes, pixelBytes, takenBytes }: Rows): Buffer | undefined {
  const left = Buffer.alloc(takenBytes * height);
  for (let row = 0; row < height; row++) {
    const from = row * rowBytes;
    const filter = rows[from] ?? 0;
    if (filter > 4) return undefined;
    const to = row * takenBytes;
    if (filter === 0) {
      rows.copy(left, to, from + 1, from + 1 + takenBytes);
      continue;
    }
    for (let i = 0; i < takenBytes; i++) {
      const before = i < pixelBytes ? 0 : (left[to + i - pixelBytes] ?? 0);
      const above = row === 0 ? 0 : (left[to + i - takenBytes] ?? 0);
      const corner = row === 0 || i < pixelBytes ? 0 : (left[to + i - takenBytes - pixelBytes] ?? 0);
      left[to + i] = (rows[from + 1 + i] ?? 0) + predicted(filter, before, above, corner);
    }
  }
  return left;
}

function predicted(filter: number, before: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return before;
    case 2:
      return above;
    case 3:
      return (before + above) >> 1;
    case 4:
      return paeth(before, above, corner);
    default:
      return 0;
  }
}

function paeth(before: number, above: number, corner: number): number {
  const toBefore = Math.abs(above - corner);
  const toAbove = Math.abs(before - corner);
  const toCorner = Math.abs(before + above - 2 * corner);
  if (toBefore <= toAbove && toBefore <= toCorner) return before;
  return toAbove <= toCorner ? above : corner;
}
