import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { decodeStream } from './pdf-filters.js';
import {
  createStreamSection,
  createTableSection,
  failTooManyRuns,
  type PdfObjectLocator,
  type PdfRow,
  type PdfSection,
  readTableRuns,
} from './pdf-references.js';
import { searchPdf } from './pdf-search.js';
import {
  isCount,
  isDictionary,
  type PdfDictionary,
  PdfError,
  PdfParser,
  PdfReference,
  type PdfValue,
  throwMalformedPdf,
  throwPdfLimit,
} from './pdf-values.js';
import { ByteWindow, bounded, cachePerAsset } from './walk.js';

/** Stream dictionary and the byte span of its filtered bytes in the file. */
export interface PdfStream {
  dictionary: PdfDictionary;
  offset: number;
  bytes: number;
}

interface PdfObject {
  value: PdfValue;
  stream?: PdfStream;
}

export interface PdfObjectIndex {
  places: Map<number, PdfObjectLocator>;
  /** Unpacked objects that were replaced or deleted since. */
  replaced: { offset: number }[];
  fault?: WalkFault;
}

/** Decoded object stream with the offset of each object in it. */
interface Packed {
  source: Buffer;
  starts: Map<number, number>;
}

async function* rowsOf(places: ReadonlyMap<number, PdfObjectLocator>): AsyncGenerator<PdfRow> {
  yield* places;
}

const isSame = (a: PdfObjectLocator, b: PdfObjectLocator | 'free' | undefined): boolean =>
  typeof b === 'object' &&
  ('offset' in a
    ? 'offset' in b && a.offset === b.offset
    : 'stream' in b && a.stream === b.stream && a.index === b.index);

const NOTHING: PdfObject = { value: null };
/** Readers search for the pointer to the cross-references within this distance from the end. */
const END_BYTES = 1_024;
const SHORT_BYTES = 16 * 1024;
const MAX_FAILED = 8;

/**
 * Looks up single objects of a PDF and reads only those that are requested. Counts every step, so that circular
 * references end. Throws `PdfError`.
 */
export class PdfObjects {
  readonly #asset: Asset;
  readonly #window: ByteWindow;
  /** Newest section first. */
  #sections: PdfSection[] = [];
  #steps = 0;
  #nesting = 0;
  #runs = 0;
  #unpackedBytes = 0;
  #packedObjects = 0;
  #packed = new Map<number, Packed | PdfError>();

  private constructor(asset: Asset) {
    this.#asset = asset;
    this.#window = new ByteWindow(asset);
  }

  static async open(asset: Asset): Promise<PdfObjects> {
    const objects = new PdfObjects(asset);
    await objects.#readSections();
    return objects;
  }

