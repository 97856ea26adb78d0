import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { Container } from '../../media/media-kinds.js';
import { createBoxWalk, walkBoxes } from '../containers/bmff-boxes.js';
import { walkGif } from '../containers/gif-blocks.js';
import { type JpegSegment, walkJpeg } from '../containers/jpeg-segments.js';
import { findMpfSegment, readMpfIndex } from '../containers/mpf-index.js';
import { walkPng } from '../containers/png-chunks.js';
import { walkForm } from '../containers/riff-chunks.js';

/** Finds whole files among other bytes: where each begins, and where it ends by its own structure. */

export interface EmbeddedFile {
  kind: 'jpeg' | 'png' | 'gif' | 'riff' | 'bmff' | 'zip' | 'pdf' | 'other';
  offset: number;
  /** First byte after the file; `undefined` if its structure does not lead to an end. */
  end?: number | undefined;
  mediaType: string;
  /** Segments of a JPEG. */
  segments?: readonly JpegSegment[];
}

interface Mark {
  kind: EmbeddedFile['kind'];
  mark: Buffer;
  /** Number of bytes of the file before its mark. */
  before?: number;
  mediaType?: string;
  fits?: (bytes: Buffer) => boolean;
}

const ascii = (text: string) => Buffer.from(text, 'latin1');
const brand = /^[\x20-\x7e]{4}$/;

/**
 * Marks that are long enough to be searched for among other bytes. Shorter ones count only at a position where a file
 * is expected.
 */
const MARKS: readonly Mark[] = [
  { kind: 'jpeg', mark: ascii('\xff\xd8\xff'), mediaType: 'image/jpeg' },
  { kind: 'png', mark: ascii('\x89PNG\r\n\x1a\n'), mediaType: 'image/png' },
  { kind: 'gif', mark: ascii('GIF89a'), mediaType: 'image/gif' },
  { kind: 'gif', mark: ascii('GIF87a'), mediaType: 'image/gif' },
  {
    kind: 'riff',
    mark: ascii('RIFF'),
    fits: (bytes) => /^(WEBP|WAVE|AVI )$/.test(bytes.toString('latin1', 8, 12)),
  },
  {
    kind: 'bmff',
    mark: ascii('ftyp'),
    before: 4,
    fits: (bytes) =>
      bytes.length >= 12 &&
      bytes.readUInt32BE(0) >= 16 &&
      bytes.readUInt32BE(0) <= LONGEST_FTYP_BYTES &&
      brand.test(bytes.toString('latin1', 8, 12)),
  },
  { kind: 'zip', mark: ascii('PK\x03\x04') },
  { kind: 'pdf', mark: ascii('%PDF-'), mediaType: 'application/pdf' },
  { kind: 'other', mark: ascii('fLaC\0\0\0\x22') },
  { kind: 'other', mark: ascii('OggS\0') },
  { kind: 'other', mark: ascii('\x1a\x45\xdf\xa3') },
  { kind: 'other', mark: ascii('Rar!\x1a\x07') },
  { kind: 'other', mark: ascii('7z\xbc\xaf\x27\x1c') },
];
const LONGEST_FTYP_BYTES = 4_096;
const MAX_MARK_BYTES = 16;

/** Maximum distance to search. Makers put a few bytes of padding or a small header before an appended file. */
const SEARCH_BYTES = 4096;

/** Values of padding bytes. */
const PADDING: ReadonlySet<number> = new Set([0x00, 0xff, 0x0a, 0x0d, 0x20]);
export const isPadding = (bytes: Buffer): boolean => bytes.every((byte) => PADDING.has(byte));

/**
 * Finds consecutive files in one asset. If their marks do not tell the type, it is detected from the bytes like that of
 * a file, but only a limited number of times, because each attempt rereads the head.
 */
export class EmbeddedFileFinder {
  #typesLeft: number = limits.partTypeProbes;
  /** Remaining walks that may end without result, because such a walk reads the whole rest. */
  #endlessLeft: number = limits.partRewalks;

