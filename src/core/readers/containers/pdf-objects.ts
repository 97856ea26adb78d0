import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { unfiltered } from './pdf-filters.js';
import {
  type PdfPlace,
  type PdfRow,
  type PdfSection,
  streamSection,
  tableRuns,
  tableSection,
  tooManyRuns,
} from './pdf-references.js';
import { searchPdf } from './pdf-search.js';
import {
  isCount,
  isDictionary,
  type PdfDictionary,
  PdfError,
  PdfReference,
  PdfSource,
  type PdfValue,
  pdfExceeds,
  pdfFails,
} from './pdf-values.js';
import { ByteWindow, bounded, once } from './walk.js';

/** A stream's dictionary and where its bytes stand in the file, still filtered. */
export interface PdfStream {
  dictionary: PdfDictionary;
  offset: number;
  bytes: number;
}

interface PdfObject {
  value: PdfValue;
  stream?: PdfStream;
}

export interface PdfPlaces {
  places: Map<number, PdfPlace>;
  /** Of objects that stand in the file themselves and were replaced or deleted since. */
  replaced: { offset: number }[];
  fault?: WalkFault;
}

/** A stream of objects, unpacked, and where each of them begins in it. */
interface Packed {
  source: Buffer;
  starts: Map<number, number>;
}

async function* rowsOf(places: ReadonlyMap<number, PdfPlace>): AsyncGenerator<PdfRow> {
  yield* places;
}

const isSame = (a: PdfPlace, b: PdfPlace | 'free' | undefined): boolean =>
  typeof b === 'object' &&
  ('offset' in a
    ? 'offset' in b && a.offset === b.offset
    : 'stream' in b && a.stream === b.stream && a.index === b.index);

const NOTHING: PdfObject = { value: null };
/** Readers look for the pointer to the cross-references so far from the end. */
const END_BYTES = 1_024;
const SHORT_BYTES = 16 * 1024;
const MOST_FAILED = 8;

/**
 * The objects of a PDF, looked up one by one: only those are read that are asked for. Every step is counted, so that
 * references that go in circles come to an end. Throws PdfError.
 */
export class PdfObjects {
  readonly #asset: Asset;
  readonly #window: ByteWindow;
  /** The newest first. */
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

