import { limits } from '../../../base/limits.js';
import type { AssetPart } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { findMpfSegment } from '../containers/mpf-index.js';
import { readSeftDirectory } from '../containers/seft-directory.js';
import { bounded } from '../containers/walk.js';
import type { DeclaredPart } from './announced.js';
import { IndexNotes } from './index-notes.js';
import { type InnerParts, limitInnerParts } from './inner.js';
import { type EmbeddedFile, EmbeddedFileFinder, isPadding } from './standing.js';

/**
 * Lists the data after the end of a file: consecutive pictures, the video of a motion photo, a trailer, appended files,
 * or unknown data. The actual data decide; an index is only compared with them.
 */
export async function findPartsAfterEnd(
  asset: Asset,
  from: number,
  announced: readonly DeclaredPart[] = [],
): Promise<InnerParts> {
  const behind = new AfterEndScanner(asset, announced);
  const trailer = await findTrailer(asset, from);
  if (trailer === undefined) await behind.walk(from, asset.bytes);
  else {
    await behind.walk(from, trailer.start);
    await behind.addTrailer(trailer);
    await behind.walk(trailer.end, asset.bytes);
  }
  await behind.addDeclared();
  return behind.inner();
}

/** Returns the records of known kinds in Samsung's trailer, which may be in a box of its own. */
export async function findTrailerParts(asset: Asset, end: number): Promise<AssetPart[]> {
  const trailer = await readSeftDirectory(asset, end);
  if (!trailer || trailer.fault) return [];
  const behind = new AfterEndScanner(asset, []);
  await behind.addRecords(trailer.items);
  return behind.parts;
}

interface Trailer {
  start: number;
  end: number;
  records: { name: string; start: number; offset: number; bytes: number }[];
}

const SEFT = Buffer.from('SEFT', 'latin1');

/**
 * Finds the trailer, which normally ends the file. A damaged one is reported as data, because its records cannot be
 * distinguished from other bytes.
 */
async function findTrailer(asset: Asset, from: number): Promise<Trailer | undefined> {
  const at = Math.max(from, asset.bytes - limits.seftSearchBytes);
  const found = (await asset.read(at, asset.bytes - at)).lastIndexOf(SEFT);
  if (found < 0) return undefined;
  const end = at + found + SEFT.length;
  const walk = await readSeftDirectory(asset, end);
  if (!walk || walk.fault || walk.directory === undefined) return undefined;
  const start = Math.min(walk.directory, ...walk.items.map((record) => record.start));
  return start < from ? undefined : { start, end, records: walk.items };
}

class AfterEndScanner {
  readonly parts: AssetPart[] = [];
  readonly #finder: EmbeddedFileFinder;
  readonly #notes = new IndexNotes();
  readonly #met = new Set<DeclaredPart>();
  #fault: InnerParts['fault'];
  #again: number = limits.partRewalks;

  constructor(
    readonly asset: Asset,
    readonly announced: readonly DeclaredPart[],
  ) {
    this.#finder = new EmbeddedFileFinder(asset);
  }