  constructor(readonly asset: Asset) {}

  /** Returns the first file that begins at or shortly after `from` and before `stop`. */
  async findNext(from: number, stop: number): Promise<EmbeddedFile | undefined> {
    const window = await this.asset.read(from, Math.min(SEARCH_BYTES, stop - from) + MAX_MARK_BYTES);
    const marked = this.#marked(window, Math.min(SEARCH_BYTES, stop - from));
    const padded = window.findIndex((byte) => !PADDING.has(byte));
    const begins = padded < 0 ? window.length : padded;
    // Any type counts at the position where a file is expected: a tag that contains a picture belongs to a sound file.
    const exact =
      marked !== undefined && marked.at <= begins ? undefined : await this.#typed(from + begins, stop);
    if (exact) return exact;
    return marked && this.#whole(from + marked.at, stop, marked.mark);
  }

  /** Returns whether the attempts at type detection are used up, so that only marks are recognized. */
  get isSpent(): boolean {
    return this.#typesLeft <= 0;
  }

  /** Returns the file that begins exactly at this offset. */
  async findAt(offset: number, stop: number): Promise<EmbeddedFile | undefined> {
    const head = await this.asset.read(offset, MAX_MARK_BYTES);
    const marked = this.#marked(head, 1);
    return marked ? this.#whole(offset, stop, marked.mark) : this.#typed(offset, stop);
  }

  /** Returns the first mark within the first `most` positions. */
  #marked(window: Buffer, most: number): { at: number; mark: Mark } | undefined {
    let first: { at: number; mark: Mark } | undefined;
    for (const mark of MARKS) {
      const { before = 0, fits } = mark;
      for (let found = window.indexOf(mark.mark); found >= 0; found = window.indexOf(mark.mark, found + 1)) {
        const at = found - before;
        if (at >= most || (first !== undefined && at >= first.at)) break;
        if (at < 0 || (fits && !fits(window.subarray(at, at + MAX_MARK_BYTES)))) continue;
        first = { at, mark };
        break;
      }
    }
    return first;
  }

  async #typed(offset: number, stop: number): Promise<EmbeddedFile | undefined> {
    if (stop - offset <= MAX_MARK_BYTES || this.#typesLeft <= 0) return undefined;
    this.#typesLeft -= 1;
    const { mime, container } = (await this.asset.part(offset, stop - offset)).mediaType;
    if (!(await this.#isTold(container, offset))) return undefined;
    return { kind: 'other', offset, mediaType: mime };
  }

  /** Returns whether the type is certain. The two bytes of an MPEG frame header prove nothing within arbitrary data. */
  async #isTold(container: Container, offset: number): Promise<boolean> {
    if (container === 'other') return false;
    if (container !== 'mp3' && container !== 'aac') return true;
    return (await this.asset.read(offset, 3)).toString('latin1') === 'ID3';
  }

  async #whole(offset: number, stop: number, { kind, mediaType }: Mark): Promise<EmbeddedFile | undefined> {
    const { end, segments }: End = this.#endlessLeft > 0 ? await ENDS[kind](this.asset, offset, stop) : {};
    if (end === undefined) this.#endlessLeft -= 1;
    const within = end === undefined || end > stop || end <= offset ? undefined : end;
    const type = mediaType ?? (await this.#type(offset, within ?? stop));
    if (type === undefined) return undefined;
    return { kind, offset, end: within, mediaType: type, ...(segments ? { segments } : {}) };
  }

  async #type(offset: number, stop: number): Promise<string | undefined> {
    const { mime, container } = (await this.asset.part(offset, Math.min(stop - offset, limits.sniffBytes)))
      .mediaType;
    return container === 'other' ? undefined : mime;
  }
}

type End = Pick<EmbeddedFile, 'end' | 'segments'>;

