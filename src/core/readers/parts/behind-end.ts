import type { AssetPart } from '../../evidence/evidence.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { mpfSegment } from '../containers/mpf-index.js';
import { seftDirectory } from '../containers/seft-directory.js';
import { bounded } from '../containers/walk.js';
import type { Announced } from './announced.js';
import { IndexNotes } from './index-notes.js';
import { capped, type Inner } from './inner.js';
import { Finder, isPadding, type Standing } from './standing.js';

/**
 * What stands behind the end of a file: pictures back to back, the video of a motion photo, a trailer, appended files,
 * or data of no kind known here. What stands there counts; what an index says of it is held against that.
 */
export async function behindEnd(
  asset: Asset,
  from: number,
  announced: readonly Announced[] = [],
): Promise<Inner> {
  const behind = new Behind(asset, announced);
  const trailer = await trailerIn(asset, from);
  if (trailer === undefined) await behind.walk(from, asset.bytes);
  else {
    await behind.walk(from, trailer.start);
    await behind.takeTrailer(trailer);
    await behind.walk(trailer.end, asset.bytes);
  }
  await behind.takeAnnounced();
  return behind.inner();
}

/** Of Samsung's trailer, which may stand in a box of its own: what is of a known kind. */
export async function inTrailer(asset: Asset, end: number): Promise<AssetPart[]> {
  const trailer = await seftDirectory(asset, end);
  if (!trailer || trailer.fault) return [];
  const behind = new Behind(asset, []);
  await behind.takeRecords(trailer.items);
  return behind.parts;
}

interface Trailer {
  start: number;
  end: number;
  records: { name: string; start: number; offset: number; bytes: number }[];
}

const SEFT = Buffer.from('SEFT', 'latin1');

/** As a rule it ends the file. One that is damaged is told as data, since its records cannot be told from other bytes. */
async function trailerIn(asset: Asset, from: number): Promise<Trailer | undefined> {
  const at = Math.max(from, asset.bytes - limits.seftSearchBytes);
  const found = (await asset.read(at, asset.bytes - at)).lastIndexOf(SEFT);
  if (found < 0) return undefined;
  const end = at + found + SEFT.length;
  const walk = await seftDirectory(asset, end);
  if (!walk || walk.fault || walk.directory === undefined) return undefined;
  const start = Math.min(walk.directory, ...walk.items.map((record) => record.start));
  return start < from ? undefined : { start, end, records: walk.items };
}

class Behind {
  readonly parts: AssetPart[] = [];
  readonly #finder: Finder;
  readonly #notes = new IndexNotes();
  readonly #met = new Set<Announced>();
  #fault: Inner['fault'];
  #again: number = limits.partWalksAgain;

  constructor(
    readonly asset: Asset,
    readonly announced: readonly Announced[],
  ) {
    this.#finder = new Finder(asset);
  }

