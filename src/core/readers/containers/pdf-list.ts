import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import type { PdfObjects, PdfStream } from './pdf-objects.js';
import type { PdfPlace } from './pdf-references.js';
import {
  isCount,
  isDictionary,
  type PdfDictionary,
  PdfError,
  PdfName,
  PdfReference,
  PdfSource,
  PdfText,
  type PdfValue,
} from './pdf-values.js';
import { ByteWindow, bounded, malformed } from './walk.js';

/** Objects of a PDF one after the other, as they stand: what leads to each is not asked. */

/** A stream whose length is not looked at yet. */
export interface ListedStream {
  number: number;
  dictionary: PdfDictionary;
  /** Of its bytes, from the start of the file. */
  offset: number;
}

/** A file specification (ISO 32000-2, 7.11.3) or another dictionary with bytes of its own in the file. */
export interface ListedFile {
  streams: readonly number[];
  name?: PdfText;
  relationship?: string;
}

export interface PdfList {
  streams: Map<number, ListedStream>;
  files: ListedFile[];
  /** Films and sounds that stand in other files. */
  outside: number;
  /** Streams that an update replaced or deleted. */
  older: ListedStream[];
  fault?: WalkFault;
}

/**
 * Everything that may lead to a picture or a file, in one pass in the order of the file. What cannot be read is stepped
 * over, and the first reason stands in `fault`.
 */
export class PdfLister {
  readonly #window: ByteWindow;
  readonly #list: PdfList = { streams: new Map(), files: [], outside: 0, older: [] };
  #places: ReadonlyMap<number, PdfPlace> = new Map();
  #parsedBytes = 0;
  #searchedBytes = 0;

  constructor(
    private readonly asset: Asset,
    private readonly objects: PdfObjects,
  ) {
    this.#window = new ByteWindow(asset);
  }

  async list(): Promise<PdfList> {
    const { places, replaced, fault } = await this.objects.places();
    this.#places = places;
    const standing: { number?: number; offset: number }[] = replaced;
    const containers = new Set<number>();
    for (const [number, place] of places) {
      if ('stream' in place) containers.add(place.stream);
      // Writers that know no better name the very start for what is not there.
      else if (place.offset > 0) standing.push({ number, offset: place.offset });
    }
    for (const { number, offset } of standing.toSorted((a, b) => a.offset - b.offset)) {
      if (this.#parsedBytes > limits.pdfListedBytes) break;
      await this.#guarded(() => this.#take(offset, number));
    }
    // Nothing here decrypts, and what stands in these may be files without a type of their own.
    if (this.objects.isEncrypted && containers.size > 0) this.#fails(bounded('pdf.encryptedParts'));
    else for (const container of containers) await this.#guarded(() => this.#takePacked(container));
    if (this.#parsedBytes > limits.pdfListedBytes)
      this.#fails(bounded('bound.pdfListed', { most: limits.pdfListedBytes }));
    if (fault) this.#fails(fault);
    return this.#list;
  }

  /** A bound of ours says less than what is wrong with the file, which is looked at in another way then. */
  #fails(fault: WalkFault): void {
    if (this.#list.fault === undefined || (this.#list.fault.kind === 'bounded' && fault.kind === 'malformed'))
      this.#list.fault = fault;
  }

  async #guarded(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof PdfError)) throw error;
      this.#fails(error.fault);
    }
  }

  async #take(offset: number, number: number | undefined): Promise<void> {
    if (await this.#leadsNowhere(offset, number)) return;
    const { head, value, source } = await this.#parsed(offset);
    // Where an older one stood the file may have been written over since.
    if (number === undefined && head === undefined) return;
    if (head === undefined || (number !== undefined && head !== number))
      throw new PdfError(malformed('pdf.object', { what: 'other' }));
    if (isDictionary(value) && source.takes('stream')) {
      const start = source.at + (source.bytes[source.at] === 13 ? 1 : 0);
      const from = source.bytes[start] === 10 ? start + 1 : start;
      const stream = { number: head, dictionary: value, offset: offset + from };
      if (number === undefined) this.#list.older.push(stream);
      else this.#list.streams.set(head, stream);
    }
    if (number !== undefined) await this.#look(value);
  }