const ENDS: Record<EmbeddedFile['kind'], (asset: Asset, offset: number, stop: number) => Promise<End>> = {
  jpeg: findJpegEnd,
  png: walkPng,
  gif: walkGif,
  riff: async (asset, offset) => ({ end: (await walkForm(asset, offset)).end }),
  bmff: async (asset, offset, stop) => ({ end: await findBoxesEnd(asset, offset, stop) }),
  zip: async (asset, offset, stop) => ({ end: await zipEnd(asset, offset, stop) }),
  pdf: async (asset, offset, stop) => ({ end: await pdfEnd(asset, offset, stop) }),
  other: async () => ({}),
};

/**
 * Returns the end of a JPEG including the pictures that its index lists directly after it: they belong to the file, and
 * its signature may cover them.
 */
async function findJpegEnd(asset: Asset, offset: number, stop: number): Promise<End> {
  const { items: segments, end } = await walkJpeg(asset, offset);
  const index = findMpfSegment(segments);
  if (end === undefined || index === undefined) return { end, segments };
  let last = end;
  const { items } = await readMpfIndex(asset, index);
  for (const entry of items.toSorted((a, b) => a.offset - b.offset)) {
    if (entry.offset < last || entry.offset > last + SEARCH_BYTES || entry.offset >= stop) continue;
    if (!(await isJpeg(asset, entry.offset))) continue;
    const further = (await walkJpeg(asset, entry.offset)).end;
    if (further === undefined) break;
    last = further;
  }
  return { end: last, segments };
}

export const isJpeg = async (asset: Asset, offset: number): Promise<boolean> =>
  (await asset.read(offset, 3)).equals(Buffer.from([0xff, 0xd8, 0xff]));

/** Faults of a box that is truncated at the end of the file but still belongs to it. */
const CUT_OFF: ReadonlySet<string> = new Set(['bmff.truncated', 'bmff.mostMissing']);

/** Returns the end of consecutive boxes: the first data that are not a box, or that begin another file. */
async function findBoxesEnd(asset: Asset, offset: number, stop: number): Promise<number | undefined> {
  // Ends the walk at the next file, because thousands of files may follow each other.
  const { items, fault } = await walkBoxes(asset, offset, stop, {
    ...createBoxWalk(),
    isNested: false,
    stopsAt: ({ type }, index) => (index > 0 && type === 'ftyp') || !/^[\x20-\x7e\xa9]{4}$/.test(type),
  });
  if (fault !== undefined && CUT_OFF.has(fault.code)) return stop;
  const last = items.at(-1);
  return last && last.dataOffset + last.dataBytes;
}

/** End of central directory record, followed by a comment of up to 65,535 bytes (APPNOTE 6.3.10 §4.3.16). */
const ZIP_END = { mark: ascii('PK\x05\x06'), bytes: 22 } as const;

async function zipEnd(asset: Asset, offset: number, stop: number): Promise<number | undefined> {
  const from = Math.max(offset, stop - ZIP_END.bytes - 0xffff);
  const tail = await asset.read(from, stop - from);
  for (let at = tail.lastIndexOf(ZIP_END.mark); at >= 0; at = tail.lastIndexOf(ZIP_END.mark, at - 1)) {
    const end =
      at + ZIP_END.bytes <= tail.length ? at + ZIP_END.bytes + tail.readUInt16LE(at + 20) : undefined;
    if (end !== undefined && end <= tail.length) return from + end;
    if (at === 0) break;
  }
  return undefined;
}

const PDF_END = ascii('%%EOF');

async function pdfEnd(asset: Asset, offset: number, stop: number): Promise<number | undefined> {
  const from = Math.max(offset, stop - SEARCH_BYTES);
  const tail = await asset.read(from, stop - from);
  const found = tail.lastIndexOf(PDF_END);
  if (found < 0) return undefined;
  let end = found + PDF_END.length;
  if (tail[end] === 0x0d) end += 1;
  if (tail[end] === 0x0a) end += 1;
  return from + end;
}
