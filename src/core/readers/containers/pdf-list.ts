import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import type { PdfObjects, PdfStream } from './pdf-objects.js';
import type { PdfObjectLocator } from './pdf-references.js';
import {
  isCount,
  isDictionary,
  type PdfDictionary,
  PdfError,
  PdfName,
  PdfParser,
  PdfReference,
  PdfText,
  type PdfValue,
} from './pdf-values.js';
import { ByteWindow, bounded, malformed } from './walk.js';

/** Lists the objects of a PDF in sequence, regardless of what refers to each. */

/** Stream whose length was not checked yet. */
export interface ListedStream {
  number: number;
  dictionary: PdfDictionary;
  /** Offset of its bytes in the file. */
  offset: number;
}

/** File specification (ISO 32000-2, 7.11.3), or another dictionary with embedded bytes. */
export interface ListedFile {
  streams: readonly number[];
  name?: PdfText;
  relationship?: string;
}

export interface PdfList {
  streams: Map<number, ListedStream>;
  files: ListedFile[];
  /** Number of films and sounds stored in other files. */
  externalFiles: number;
  /** Streams that an update replaced or deleted. */
  replacedStreams: ListedStream[];
  fault?: WalkFault;
}

/**
 * Lists everything that may lead to a picture or a file, in one pass in file order. Unreadable objects are skipped, and
 * `fault` holds the first reason.
 */
export class PdfLister {
  readonly #window: ByteWindow;
  readonly #list: PdfList = { streams: new Map(), files: [], externalFiles: 0, replacedStreams: [] };
  #places: ReadonlyMap<number, PdfObjectLocator> = new Map();
  #parsedBytes = 0;
  #searchedBytes = 0;

  constructor(
    private readonly asset: Asset,
    private readonly objects: PdfObjects,
  ) {
    this.#window = new ByteWindow(asset);
  }

