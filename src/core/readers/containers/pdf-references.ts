import { limits } from '../../../base/limits.js';
import { isCount, type PdfDictionary, throwMalformedPdf, throwPdfLimit } from './pdf-values.js';
import type { ByteWindow } from './walk.js';

/** Location of an object: an offset in the file, or an index in an object stream. */
export type PdfObjectLocator = { offset: number } | { stream: number; index: number };

/** Section of cross-references; each time a PDF is written adds one. Rows are looked up on demand, not listed. */
export interface PdfSection {
  trailer: PdfDictionary;
  /** Number of runs to search. */
  runs: number;
  /** Returns `free` for a deleted object, and `undefined` if an older section may know it. */
  find(number: number): Promise<PdfObjectLocator | 'free' | undefined>;
  /** Yields all rows one by one, so that the caller can stop early. A section may state any number of them. */
  rows(): AsyncIterable<PdfRow>;
}

/** `undefined`: the row is invalid. */
export type PdfRow = [number: number, place: PdfObjectLocator | 'free' | undefined];

const ROW_BYTES = 20;
const HEADER_BYTES = 64;

interface Run {
  first: number;
  count: number;
  /** Offset of the first row in the file or in the decoded stream. */
  at: number;
}

export const failTooManyRuns = (): never =>
  throwPdfLimit('bound.entries', { place: 'PDF', most: limits.pdfReferenceRuns });

/**
 * Reads a cross-reference table: runs of 20-byte rows. Returns the runs and the offset of `trailer` (ISO 32000-2,
 * 7.5.4).
 */
export async function readTableRuns(
  window: ByteWindow,
  from: number,
): Promise<{ runs: Run[]; trailerAt: number }> {
  const runs: Run[] = [];
  let at = from;
  for (;;) {
    const text = (await window.bytes(at, HEADER_BYTES)).toString('latin1');
    const blank = /^[\s\0]*/.exec(text)?.[0].length ?? 0;
    if (text.startsWith('trailer', blank)) return { runs, trailerAt: at + blank + 'trailer'.length };
    const header = /^(\d{1,10})[ \t]+(\d{1,10})[ \t]*(\r\n|\n|\r)/.exec(text.slice(blank));
    if (runs.length >= limits.pdfReferenceRuns) return failTooManyRuns();
    if (!header) return throwMalformedPdf('pdf.references', { what: 'other' });
    const start = at + blank + header[0].length;
    const count = Number(header[2]);
    runs.push({ first: Number(header[1]), count, at: start });
    at = start + count * ROW_BYTES;
  }
}

export function createTableSection(
  window: ByteWindow,
  runs: readonly Run[],
  trailer: PdfDictionary,
): PdfSection {
  const placeAt = async (at: number): Promise<PdfObjectLocator | 'free' | undefined> => {
    const row = /^(\d{10}) \d{5} ([nf])/.exec((await window.bytes(at, ROW_BYTES)).toString('latin1'));
    return row ? (row[2] === 'f' ? 'free' : { offset: Number(row[1]) }) : undefined;
  };
  return {
    trailer,
    runs: runs.length,
    async find(number) {
      const run = runOf(runs, number);
      if (!run) return undefined;
      const place = await placeAt(run.at + (number - run.first) * ROW_BYTES);
      return place ?? throwMalformedPdf('pdf.references', { what: 'other' });
    },
    rows: () => rowsOf(runs, ROW_BYTES, placeAt),
  };
}

async function* rowsOf(
  runs: readonly Run[],
  rowBytes: number,
  placeAt: (at: number) => Promise<PdfObjectLocator | 'free' | undefined>,
): AsyncGenerator<PdfRow> {
  for (const { first, count, at } of runs)
    for (let i = 0; i < count; i++) {
      const place = await placeAt(at + i * rowBytes);
      yield [first + i, place];
      // Rows beyond the last available one do not exist.
      if (place === undefined) break;
    }
}

/** Reads a cross-reference stream: rows of three numbers of the given widths (ISO 32000-2, 7.5.8). */
export function createStreamSection(rows: Buffer, trailer: PdfDictionary): PdfSection {
  const widths = countsIn(trailer, 'W');
  const size = trailer.get('Size');
  const index = trailer.has('Index') ? countsIn(trailer, 'Index') : isCount(size) ? [0, size] : undefined;
  const [typeBytes, secondBytes, thirdBytes] = widths ?? [];
  if (
    typeBytes === undefined ||
    secondBytes === undefined ||
    thirdBytes === undefined ||
    !index ||
    index.length % 2 !== 0
  )
    return throwMalformedPdf('pdf.references', { what: 'other' });
  if (
    [typeBytes, secondBytes, thirdBytes].some((width) => width > 8) ||
    index.length > 2 * limits.pdfReferenceRuns
  )
    return throwMalformedPdf('pdf.references', { what: 'other' });
  const rowBytes = typeBytes + secondBytes + thirdBytes;
  const runs: Run[] = [];
  let at = 0;
  for (let i = 0; i + 1 < index.length; i += 2) {
    const [first = 0, count = 0] = index.slice(i, i + 2);
    runs.push({ first, count, at });
    at += count * rowBytes;
  }
  const placeAt = (start: number): PdfObjectLocator | 'free' | undefined => {
    if (rowBytes === 0 || start + rowBytes > rows.length) return undefined;
    // Without a type column, every row is an object in the file.
    const type = typeBytes === 0 ? 1 : numberAt(rows, start, typeBytes);
    const second = numberAt(rows, start + typeBytes, secondBytes);
    const third = numberAt(rows, start + typeBytes + secondBytes, thirdBytes);
    if (type === 1) return { offset: second };
    return type === 2 ? { stream: second, index: third } : 'free';
  };
  return {
    trailer,
    runs: runs.length,
    async find(number) {
      const run = runOf(runs, number);
      return run && placeAt(run.at + (number - run.first) * rowBytes);
    },
    rows: () => rowsOf(runs, rowBytes, async (at) => placeAt(at)),
  };
}

const runOf = (runs: readonly Run[], number: number): Run | undefined =>
  runs.find(({ first, count }) => number >= first && number < first + count);

function countsIn(dictionary: PdfDictionary, key: string): number[] | undefined {
  const value = dictionary.get(key);
  return Array.isArray(value) && value.every(isCount) ? value : undefined;
}

function numberAt(bytes: Buffer, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}
