import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import {
  isCount,
  isDictionary,
  type PdfDictionary,
  PdfError,
  PdfName,
  PdfParser,
  PdfReference,
  throwPdfLimit,
} from './pdf-values.js';

/** Object in the file, found by its head. */
export interface FoundObject {
  number: number;
  offset: number;
  /** Whether it is an object stream (ISO 32000-2, 7.5.7). */
  isObjectStream: boolean;
}

export interface PdfSearchResult {
  /** Objects in file order. Of two with the same number the later is the newer, because updates are appended. */
  objects: FoundObject[];
  /** Trailer of the last section that names the catalog; it applies to the whole file. */
  trailer: PdfDictionary;
}

const WINDOW_BYTES = 1024 ** 2;
/** Overlap of two windows: `1234567890 65535 obj` with its blanks is shorter than this. */
const OVERLAP_BYTES = 32;
/** Maximum length of a dictionary; those that refer to other objects are short. */
const DICTIONARY_BYTES = 4 * 1024;
const MARK = /(?<!\d)(\d{1,10})[\s\0]{1,4}\d{1,5}[\s\0]{1,4}obj|trailer/g;

/**
 * Finds all objects by their heads, as viewers do if the cross-references are missing or wrong. Skips the bytes of a
 * stream if its stated length is correct, because it may be a PDF itself.
 */
export async function searchPdf(asset: Asset): Promise<PdfSearchResult> {
  if (asset.bytes > limits.pdfSearchedBytes) return tooLong();
  const objects: FoundObject[] = [];
  let [trailer, catalog]: (PdfDictionary | undefined)[] = [];
  let [parsedBytes, seen] = [0, 0];
  for await (const mark of marks(asset)) {
    seen += 1;
    const dictionary = await dictionaryAt(asset, mark.end);
    parsedBytes += dictionary.parsedBytes;
    if (parsedBytes > limits.pdfSearchedDictionaryBytes || seen > limits.pdfSearchedObjects) return tooLong();
    const { value } = dictionary;
    const type = value?.get('Type');
    const kind = type instanceof PdfName ? type.name : undefined;
    if (value?.has('Root') && (mark.number === undefined || kind === 'XRef')) trailer = value;
    if (mark.number === undefined) continue;
    if (kind === 'Catalog') catalog = new Map([['Root', new PdfReference(mark.number, 0)]]);
    objects.push({ number: mark.number, offset: mark.start, isObjectStream: kind === 'ObjStm' });
    mark.goOnAt = await behindStream(asset, dictionary, mark.end);
  }
  return { objects, trailer: trailer ?? catalog ?? new Map() };
}

const tooLong = () => throwPdfLimit('bound.pdfSearch', { sought: 'other' });

interface Mark {
  /** Object number; a trailer has none. */
  number?: number;
  start: number;
  end: number;
  /** Offset at which the search continues. */
  goOnAt: number;
}

async function* marks(asset: Asset): AsyncGenerator<Mark> {
  let from = 0;
  for (let base = 0; base < asset.bytes; ) {
    const window = await asset.read(base, WINDOW_BYTES);
    if (window.length === 0) return;
    const text = window.toString('latin1');
    const behind = base + window.length;
    const pattern = new RegExp(MARK);
    pattern.lastIndex = Math.max(0, from - base);
    for (let found = pattern.exec(text); found; found = from < behind ? pattern.exec(text) : null) {
      const [start, end] = [base + found.index, base + pattern.lastIndex];
      const mark: Mark = { start, end, goOnAt: end };
      if (found[1] !== undefined) mark.number = Number(found[1]);
      yield mark;
      from = mark.goOnAt;
      pattern.lastIndex = from - base;
    }
    base = Math.max(from, behind < asset.bytes ? behind - OVERLAP_BYTES : behind);
  }
}

interface FoundDictionary {
  value?: PdfDictionary;
  /** Offset of the stream's bytes, if the object is a stream. */
  streamAt?: number;
  parsedBytes: number;
}

async function dictionaryAt(asset: Asset, offset: number): Promise<FoundDictionary> {
  const source = new PdfParser(await asset.read(offset, DICTIONARY_BYTES));
  source.skipBlank();
  if (source.bytes.toString('latin1', source.at, source.at + 2) !== '<<') return { parsedBytes: source.at };
  try {
    const value = source.parseValue();
    const parsedBytes = source.at;
    if (!isDictionary(value) || !source.skipWord('stream'))
      return isDictionary(value) ? { value, parsedBytes } : { parsedBytes };
    const start = source.at + (source.bytes[source.at] === 13 ? 1 : 0);
    const streamAt = offset + start + (source.bytes[start] === 10 ? 1 : 0);
    return { value, parsedBytes, streamAt };
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    return { parsedBytes: source.at };
  }
}

async function behindStream(asset: Asset, found: FoundDictionary, head: number): Promise<number> {
  const length = found.value?.get('Length');
  if (found.streamAt === undefined || !isCount(length)) return head;
  const end = found.streamAt + length;
  return /^\s{0,2}endstream/.test((await asset.read(end, 11)).toString('latin1')) ? end : head;
}