  async list(): Promise<PdfList> {
    const { places, replaced, fault } = await this.objects.listPlaces();
    this.#places = places;
    const standing: { number?: number; offset: number }[] = replaced;
    const containers = new Set<number>();
    for (const [number, place] of places) {
      if ('stream' in place) containers.add(place.stream);
      // Some writers give deleted objects the offset 0.
      else if (place.offset > 0) standing.push({ number, offset: place.offset });
    }
    for (const { number, offset } of standing.toSorted((a, b) => a.offset - b.offset)) {
      if (this.#parsedBytes > limits.pdfListedBytes) break;
      await this.#guarded(() => this.#take(offset, number));
    }
    // Assay does not decrypt, and these streams may hold files without a type of their own.
    if (this.objects.isEncrypted && containers.size > 0) this.#fails(bounded('pdf.encryptedParts'));
    else for (const container of containers) await this.#guarded(() => this.#takePacked(container));
    if (this.#parsedBytes > limits.pdfListedBytes)
      this.#fails(bounded('bound.bytes', { place: 'PDF', most: limits.pdfListedBytes }));
    if (fault) this.#fails(fault);
    return this.#list;
  }

  /** Records a fault. A malformed file outranks a limit, because it is then examined by another method. */
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
    // The space of a replaced object may have been overwritten since.
    if (number === undefined && head === undefined) return;
    if (head === undefined || (number !== undefined && head !== number))
      throw new PdfError(malformed('pdf.object', { what: 'other' }));
    if (isDictionary(value) && source.skipWord('stream')) {
      const start = source.at + (source.bytes[source.at] === 13 ? 1 : 0);
      const from = source.bytes[start] === 10 ? start + 1 : start;
      const stream = { number: head, dictionary: value, offset: offset + from };
      if (number === undefined) this.#list.replacedStreams.push(stream);
      else this.#list.streams.set(head, stream);
    }
    if (number !== undefined) await this.#look(value);
  }

  /**
   * Returns whether an object is neither a stream nor refers to a file. Most are not, and a word search shows that
   * faster than parsing. It does not apply to objects with a text or a comment, whose words are no keywords.
   */
  async #leadsNowhere(offset: number, number: number | undefined): Promise<boolean> {
    const text = (await this.#window.bytes(offset, WORDS_BYTES)).toString('latin1');
    const end = text.indexOf('endobj');
    const words = text.slice(0, Math.max(0, end));
    if (!/[\s>\]]$/.test(words) || /[(%#]|stream/.test(words) || LEADS_TO_FILES.test(words)) return false;
    this.#parsedBytes += words.length / WORDS_PER_VALUE;
    const head = /^\s{0,16}(\d{1,10})\s{1,4}\d{1,5}\s{1,4}obj/.exec(words)?.[1];
    return head !== undefined && (number === undefined || Number(head) === number);
  }

  async #takePacked(container: number): Promise<void> {
    const { source, starts } = await this.objects.readObjectStream(container);
    const ordered = [...starts].toSorted(([, a], [, b]) => a - b);
    for (const [index, [number, start]] of ordered.entries()) {
      const place = this.#places.get(number);
      if (place === undefined || !('stream' in place) || place.stream !== container) continue;
      const text = source.toString('latin1', start, ordered[index + 1]?.[1] ?? source.length);
      if (!LEADS_TO_FILES.test(text)) continue;
      if (this.#parsedBytes > limits.pdfListedBytes) return;
      this.#parsedBytes += text.length;
      await this.#guarded(async () => this.#look(new PdfParser(source, start).parseValue()));
    }
  }

  /** Reads on only if the object continues, because most objects are short but one may be as long as a part of the file. */
  async #parsed(offset: number): Promise<{ head?: number; value: PdfValue; source: PdfParser }> {
    for (const bytes of PIECES) {
      // The window's bytes are valid until the next call; texts are stored as strings.
      const source = new PdfParser(await this.#window.bytes(offset, bytes), 0, offset);
      const isLast = source.bytes.length < bytes || bytes === limits.pdfObjectBytes;
      try {
        const head = source.parseHead();
        const value = head === undefined ? null : source.parseValue();
        // The word after the value may be cut off too.
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

  /** Searches nested dictionaries too: a file attached to a page may be in its annotation. */
  async #look(value: PdfValue): Promise<void> {
    if (Array.isArray(value)) for (const one of value as readonly PdfValue[]) await this.#look(one);
    if (!isDictionary(value)) return;
    const embedded = await this.resolveValue(value.get('EF'));
    if (isDictionary(embedded)) await this.#file(value, embedded);
    else if (await this.#isElsewhere(value)) this.#list.externalFiles += 1;
    for (const one of value.values()) if (typeof one === 'object') await this.#look(one);
  }

  async #file(file: PdfDictionary, embedded: PdfDictionary): Promise<void> {
    const streams = [...embedded.values()].flatMap((one) =>
      one instanceof PdfReference ? [one.number] : [],
    );
    const relationship = await this.resolveValue(file.get('AFRelationship'));
    const name = [await this.resolveValue(file.get('UF')), await this.resolveValue(file.get('F'))].find(
      (one) => one instanceof PdfText,
    );
    this.#list.files.push({
      streams: [...new Set(streams)],
      ...(name instanceof PdfText ? { name } : {}),
      ...(relationship instanceof PdfName ? { relationship: relationship.name } : {}),
    });
  }

  /** Returns whether this is a film (13.4) or a rendition's media (13.2.4.2) in a file that is not embedded. */
  async #isElsewhere(dictionary: PdfDictionary): Promise<boolean> {
    const [kind, subtype] = [dictionary.get('S'), dictionary.get('Subtype')];
    const isClip = kind instanceof PdfName && kind.name === 'MCD';
    const isFilm = subtype instanceof PdfName && subtype.name === 'Movie';
    if (!isClip && !isFilm) return false;
    const film = isFilm ? await this.resolveValue(dictionary.get('Movie')) : undefined;
    const data = await this.resolveValue(
      isClip ? dictionary.get('D') : isDictionary(film) ? film.get('F') : undefined,
    );
    return (
      data instanceof PdfText || (isDictionary(data) && !data.has('EF') && (data.has('F') || data.has('UF')))
    );
  }

  /** Returns the value itself, or the one to which its reference leads. */
  async resolveValue(of: PdfValue | undefined): Promise<PdfValue> {
    if (!(of instanceof PdfReference)) return of ?? null;
    const place = this.#places.get(of.number);
    if (place === undefined) return null;
    try {
      if ('stream' in place) {
        const { source, starts } = await this.objects.readObjectStream(place.stream);
        const start = starts.get(of.number);
        return start === undefined ? null : new PdfParser(source, start).parseValue();
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
    const source = new PdfParser(await this.asset.read(offset, SEPARATE_BYTES), 0, offset);
    const head = source.parseHead();
    const value = head === undefined ? null : source.parseValue();
    this.#parsedBytes += source.at;
    return head === undefined ? { value } : { head, value };
  }

  /** Returns the stream with its end: as stated if `endstream` follows there, else at the next `endstream`. */
  async findStreamEnd({ dictionary, offset }: ListedStream): Promise<PdfStream & { fault?: WalkFault }> {
    const length = await this.resolveValue(dictionary.get('Length'));
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

  /** Excludes the line end before `endstream`, which is not part of the stream. */
  async #withoutLineEnd(offset: number, end: number): Promise<number> {
    const bytes = end - offset;
    const last = (await this.asset.read(Math.max(offset, end - 2), Math.min(2, bytes))).toString('latin1');
    return bytes - (/(?:\r\n|\n|\r)$/.exec(last)?.[0].length ?? 0);
  }
}

const WORDS_BYTES = 2 * 1024;
/** Characters searched for words at the cost of parsing one byte. */
const WORDS_PER_VALUE = 16;
const PIECES = [2 * 1024, 16 * 1024, limits.pdfObjectBytes];
const SEPARATE_BYTES = 16 * 1024;
const SEARCHED_BYTES = 256 * 1024;
const END = Buffer.from('endstream');
/** Words that lead to files. `#` is included because a name may contain escaped letters. */
const LEADS_TO_FILES = /\/(?:EF|MCD|Movie)(?![A-Za-z\d])|#/;
