import { limits } from '../../../base/limits.js';
import type { ByteSource } from './walk.js';

/**
 * Pictures in old Office documents ([MS-ODRAW] §2.2.23, “BLIP”): each is a record with a length, one or two digests and
 * the inserted file. Each program stores the offsets of records in structures of its own, so records are found by their
 * form instead.
 */

export interface Blip {
  /** `EMF`, `WMF` and `PICT` are drawings, which are compressed and not read. */
  type: 'image/jpeg' | 'image/png' | 'image/tiff' | 'EMF' | 'WMF' | 'PICT';
  /** Offset of the picture itself. */
  offset: number;
  bytes: number;
  /** Set if the picture exceeds its stream. */
  isCut?: true;
}

/** Second byte of each record type; the first byte distinguishes them. */
const RECORD = 0xf0;
const HEADER_BYTES = 8;
const DIGEST_BYTES = 16;
/** Length of the tag after the digests of a bitmap picture. */
const TAG_BYTES = 1;
/** Length of a drawing's metafile header: sizes and compression ([MS-ODRAW] §2.2.31). */
const DRAWING_BYTES = 34;
const LONGEST_HEAD_BYTES = HEADER_BYTES + 2 * DIGEST_BYTES + DRAWING_BYTES + 4;
const NO_FILTER = 0xfe;

const DRAWINGS: ReadonlyMap<number, Blip['type']> = new Map<number, Blip['type']>([
  [0x1a, 'EMF'],
  [0x1b, 'WMF'],
  [0x1c, 'PICT'],
]);
const PICTURES: ReadonlyMap<number, Blip['type']> = new Map<number, Blip['type']>([
  [0x1d, 'image/jpeg'],
  [0x1e, 'image/png'],
  [0x29, 'image/tiff'],
  [0x2a, 'image/jpeg'],
]);
const MARKS: ReadonlyMap<string, RegExp> = new Map([
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/png', /^\x89PNG/],
  ['image/tiff', /^(?:II\*\0|MM\0\*)/],
]);

const WINDOW_BYTES = 1024 ** 2;

/** Returns up to `most` pictures in stream order; `undefined` if the stream cannot be read to its end. */
export async function findBlips(
  source: ByteSource,
  most: number = limits.parts,
): Promise<Blip[] | undefined> {
  const found: Blip[] = [];
  for (let from = 0; from < source.bytes; ) {
    const wanted = Math.min(WINDOW_BYTES + LONGEST_HEAD_BYTES, source.bytes - from);
    const window = await source.read(from, wanted);
    if (window.length < wanted) return undefined;
    let next = from + WINDOW_BYTES;
    for (let at = window.indexOf(RECORD, 3); at >= 0; at = window.indexOf(RECORD, at + 1)) {
      // A record that begins in the next window is found there, with its whole head.
      if (at - 3 >= WINDOW_BYTES) break;
      const blip = parseBlip(window, at - 3, from, source.bytes);
      if (blip === undefined) continue;
      found.push(blip);
      if (found.length > most) return found;
      // Skips the picture, because its bytes are not records.
      at = blip.offset + blip.bytes - from - 1;
      next = Math.max(next, from + at + 1);
      if (at >= window.length) break;
    }
    from = next;
  }
  return found;
}

/** Reads the record whose header begins at `at` in the window. The window begins at `from` of the stream. */
function parseBlip(window: Buffer, at: number, from: number, end: number): Blip | undefined {
  const type = window[at + 2] ?? 0;
  const kind = PICTURES.get(type) ?? DRAWINGS.get(type);
  if (kind === undefined || at + HEADER_BYTES > window.length) return undefined;
  const start = window.readUInt16LE(at);
  const bytes = window.readUInt32LE(at + 4);
  // The version of such a record is zero. The lowest bit of its instance tells whether it has two digests.
  if ((start & 0xf) !== 0) return undefined;
  const digests = ((start >> 4) & 1) === 1 ? 2 * DIGEST_BYTES : DIGEST_BYTES;
  const head = digests + (DRAWINGS.has(type) ? DRAWING_BYTES : TAG_BYTES);
  if (bytes <= head) return undefined;
  const content = at + HEADER_BYTES + head;
  const fits = DRAWINGS.has(type)
    ? window[content - 1] === NO_FILTER &&
      window.length >= content &&
      readDrawingBytes(window, content) === bytes - head
    : MARKS.get(kind)?.test(window.toString('latin1', content, content + 4)) === true;
  const offset = from + content;
  const length = bytes - head;
  if (!fits) return undefined;
  return offset + length > end
    ? { type: kind, offset, bytes: end - offset, isCut: true }
    : { type: kind, offset, bytes: length };
}

/** Returns the compressed length of a drawing from its header. */
const readDrawingBytes = (window: Buffer, content: number): number => window.readUInt32LE(content - 6);