  inner(): InnerParts {
    return limitInnerParts({ parts: this.parts, fault: this.#fault, notes: this.#notes.messages() });
  }

  /** Reads consecutive files and reports the data between them. */
  async walk(from: number, stop: number): Promise<void> {
    let at = from;
    while (at < stop) {
      if (this.#isFull()) return;
      const found = await this.#finder.findNext(at, stop);
      await this.#takeLoose(at, found?.offset ?? stop);
      if (found === undefined) return;
      const end = found.end ?? this.#nextAnnounced(found.offset, stop);
      this.parts.push(await this.#partOf(found, end));
      at = end;
    }
  }

  /** Adds the records whose text another carrier reads; nothing in the trailer itself is lost. */
  async addTrailer({ start, end, records }: Trailer): Promise<void> {
    this.parts.push({
      kind: 'trailing-data',
      offset: start,
      bytes: end - start,
      locator: 'SEFT trailer',
      isIgnored: true,
    });
    await this.addRecords(records);
    let at = start;
    for (const record of records.toSorted((a, b) => a.start - b.start)) {
      if (record.start > at) await this.walk(at, record.start);
      at = Math.max(at, record.offset + record.bytes);
    }
  }

  async addRecords(records: Trailer['records']): Promise<void> {
    for (const { name, offset, bytes } of records) {
      const found = bytes === 0 ? undefined : await this.#finder.findAt(offset, offset + bytes);
      const place = `SEFT ${name.replace(/[^ -~]/g, '?')}`;
      if (found !== undefined)
        this.parts.push({ ...(await this.#partOf(found, offset + bytes)), locator: place });
      // The type was not determined, because the search budget is spent; inspection of the part determines it.
      else if (this.#finder.isSpent && bytes > MIN_BYTES)
        this.parts.push({ kind: 'trailing-data', offset, bytes, locator: place, isListedIfKnown: true });
    }
  }

  /** Adds declared parts that the walk did not find: they are inside the picture itself, or in another part. */
  async addDeclared(): Promise<void> {
    const taken = new Set(this.parts.map(({ offset }) => offset));
    for (const one of this.announced) {
      if (this.#met.has(one)) continue;
      const [offset] = one.starts;
      if (offset !== undefined && taken.has(offset)) continue;
      if (this.#isFull()) return;
      // Lengths alone give no offset if nothing was found.
      const found = one.index === 'MPF' && offset ? await this.#overlapping(offset, one) : undefined;
      if (found === undefined) this.#notes.addMissing(one.index);
      else {
        taken.add(found.offset);
        this.parts.push(found);
      }
    }
  }

  async #overlapping(
    offset: number,
    { bytes, kind, locator: place }: DeclaredPart,
  ): Promise<AssetPart | undefined> {
    if (offset >= this.asset.bytes) return undefined;
    const stated = Math.min(offset + bytes, this.asset.bytes);
    const tail = await this.asset.read(stated - 2, 2);
    // Searches for the end of a limited number of parts, because the same bytes may be declared a thousand times. The
    // others end as declared.
    const isWhole = bytes > 2 && tail.equals(JPEG_END);
    if (!isWhole) this.#again -= 1;
    const found =
      isWhole || this.#again < 0
        ? { offset, end: stated, mediaType: 'image/jpeg' }
        : await this.#finder.findAt(offset, this.asset.bytes);
    if (found === undefined || !(await this.#isPicture(offset))) return undefined;
    const end = found.end ?? stated;
    return end <= offset
      ? undefined
      : { kind, mediaType: found.mediaType, offset, bytes: end - offset, locator: place };
  }

  async #isPicture(offset: number): Promise<boolean> {
    return (await this.asset.read(offset, JPEG_START.length)).equals(JPEG_START);
  }

  #isFull(): boolean {
    if (this.parts.length < limits.parts) return false;
    this.#fault ??= bounded('bound.parts', { most: limits.parts });
    return true;
  }

  /** A file without an end mark extends to the next declared one. */
  #nextAnnounced(offset: number, stop: number): number {
    return this.announced
      .flatMap(({ starts }) => starts)
      .reduce((least, at) => (at > offset && at < least ? at : least), stop);
  }

  async #partOf(found: EmbeddedFile, end: number): Promise<AssetPart> {
    const { offset, mediaType } = found;
    const bytes = end - offset;
    const said = this.announced.filter(({ starts }) => starts.includes(offset));
    for (const one of said) {
      this.#met.add(one);
      // A length that reaches the end of the file includes a trailer.
      if (one.bytes > 0 && one.bytes !== bytes && offset + one.bytes !== this.asset.bytes)
        this.#notes.addWrongLength(one.index);
    }
    const [announced] = said;
    const kind = (await this.#isGainMap(found))
      ? 'gain-map'
      : (announced?.kind ?? this.#unannounced(mediaType));
    return { kind, mediaType, offset, bytes, locator: announced?.locator ?? PLACES[found.kind] };
  }

  #unannounced(mediaType: string): AssetPart['kind'] {
    if (mediaType.startsWith('video/')) return 'motion-video';
    // An index whose offsets are wrong still shows that an MPF image exists.
    const hasIndex = mediaType === 'image/jpeg' && this.announced.some(({ index }) => index === 'MPF');
    return hasIndex ? 'mpf-image' : 'trailing-data';
  }

  /**
   * Returns whether a picture is a gain map. Ultra HDR (Android), Apple's HDR gain maps and ISO 21496-1 each identify
   * it before the picture data.
   */
  async #isGainMap({ offset, segments = [] }: EmbeddedFile): Promise<boolean> {
    // A whole Ultra HDR photo has the same identifier, but also an index or a directory that lists its gain map.
    if (findMpfSegment(segments)) return false;
    const last = segments.findLast(({ marker }) => marker === APP1 || marker === APP2);
    if (last === undefined) return false;
    const bytes = Math.min(HEAD_BYTES, last.dataOffset + last.dataBytes - offset);
    const head = (await this.asset.read(offset, bytes)).toString('latin1');
    return GAIN_MAP.test(head) && !head.includes('Container:Directory');
  }

  /** Adds bytes of unknown kind. */
  async #takeLoose(from: number, to: number): Promise<void> {
    if (to <= from) return;
    const rest: AssetPart = {
      kind: 'trailing-data',
      offset: from,
      bytes: to - from,
      locator: 'after the end',
    };
    if (!(await this.#saysNothing(from, to))) this.parts.push(rest);
    else if (to === this.asset.bytes) this.parts.push({ ...rest, isIgnored: true });
  }

  /** Returns whether the bytes are padding. Runs that are too long to check count as data. */
  async #saysNothing(from: number, to: number): Promise<boolean> {
    if (to - from <= MIN_BYTES) return true;
    if (to - from > limits.paddingSearchBytes) return false;
    for (let at = from; at < to; at += CHUNK_BYTES)
      if (!isPadding(await this.asset.read(at, Math.min(CHUNK_BYTES, to - at)))) return false;
    return true;
  }
}

const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);
const JPEG_END = Buffer.from([0xff, 0xd9]);
const APP1 = 0xe1;
const APP2 = 0xe2;

const PLACES: Readonly<Record<EmbeddedFile['kind'], string>> = {
  jpeg: 'JPEG after the end',
  png: 'PNG after the end',
  gif: 'GIF after the end',
  riff: 'RIFF after the end',
  bmff: 'ftyp after the end',
  zip: 'ZIP after the end',
  pdf: 'PDF after the end',
  other: 'after the end',
};

const GAIN_MAP = /hdrgm:|hdrgainmap|urn:iso:std:iso:ts:21496/i;
const HEAD_BYTES = 64 * 1024;

/** Minimum length of a file. */
const MIN_BYTES = 16;
const CHUNK_BYTES = 1024 ** 2;