  /** The same without any cross-references: by the heads of the objects themselves. */
  static async search(asset: Asset): Promise<PdfObjects> {
    const objects = new PdfObjects(asset);
    const { objects: found, trailer } = await once(asset, 'pdf-search', () => searchPdf(asset));
    const places = new Map<number, PdfPlace>(found.map(({ number, offset }) => [number, { offset }]));
    const find = async (number: number) => places.get(number);
    objects.#sections = [{ trailer, runs: 0, find, rows: () => rowsOf(places) }];
    const newest = new Map(places);
    for (const { number, offset, isPacked } of found) {
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

  /** Of the newest section: what holds for the whole file. */
  get trailer(): PdfDictionary {
    return this.#sections[0]?.trailer ?? new Map();
  }

  /** Streams, those of objects among them, may then be encrypted; nothing here decrypts any. */
  get isEncrypted(): boolean {
    return this.trailer.has('Encrypt');
  }

  /**
   * Where each object stands that the file says it has, the newest of each number, and how many older ones stand behind
   * those; up to a bound.
   */
  async places(): Promise<PdfPlaces> {
    const known = new Map<number, PdfPlace | 'free'>();
    const found: PdfPlaces = { places: new Map(), replaced: [] };
    let rows = 0;
    for (const section of this.#sections)
      for await (const [number, place] of section.rows()) {
        rows += 1;
        if (rows > limits.pdfListedObjects)
          return { ...found, fault: bounded('bound.pdfObjects', { most: limits.pdfListedObjects }) };
        if (place === undefined) continue;
        const newer = known.get(number);
        if (newer === undefined) {
          known.set(number, place);
          if (place !== 'free') found.places.set(number, place);
        } else if (place !== 'free' && 'offset' in place && !isSame(place, newer)) found.replaced.push(place);
      }
    return found;
  }

  /** Those that stand in a stream of objects: its bytes, and where in them each begins. */
  async packedIn(container: number): Promise<Packed> {
    const known = this.#packed.get(container);
    if (known instanceof PdfError) throw known;
    if (known) return known;
    try {
      const packed = await this.#unpack(container);
      this.#packed.set(container, packed);
      return packed;
    } catch (error) {
      // One that cannot be read has cost no less: it is not tried again, and few such are tried at all.
      if (error instanceof PdfError) this.#packed.set(container, error);
      this.#unpackedBytes += limits.pdfUnpackedBytes / MOST_FAILED;
      throw error;
    }
  }

  /** How many times the file was written to since this object was; undefined where it stands in none. */
  async age(of: PdfReference): Promise<number | undefined> {
    for (const [age, section] of this.#sections.entries()) {
      this.#step();
      const place = await section.find(of.number);
      if (place !== undefined) return place === 'free' ? undefined : age;
    }
    return undefined;
  }

  /** How many sections of cross-references there are: at most one for every time that the file was written to. */
  get sections(): number {
    return this.#sections.length;
  }

  /** The same file as it was before its last so many sections. What is looked up there counts as looked up here. */
  async before<T>(sections: number, use: (older: PdfObjects) => Promise<T>): Promise<T> {
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

  /** The value itself, however many references lead to it. */
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
    if (bytes > mostBytes) pdfExceeds('bound.pdfStream', { how: 'other', most: mostBytes });
    return unfiltered(await this.#asset.read(offset, bytes), dictionary, mostBytes);
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
    if (this.#steps > limits.pdfSteps) pdfExceeds('bound.pdfObjects', { most: limits.pdfSteps });
  }

  async #placeOf(number: number): Promise<PdfPlace | undefined> {
    for (const section of this.#sections) {
      const place = await section.find(number);
      if (place === 'free') return undefined;
      if (place !== undefined) return place;
    }
    return undefined;
  }

  /** An indirect object in the file; `number` is what it must call itself. */
  async #at(offset: number, number?: number): Promise<PdfObject> {
    const { head, value, source } = await this.#parsed(offset);
    if (head === undefined || (number !== undefined && head !== number))
      return pdfFails('pdf.object', { what: 'other' });
    if (!isDictionary(value) || !source.takes('stream')) return { value };
    const start = source.at + (source.bytes[source.at] === 13 ? 1 : 0);
    const from = source.bytes[start] === 10 ? start + 1 : start;
    const bytes = await this.#lengthOf(value);
    if (!isCount(bytes)) return pdfFails('pdf.stream', { what: 'noLength' });
    const end = (await this.#asset.read(offset + from + bytes, 11)).toString('latin1');
    if (!/^\s{0,2}endstream/.test(end)) return pdfFails('pdf.stream', { what: 'length' });
    return { value, stream: { dictionary: value, offset: offset + from, bytes } };
  }

  /** Most objects are short: the bound on the longest is read only where one goes on behind that. */
  async #parsed(offset: number): Promise<{ head?: number; value: PdfValue; source: PdfSource }> {
    for (const bytes of [SHORT_BYTES, limits.pdfObjectBytes]) {
      const source = new PdfSource(await this.#asset.read(offset, bytes), 0, offset);
      try {
        const head = source.head();
        return head === undefined ? { value: null, source } : { head, value: source.value(), source };
      } catch (error) {
        const goesOn = bytes === SHORT_BYTES && source.bytes.length === bytes;
        if (!(error instanceof PdfError) || !goesOn) throw error;
      }
    }
    return pdfFails('pdf.object', { what: 'other' });
  }

  async #lengthOf(dictionary: PdfDictionary): Promise<PdfValue> {
    if (this.#nesting >= limits.pdfNesting) return pdfExceeds('bound.pdfNesting');
    this.#nesting += 1;
    const length = await this.value(dictionary.get('Length'));
    this.#nesting -= 1;
    return length;
  }

  /** ISO 32000-2, 7.5.7: numbers and places of the objects first, then the objects. */
  async #inStream(container: number, number: number): Promise<PdfObject> {
    const known = await this.packedIn(container);
    const start = known.starts.get(number);
    return start === undefined ? NOTHING : { value: new PdfSource(known.source, start).value() };
  }

  async #unpack(container: number): Promise<Packed> {
    const place = await this.#placeOf(container);
    // One stream of objects does not stand in another.
    const { stream } =
      place !== undefined && 'offset' in place ? await this.#at(place.offset, container) : NOTHING;
    const [count, first] = [stream?.dictionary.get('N'), stream?.dictionary.get('First')];
    if (!stream || !isCount(count) || !isCount(first)) return pdfFails('pdf.object', { what: 'stream' });
    this.#packedObjects += count;
    if (this.#packedObjects > limits.pdfPackedObjects)
      return pdfExceeds('bound.pdfPacked', { most: limits.pdfPackedObjects });
    const source = await this.#counted(stream);
    const index = new PdfSource(source.subarray(0, first));
    const starts = new Map<number, number>();
    for (let i = 0; i < count; i++) {
      const [number, start] = [index.count(), index.count()];
      if (number === undefined || start === undefined) return pdfFails('pdf.object', { what: 'stream' });
      starts.set(number, first + start);
    }
    return { source, starts };
  }

  /** All that is unpacked for the way there, together. */
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
    if (!pointer) return pdfFails('pdf.references', { what: 'start' });
    const seen = new Set<number>();
    const ahead: (PdfValue | undefined)[] = [Number(pointer[1])];
    while (ahead.length > 0) {
      const at = ahead.shift();
      if (!isCount(at) || seen.has(at)) continue;
      seen.add(at);
      if (seen.size > limits.pdfSections)
        return pdfExceeds('bound.pdfSections', { most: limits.pdfSections });
      const section = await this.#section(at);
      this.#sections.push(section);
      this.#runs += section.runs;
      if (this.#runs > limits.pdfReferenceRuns) return tooManyRuns();
      // A table may have a stream beside it for what the table cannot say, and that comes before what is older.
      ahead.push(section.trailer.get('XRefStm'), section.trailer.get('Prev'));
    }
  }

  async #section(at: number): Promise<PdfSection> {
    const head = new PdfSource(await this.#asset.read(at, 64));
    if (!head.takes('xref')) {
      const { stream } = await this.#at(at);
      if (!stream) return pdfFails('pdf.references', { what: 'other' });
      return streamSection(await this.#counted(stream), stream.dictionary);
    }
    const { runs, trailerAt } = await tableRuns(this.#window, at + head.at);
    const trailer = new PdfSource(await this.#asset.read(trailerAt, limits.pdfObjectBytes)).value();
    if (!isDictionary(trailer)) return pdfFails('pdf.references', { what: 'other' });
    return tableSection(this.#window, runs, trailer);
  }
}