  /** Opens a PDF without cross-references, by the heads of its objects. */
  static async search(asset: Asset): Promise<PdfObjects> {
    const objects = new PdfObjects(asset);
    const { objects: found, trailer } = await cachePerAsset(asset, 'pdf-search', () => searchPdf(asset));
    const places = new Map<number, PdfObjectLocator>(found.map(({ number, offset }) => [number, { offset }]));
    const find = async (number: number) => places.get(number);
    objects.#sections = [{ trailer, runs: 0, find, rows: () => rowsOf(places) }];
    const newest = new Map(places);
    for (const { number, offset, isObjectStream: isPacked } of found) {
      newest.set(number, { offset });
      if (!isPacked) continue;
      const packed = await objects.#unpack(number);
      objects.#packed.set(number, packed);
      for (const inside of packed.starts.keys()) newest.set(inside, { stream: number, index: 0 });
    }
    objects.#sections = [
      { trailer, runs: 0, find: async (number) => newest.get(number), rows: () => rowsOf(newest) },
    ];
    return objects;
  }

  /** Returns the trailer of the newest section, which applies to the whole file. */
  get trailer(): PdfDictionary {
    return this.#sections[0]?.trailer ?? new Map();
  }

  /** Returns whether streams, including object streams, may be encrypted. Assay does not decrypt. */
  get isEncrypted(): boolean {
    return this.trailer.has('Encrypt');
  }

  /** Returns the newest place of each object in the cross-references and the older, replaced ones, up to a limit. */
  async listPlaces(): Promise<PdfObjectIndex> {
    const known = new Map<number, PdfObjectLocator | 'free'>();
    const found: PdfObjectIndex = { places: new Map(), replaced: [] };
    let rows = 0;
    for (const section of this.#sections)
      for await (const [number, place] of section.rows()) {
        rows += 1;
        if (rows > limits.pdfListedObjects)
          return {
            ...found,
            fault: bounded('bound.entries', { place: 'PDF', most: limits.pdfListedObjects }),
          };
        if (place === undefined) continue;
        const newer = known.get(number);
        if (newer === undefined) {
          known.set(number, place);
          if (place !== 'free') found.places.set(number, place);
        } else if (place !== 'free' && 'offset' in place && !isSame(place, newer)) found.replaced.push(place);
      }
    return found;
  }

  /** Returns the objects of an object stream: its bytes and the offset of each object. */
  async readObjectStream(container: number): Promise<Packed> {
    const known = this.#packed.get(container);
    if (known instanceof PdfError) throw known;
    if (known) return known;
    try {
      const packed = await this.#unpack(container);
      this.#packed.set(container, packed);
      return packed;
    } catch (error) {
      // A failed attempt costs as much, so it is not repeated, and few failures are allowed.
      if (error instanceof PdfError) this.#packed.set(container, error);
      this.#unpackedBytes += limits.pdfUnpackedBytes / MAX_FAILED;
      throw error;
    }
  }

  /** Returns how many updates were made after this object; `undefined` if no section lists it. */
  async findAge(of: PdfReference): Promise<number | undefined> {
    for (const [age, section] of this.#sections.entries()) {
      this.#step();
      const place = await section.find(of.number);
      if (place !== undefined) return place === 'free' ? undefined : age;
    }
    return undefined;
  }

  /** Returns the number of cross-reference sections: at most one for each time the file was written. */
  get sections(): number {
    return this.#sections.length;
  }

  /**
   * Calls `use` with the state of the file before its last `sections` sections. Its lookups count against the same
   * limits.
   */
  async withOlderVersion<T>(sections: number, use: (older: PdfObjects) => Promise<T>): Promise<T> {
    const [all, packed] = [this.#sections, this.#packed];
    this.#sections = all.slice(sections);
    this.#packed = new Map();
    try {
      return await use(this);
    } finally {
      this.#sections = all;
      this.#packed = packed;
    }
  }

  /** Resolves a value through any number of references. */
  async value(of: PdfValue | undefined): Promise<PdfValue> {
    return (await this.#object(of)).value;
  }

  async dictionary(of: PdfValue | undefined): Promise<PdfDictionary | undefined> {
    const value = await this.value(of);
    return isDictionary(value) ? value : undefined;
  }

  async stream(of: PdfValue | undefined): Promise<PdfStream | undefined> {
    return (await this.#object(of)).stream;
  }

  async unpacked({ dictionary, offset, bytes }: PdfStream, mostBytes: number): Promise<Buffer> {
    if (bytes > mostBytes) throwPdfLimit('bound.bytes', { place: 'PDF', most: mostBytes });
    return decodeStream(await this.#asset.read(offset, bytes), dictionary, mostBytes);
  }

  async #object(of: PdfValue | undefined): Promise<PdfObject> {
    let object: PdfObject = { value: of ?? null };
    while (object.value instanceof PdfReference) {
      this.#step();
      const { number } = object.value;
      const place = await this.#placeOf(number);
      object =
        place === undefined
          ? NOTHING
          : 'offset' in place
            ? await this.#at(place.offset, number)
            : await this.#inStream(place.stream, number);
    }
    return object;
  }

  #step(): void {
    this.#steps += 1;
    if (this.#steps > limits.pdfSteps)
      throwPdfLimit('bound.entries', { place: 'PDF', most: limits.pdfSteps });
  }

  async #placeOf(number: number): Promise<PdfObjectLocator | undefined> {
    for (const section of this.#sections) {
      const place = await section.find(number);
      if (place === 'free') return undefined;
      if (place !== undefined) return place;
    }
    return undefined;
  }

  /** Reads an indirect object at an offset; `number` is the expected number in its head. */
  async #at(offset: number, number?: number): Promise<PdfObject> {
    const { head, value, source } = await this.#parsed(offset);
    if (head === undefined || (number !== undefined && head !== number))
      return throwMalformedPdf('pdf.object', { what: 'other' });
    if (!isDictionary(value) || !source.skipWord('stream')) return { value };
    const start = source.at + (source.bytes[source.at] === 13 ? 1 : 0);
    const from = source.bytes[start] === 10 ? start + 1 : start;
    const bytes = await this.#lengthOf(value);
    if (!isCount(bytes)) return throwMalformedPdf('pdf.stream', { what: 'noLength' });
    const end = (await this.#asset.read(offset + from + bytes, 11)).toString('latin1');
    if (!/^\s{0,2}endstream/.test(end)) return throwMalformedPdf('pdf.stream', { what: 'length' });
    return { value, stream: { dictionary: value, offset: offset + from, bytes } };
  }

  /** Reads up to the maximum length only if the object continues, because most objects are short. */
  async #parsed(offset: number): Promise<{ head?: number; value: PdfValue; source: PdfParser }> {
    for (const bytes of [SHORT_BYTES, limits.pdfObjectBytes]) {
      const source = new PdfParser(await this.#asset.read(offset, bytes), 0, offset);
      try {
        const head = source.parseHead();
        return head === undefined ? { value: null, source } : { head, value: source.parseValue(), source };
      } catch (error) {
        const goesOn = bytes === SHORT_BYTES && source.bytes.length === bytes;
        if (!(error instanceof PdfError) || !goesOn) throw error;
      }
    }
    return throwMalformedPdf('pdf.object', { what: 'other' });
  }

  async #lengthOf(dictionary: PdfDictionary): Promise<PdfValue> {
    if (this.#nesting >= limits.pdfNesting) return throwPdfLimit('bound.values', { place: 'PDF' });
    this.#nesting += 1;
    const length = await this.value(dictionary.get('Length'));
    this.#nesting -= 1;
    return length;
  }

  /** Reads from an object stream: numbers and offsets of the objects first, then the objects (ISO 32000-2, 7.5.7). */
  async #inStream(container: number, number: number): Promise<PdfObject> {
    const known = await this.readObjectStream(container);
    const start = known.starts.get(number);
    return start === undefined ? NOTHING : { value: new PdfParser(known.source, start).parseValue() };
  }

  async #unpack(container: number): Promise<Packed> {
    const place = await this.#placeOf(container);
    // An object stream cannot be inside another.
    const { stream } =
      place !== undefined && 'offset' in place ? await this.#at(place.offset, container) : NOTHING;
    const [count, first] = [stream?.dictionary.get('N'), stream?.dictionary.get('First')];
    if (!stream || !isCount(count) || !isCount(first))
      return throwMalformedPdf('pdf.object', { what: 'stream' });
    this.#packedObjects += count;
    if (this.#packedObjects > limits.pdfPackedObjects)
      return throwPdfLimit('bound.entries', { place: 'PDF', most: limits.pdfPackedObjects });
    const source = await this.#counted(stream);
    const index = new PdfParser(source.subarray(0, first));
    const starts = new Map<number, number>();
    for (let i = 0; i < count; i++) {
      const [number, start] = [index.parseCount(), index.parseCount()];
      if (number === undefined || start === undefined)
        return throwMalformedPdf('pdf.object', { what: 'stream' });
      starts.set(number, first + start);
    }
    return { source, starts };
  }

  /** Charges all decoding for lookups against one limit. */
  async #counted(stream: PdfStream): Promise<Buffer> {
    const bytes = await this.unpacked(stream, Math.max(0, limits.pdfUnpackedBytes - this.#unpackedBytes));
    this.#unpackedBytes += bytes.length;
    return bytes;
  }

  async #readSections(): Promise<void> {
    const end = await this.#asset.read(Math.max(0, this.#asset.bytes - END_BYTES), END_BYTES);
    const text = end.toString('latin1');
    const pointer = /^startxref\s{1,4}(\d{1,15})/.exec(
      text.slice(Math.max(0, text.lastIndexOf('startxref'))),
    );
    if (!pointer) return throwMalformedPdf('pdf.references', { what: 'start' });
    const seen = new Set<number>();
    const ahead: (PdfValue | undefined)[] = [Number(pointer[1])];
    while (ahead.length > 0) {
      const at = ahead.shift();
      if (!isCount(at) || seen.has(at)) continue;
      seen.add(at);
      if (seen.size > limits.pdfSections)
        return throwPdfLimit('bound.entries', { place: 'PDF', most: limits.pdfSections });
      const section = await this.#section(at);
      this.#sections.push(section);
      this.#runs += section.runs;
      if (this.#runs > limits.pdfReferenceRuns) return failTooManyRuns();
      // A table may refer to a stream with the entries that it cannot express; that stream precedes older sections.
      ahead.push(section.trailer.get('XRefStm'), section.trailer.get('Prev'));
    }
  }

  async #section(at: number): Promise<PdfSection> {
    const head = new PdfParser(await this.#asset.read(at, 64));
    if (!head.skipWord('xref')) {
      const { stream } = await this.#at(at);
      if (!stream) return throwMalformedPdf('pdf.references', { what: 'other' });
      return createStreamSection(await this.#counted(stream), stream.dictionary);
    }
    const { runs, trailerAt } = await readTableRuns(this.#window, at + head.at);
    const trailer = new PdfParser(await this.#asset.read(trailerAt, limits.pdfObjectBytes)).parseValue();
    if (!isDictionary(trailer)) return throwMalformedPdf('pdf.references', { what: 'other' });
    return createTableSection(this.#window, runs, trailer);
  }
}