  inner(): Inner {
    return capped({ parts: this.parts, fault: this.#fault, notes: this.#notes.said() });
  }

  /** One file after the other; what stands between them is told too. */
  async walk(from: number, stop: number): Promise<void> {
    let at = from;
    while (at < stop) {
      if (this.#isFull()) return;
      const found = await this.#finder.next(at, stop);
      await this.#takeLoose(at, found?.offset ?? stop);
      if (found === undefined) return;
      const end = found.end ?? this.#nextAnnounced(found.offset, stop);
      this.parts.push(await this.#partOf(found, end));
      at = end;
    }
  }

  /** The records of which another carrier reads the text; the trailer itself holds nothing that is missed. */
  async takeTrailer({ start, end, records }: Trailer): Promise<void> {
    this.parts.push({
      kind: 'trailing-data',
      offset: start,
      bytes: end - start,
      place: 'SEFT trailer',
      plain: true,
    });
    await this.takeRecords(records);
    let at = start;
    for (const record of records.toSorted((a, b) => a.start - b.start)) {
      if (record.start > at) await this.walk(at, record.start);
      at = Math.max(at, record.offset + record.bytes);
    }
  }

  async takeRecords(records: Trailer['records']): Promise<void> {
    for (const { name, offset, bytes } of records) {
      const found = bytes === 0 ? undefined : await this.#finder.at(offset, offset + bytes);
      const place = `SEFT ${name.replace(/[^ -~]/g, '?')}`;
      if (found !== undefined) this.parts.push({ ...(await this.#partOf(found, offset + bytes)), place });
      // What it is was not tried: whoever looks into it decides.
      else if (this.#finder.isSpent && bytes > LEAST_BYTES)
        this.parts.push({ kind: 'trailing-data', offset, bytes, place, ifKnown: true });
    }
  }

  /** What an index names and what was not met on the way: it stands in the picture itself, or in another part. */
  async takeAnnounced(): Promise<void> {
    const taken = new Set(this.parts.map(({ offset }) => offset));
    for (const one of this.announced) {
      if (this.#met.has(one)) continue;
      const [offset] = one.starts;
      if (offset !== undefined && taken.has(offset)) continue;
      if (this.#isFull()) return;
      // Lengths alone name no place where nothing was met.
      const found = one.index === 'MPF' && offset ? await this.#overlapping(offset, one) : undefined;
      if (found === undefined) this.#notes.nothing(one.index);
      else {
        taken.add(found.offset);
        this.parts.push(found);
      }
    }
  }

  async #overlapping(offset: number, { bytes, kind, place }: Announced): Promise<AssetPart | undefined> {
    if (offset >= this.asset.bytes) return undefined;
    const stated = Math.min(offset + bytes, this.asset.bytes);
    const tail = await this.asset.read(stated - 2, 2);
    // The same bytes may be named a thousand times: the end is looked for in some, and the others end where it is said.
    const isWhole = bytes > 2 && tail.equals(JPEG_END);
    if (!isWhole) this.#again -= 1;
    const found =
      isWhole || this.#again < 0
        ? { offset, end: stated, mediaType: 'image/jpeg' }
        : await this.#finder.at(offset, this.asset.bytes);
    if (found === undefined || !(await this.#isPicture(offset))) return undefined;
    const end = found.end ?? stated;
    return end <= offset
      ? undefined
      : { kind, mediaType: found.mediaType, offset, bytes: end - offset, place };
  }

  async #isPicture(offset: number): Promise<boolean> {
    return (await this.asset.read(offset, JPEG_START.length)).equals(JPEG_START);
  }

  #isFull(): boolean {
    if (this.parts.length < limits.parts) return false;
    this.#fault ??= bounded('bound.parts', { most: limits.parts });
    return true;
  }

  /** A file without an end of its own runs on to the next that is announced. */
  #nextAnnounced(offset: number, stop: number): number {
    return this.announced
      .flatMap(({ starts }) => starts)
      .reduce((least, at) => (at > offset && at < least ? at : least), stop);
  }

  async #partOf(found: Standing, end: number): Promise<AssetPart> {
    const { offset, mediaType } = found;
    const bytes = end - offset;
    const said = this.announced.filter(({ starts }) => starts.includes(offset));
    for (const one of said) {
      this.#met.add(one);
      // A length up to the end of the file takes in a trailer.
      if (one.bytes > 0 && one.bytes !== bytes && offset + one.bytes !== this.asset.bytes)
        this.#notes.length(one.index);
    }
    const [announced] = said;
    const kind = (await this.#isGainMap(found))
      ? 'gain-map'
      : (announced?.kind ?? this.#unannounced(mediaType));
    return { kind, mediaType, offset, bytes, place: announced?.place ?? PLACES[found.kind] };
  }

  #unannounced(mediaType: string): AssetPart['kind'] {
    if (mediaType.startsWith('video/')) return 'motion-video';
    // An index whose places were moved names one all the same.
    const hasIndex = mediaType === 'image/jpeg' && this.announced.some(({ index }) => index === 'MPF');
    return hasIndex ? 'mpf-image' : 'trailing-data';
  }

  /** Ultra HDR (Android), Apple's HDR gain maps and ISO 21496-1 each name themselves before the picture's data. */
  async #isGainMap({ offset, segments = [] }: Standing): Promise<boolean> {
    // A whole Ultra HDR photo says so too: it names its gain map in an index or a directory.
    if (mpfSegment(segments)) return false;
    const last = segments.findLast(({ marker }) => marker === APP1 || marker === APP2);
    if (last === undefined) return false;
    const bytes = Math.min(HEAD_BYTES, last.dataOffset + last.dataBytes - offset);
    const head = (await this.asset.read(offset, bytes)).toString('latin1');
    return GAIN_MAP.test(head) && !head.includes('Container:Directory');
  }

  /** Bytes of no kind known here. */
  async #takeLoose(from: number, to: number): Promise<void> {
    if (to <= from) return;
    const rest: AssetPart = { kind: 'trailing-data', offset: from, bytes: to - from, place: 'after the end' };
    if (!(await this.#saysNothing(from, to))) this.parts.push(rest);
    else if (to === this.asset.bytes) this.parts.push({ ...rest, plain: true });
  }

  /** Bytes that say nothing; more than are looked at count as data. */
  async #saysNothing(from: number, to: number): Promise<boolean> {
    if (to - from <= LEAST_BYTES) return true;
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

const PLACES: Readonly<Record<Standing['kind'], string>> = {
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

/** So few bytes hold no file. */
const LEAST_BYTES = 16;
const CHUNK_BYTES = 1024 ** 2;