  /**
   * Most objects are no streams and name no file, which their words tell sooner than their values. Not of those with a text
   * or a comment: words in these are none.
   */
  async #leadsNowhere(offset: number, number: number | undefined): Promise<boolean> {
    const text = (await this.#window.bytes(offset, WORDS_BYTES)).toString('latin1');
    const end = text.indexOf('endobj');
    const words = text.slice(0, Math.max(0, end));
    if (!/[\s>\]]$/.test(words) || /[(%#]|stream/.test(words) || LEADS_TO_FILES.test(words)) return false;
    this.#parsedBytes += words.length / WORDS_A_VALUE;
    const head = /^\s{0,16}(\d{1,10})\s{1,4}\d{1,5}\s{1,4}obj/.exec(words)?.[1];
    return head !== undefined && (number === undefined || Number(head) === number);
  }

  async #takePacked(container: number): Promise<void> {
    const { source, starts } = await this.objects.packedIn(container);
    const ordered = [...starts].toSorted(([, a], [, b]) => a - b);
    for (const [index, [number, start]] of ordered.entries()) {
      const place = this.#places.get(number);
      if (place === undefined || !('stream' in place) || place.stream !== container) continue;
      const text = source.toString('latin1', start, ordered[index + 1]?.[1] ?? source.length);
      if (!LEADS_TO_FILES.test(text)) continue;
      if (this.#parsedBytes > limits.pdfListedBytes) return;
      this.#parsedBytes += text.length;
      await this.#guarded(async () => this.#look(new PdfSource(source, start).value()));
    }
  }

  /** Most objects are short, and one may be as long as a part of the file: it is read on only where it goes on. */
  async #parsed(offset: number): Promise<{ head?: number; value: PdfValue; source: PdfSource }> {
    for (const bytes of PIECES) {
      // The window's bytes hold until the next call, and texts are kept as strings.
      const source = new PdfSource(await this.#window.bytes(offset, bytes), 0, offset);
      const isLast = source.bytes.length < bytes || bytes === limits.pdfObjectBytes;
      try {
        const head = source.head();
        const value = head === undefined ? null : source.value();
        // The word behind it may be cut off too.
        if (!isLast && source.at + 32 > source.bytes.length) continue;
        return head === undefined ? { value, source } : { head, value, source };
      } catch (error) {
        if (!(error instanceof PdfError) || isLast) throw error;
      } finally {
        this.#parsedBytes += source.at;
      }
    }
    throw new PdfError(malformed('pdf.object', { what: 'other' }));
  }

  /** Dictionaries within dictionaries too: a file that is attached to a page may stand in its annotation. */
  async #look(value: PdfValue): Promise<void> {
    if (Array.isArray(value)) for (const one of value as readonly PdfValue[]) await this.#look(one);
    if (!isDictionary(value)) return;
    const embedded = await this.value(value.get('EF'));
    if (isDictionary(embedded)) await this.#file(value, embedded);
    else if (await this.#isElsewhere(value)) this.#list.outside += 1;
    for (const one of value.values()) if (typeof one === 'object') await this.#look(one);
  }

  async #file(file: PdfDictionary, embedded: PdfDictionary): Promise<void> {
    const streams = [...embedded.values()].flatMap((one) =>
      one instanceof PdfReference ? [one.number] : [],
    );
    const relationship = await this.value(file.get('AFRelationship'));
    const name = [await this.value(file.get('UF')), await this.value(file.get('F'))].find(
      (one) => one instanceof PdfText,
    );
    this.#list.files.push({
      streams: [...new Set(streams)],
      ...(name instanceof PdfText ? { name } : {}),
      ...(relationship instanceof PdfName ? { relationship: relationship.name } : {}),
    });
  }

  /** A film (13.4) or what a rendition plays (13.2.4.2), of a file that is not embedded. */
  async #isElsewhere(dictionary: PdfDictionary): Promise<boolean> {
    const [kind, subtype] = [dictionary.get('S'), dictionary.get('Subtype')];
    const isClip = kind instanceof PdfName && kind.name === 'MCD';
    const isFilm = subtype instanceof PdfName && subtype.name === 'Movie';
    if (!isClip && !isFilm) return false;
    const film = isFilm ? await this.value(dictionary.get('Movie')) : undefined;
    const data = await this.value(
      isClip ? dictionary.get('D') : isDictionary(film) ? film.get('F') : undefined,
    );
    return (
      data instanceof PdfText || (isDictionary(data) && !data.has('EF') && (data.has('F') || data.has('UF')))
    );
  }

  /** What stands there, or what the one reference leads to that may stand in its place. */
  async value(of: PdfValue | undefined): Promise<PdfValue> {
    if (!(of instanceof PdfReference)) return of ?? null;
    const place = this.#places.get(of.number);
    if (place === undefined) return null;
    try {
      if ('stream' in place) {
        const { source, starts } = await this.objects.packedIn(place.stream);
        const start = starts.get(of.number);
        return start === undefined ? null : new PdfSource(source, start).value();
      }
      const { head, value } = await this.#parsedApart(place.offset);
      return head === of.number ? value : null;
    } catch (error) {
      if (!(error instanceof PdfError)) throw error;
      this.#fails(error.fault);
      return null;
    }
  }

  async #parsedApart(offset: number): Promise<{ head?: number; value: PdfValue }> {
    if (this.#parsedBytes > limits.pdfListedBytes) return { value: null };
    const source = new PdfSource(await this.asset.read(offset, APART_BYTES), 0, offset);
    const head = source.head();
    const value = head === undefined ? null : source.value();
    this.#parsedBytes += source.at;
    return head === undefined ? { value } : { head, value };
  }

  /** Where its bytes end: by its own word where `endstream` bears it out, else by the next `endstream`. */
  async ended({ dictionary, offset }: ListedStream): Promise<PdfStream & { fault?: WalkFault }> {
    const length = await this.value(dictionary.get('Length'));
    if (isCount(length) && offset + length <= this.asset.bytes) {
      const behind = (await this.asset.read(offset + length, 11)).toString('latin1');
      if (/^\s{0,2}endstream/.test(behind)) return { dictionary, offset, bytes: length };
    }
    for (let at = offset; at < this.asset.bytes; at += SEARCHED_BYTES - END.length) {
      this.#searchedBytes += SEARCHED_BYTES;
      if (this.#searchedBytes > limits.pdfEndSearchBytes) break;
      const found = (await this.asset.read(at, SEARCHED_BYTES)).indexOf(END);
      if (found >= 0) return { dictionary, offset, bytes: await this.#withoutLineEnd(offset, at + found) };
    }
    const fault = malformed('pdf.stream', { what: isCount(length) ? 'length' : 'noLength' });
    return { dictionary, offset, bytes: this.asset.bytes - offset, fault };
  }

  /** The line end before `endstream` is none of the stream’s bytes. */
  async #withoutLineEnd(offset: number, end: number): Promise<number> {
    const bytes = end - offset;
    const last = (await this.asset.read(Math.max(offset, end - 2), Math.min(2, bytes))).toString('latin1');
    return bytes - (/(?:\r\n|\n|\r)$/.exec(last)?.[0].length ?? 0);
  }
}

const WORDS_BYTES = 2 * 1024;
/** So much sooner. */
const WORDS_A_VALUE = 16;
const PIECES = [2 * 1024, 16 * 1024, limits.pdfObjectBytes];
const APART_BYTES = 16 * 1024;
const SEARCHED_BYTES = 256 * 1024;
const END = Buffer.from('endstream');
/** A name may be written with its letters’ numbers. */
const LEADS_TO_FILES = /\/(?:EF|MCD|Movie)(?![A-Za-z\d])|#/;
