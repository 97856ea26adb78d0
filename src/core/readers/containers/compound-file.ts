import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { type ByteSource, bounded, cachePerAsset, malformed, type Walk } from './walk.js';

/**
 * Microsoft's compound file ([MS-CFB]): storages and streams in chains of sectors. Tables are read up to the size that
 * the file can hold, a stream only on request. A chain is followed for at most the number of sectors of its stream,
 * which also ends cycles.
 */

export interface CompoundStream {
  name: string;
  /** Offset of the first sector, if the stream has sectors of its own. */
  offset: number;
  bytes: number;
  /** Reads up to `most` bytes; `undefined` if the chain is broken. */
  read(most?: number): Promise<Buffer | undefined>;
  /** Reads a range of bytes, shorter at the end of the stream; `undefined` if the chain is broken. */
  range(offset: number, length: number): Promise<Buffer | undefined>;
}

export interface CompoundStorage {
  name: string;
  storages: CompoundStorage[];
  streams: CompoundStream[];
}

type Fault = NonNullable<Walk<CompoundStorage>['fault']>;

export interface CompoundFile {
  root: CompoundStorage;
  fault?: Fault;
}

/** Offsets of header fields (§2.2). */
const HEADER = {
  bytes: 512,
  sectorShift: 30,
  firstDirectory: 48,
  firstMiniFat: 60,
  firstDifat: 68,
  difat: 76,
} as const;
/** Offsets of directory entry fields (§2.6.1). */
const ENTRY = {
  bytes: 128,
  nameBytes: 64,
  type: 66,
  left: 68,
  right: 72,
  child: 76,
  first: 116,
  size: 120,
} as const;
const TYPE = { storage: 1, stream: 2 } as const;
const SHIFTS: ReadonlySet<number> = new Set([9, 12]);
const MINI_BYTES = 64;
/** Shorter streams are stored in mini sectors within the stream of the root. */
const MINI_CUTOFF = 4096;
/** Greater numbers are markers: end of chain, free, table. */
const LAST_SECTOR = 0xfffffffa;

interface Entry {
  name: string;
  type: number;
  left: number;
  right: number;
  child: number;
  first: number;
  size: number;
}

/**
 * Returns the directory of a compound file. It is cached per file, because the readers of properties and pictures share
 * it.
 */
export const readCompoundFile = (asset: Asset): Promise<CompoundFile> =>
  cachePerAsset(asset, 'compound file', () => walkCompound(asset));

/** Outlook's mails are compound files too, but users know them as mails. */
const damagedIn = ({ mediaType }: Asset): Fault =>
  malformed(mediaType.container === 'mail' ? 'mail.damaged' : 'compound.damaged');

async function walkCompound(asset: Asset): Promise<CompoundFile> {
  const root: CompoundStorage = { name: '', storages: [], streams: [] };
  const damaged = damagedIn(asset);
  const header = await asset.read(0, HEADER.bytes);
  const shift = header.length < HEADER.bytes ? 0 : header.readUInt16LE(HEADER.sectorShift);
  if (!SHIFTS.has(shift)) return { root, fault: damaged };
  const sectors = new Sectors(asset, 2 ** shift);
  await sectors.readTable(header);
  const { entries, fault } = await directory(sectors, header.readUInt32LE(HEADER.firstDirectory));
  const [first] = entries;
  if (first === undefined) return { root, fault: fault ?? damaged };
  await sectors.readMini(header.readUInt32LE(HEADER.firstMiniFat), first);
  const filled = fillStorage(root, first.child, entries, sectors);
  const found = fault ?? filled ?? (sectors.isMiniDamaged ? damaged : undefined);
  return found === undefined ? { root } : { root, fault: found };
}

class Sectors {
  #next: number[] = [];
  #miniNext: number[] = [];
  /** Sectors of the root's stream, which contains the short streams. */
  #miniIn: number[] = [];
  #last: { entry: Entry; places: SectorOffsets } | undefined;
  /** Whether the short streams cannot be located by their table. */
  isMiniDamaged = false;

  constructor(
    readonly asset: Asset,
    readonly bytes: number,
  ) {}

  get most(): number {
    return Math.ceil(this.asset.bytes / this.bytes);
  }

  at(sector: number): number {
    return (sector + 1) * this.bytes;
  }

  /** Reads the sector table. Its sectors are listed in the header and, for large files, in a chain of their own (§2.5). */
  async readTable(header: Buffer): Promise<void> {
    const perSector = this.bytes / 4;
    const most = Math.ceil(this.most / perSector);
    const holders = numbers(header.subarray(HEADER.difat)).filter(isSector);
    let at = header.readUInt32LE(HEADER.firstDifat);
    for (let count = 0; count < most && isSector(at) && holders.length < most; count++) {
      const list = numbers(await this.asset.read(this.at(at), this.bytes));
      holders.push(...list.slice(0, perSector - 1).filter(isSector));
      at = list[perSector - 1] ?? LAST_SECTOR + 1;
    }
    for (const holder of holders.slice(0, most))
      this.#next.push(...numbers(await this.asset.read(this.at(holder), this.bytes)));
  }

  async readMini(first: number, root: Entry): Promise<void> {
    const most = Math.ceil(Math.min(root.size, this.asset.bytes) / MINI_BYTES / (this.bytes / 4));
    const tables = followChain(this.#next, first, most);
    for (const sector of tables)
      this.#miniNext.push(...numbers(await this.asset.read(this.at(sector), this.bytes)));
    const wanted = Math.ceil(root.size / this.bytes);
    this.#miniIn = followChain(this.#next, root.first, Math.min(this.most, wanted));
    this.isMiniDamaged = isCircle(tables) || isCircle(this.#miniIn) || this.#miniIn.length < wanted;
  }

  chain(first: number, most: number): number[] {
    return followChain(this.#next, first, most);
  }

  offsetOf({ first, size }: Entry): number {
    return Math.min(this.asset.bytes, Math.max(0, size < MINI_CUTOFF ? this.#miniAt(first) : this.at(first)));
  }

  #miniAt(sector: number): number {
    const at = sector * MINI_BYTES;
    const holder = this.#miniIn[Math.floor(at / this.bytes)];
    return holder === undefined ? -1 : this.at(holder) + (at % this.bytes);
  }

  /**
   * Returns the sector offsets of the first `bytes` of a stream; `undefined` if its chain ends too early or is a cycle.
   * The result of the last stream is cached, because thousands of entries may name the same sectors.
   */
  #placesOf(entry: Entry, bytes: number): SectorOffsets | undefined {
    const { first, size } = entry;
    if (size > this.asset.bytes) return undefined;
    const isMini = size < MINI_CUTOFF;
    const step = isMini ? MINI_BYTES : this.bytes;
    const count = Math.ceil(bytes / step);
    if (this.#last?.entry === entry && this.#last.places.at.length >= count) return this.#last.places;
    const most = Math.min(Math.ceil(size / step), 2 * count);
    const chain = isMini ? followChain(this.#miniNext, first, most) : this.chain(first, most);
    if (chain.length < count || isCircle(chain)) return undefined;
    const places = { step, at: chain.map((sector) => (isMini ? this.#miniAt(sector) : this.at(sector))) };
    this.#last = { entry, places };
    return places;
  }

  async range(entry: Entry, offset: number, length: number): Promise<Buffer | undefined> {
    const places = this.#placesOf(entry, offset + length);
    if (places === undefined) return undefined;
    const { step, at } = places;
    const out = Buffer.alloc(length);
    let filled = 0;
    for (let index = Math.floor(offset / step); filled < length; ) {
      const within = offset + filled - index * step;
      let run = 1;
      // Sectors that are adjacent in the file are read at once.
      while (at[index + run] === (at[index] ?? -1) + run * step && run * step < length - filled + within)
        run += 1;
      const from = at[index] ?? -1;
      const wanted = Math.min(run * step - within, length - filled);
      const piece = from < 0 ? Buffer.alloc(0) : await this.asset.read(from + within, wanted);
      if (piece.length < wanted) return undefined;
      filled += piece.copy(out, filled);
      index += run;
    }
    return out;
  }
}

/** Returns a stream as a source of byte ranges; a stream with a broken chain has no bytes. */
export const toByteSource = ({ bytes, range }: CompoundStream): ByteSource => ({
  bytes,
  read: async (offset, length) => (await range(offset, length)) ?? Buffer.alloc(0),
});

interface SectorOffsets {
  /** Sector size in bytes. */
  step: number;
  /** File offset of each sector; negative if there is none. */
  at: number[];
}

const isSector = (value: number): boolean => value <= LAST_SECTOR;

function numbers(bytes: Buffer): number[] {
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readUInt32LE(index * 4));
}

/** Follows a chain for at most `most` sectors, because it may be a cycle. */
function followChain(next: readonly number[], first: number, most: number): number[] {
  const chain: number[] = [];
  for (let at = first; chain.length < most && at < next.length; at = next[at] ?? LAST_SECTOR + 1)
    chain.push(at);
  return chain;
}

const isCircle = (chain: readonly number[]): boolean => new Set(chain).size < chain.length;

async function directory(sectors: Sectors, first: number): Promise<{ entries: Entry[]; fault?: Fault }> {
  const perSector = sectors.bytes / ENTRY.bytes;
  const most = Math.min(sectors.most, Math.ceil(limits.compoundEntries / perSector) + 1);
  const entries: Entry[] = [];
  const seen = new Set<number>();
  for (const sector of sectors.chain(first, most)) {
    if (seen.has(sector)) return { entries, fault: damagedIn(sectors.asset) };
    seen.add(sector);
    const bytes = await sectors.asset.read(sectors.at(sector), sectors.bytes);
    for (let at = 0; at + ENTRY.bytes <= bytes.length; at += ENTRY.bytes)
      entries.push(entryOf(bytes.subarray(at, at + ENTRY.bytes)));
  }
  return entries.length > limits.compoundEntries
    ? { entries: entries.slice(0, limits.compoundEntries), fault: tooMany() }
    : { entries };
}

const tooMany = () => bounded('bound.entries', { place: 'OLE', most: limits.compoundEntries });

const entryOf = (bytes: Buffer): Entry => ({
  name: bytes.toString(
    'utf16le',
    0,
    Math.max(0, Math.min(ENTRY.nameBytes, bytes.readUInt16LE(ENTRY.nameBytes) - 2)),
  ),
  type: bytes[ENTRY.type] ?? 0,
  left: bytes.readUInt32LE(ENTRY.left),
  right: bytes.readUInt32LE(ENTRY.right),
  child: bytes.readUInt32LE(ENTRY.child),
  first: bytes.readUInt32LE(ENTRY.first),
  size: bytes.readUInt32LE(ENTRY.size),
});

/** Reads the members of a storage, which form a tree. Each entry is read once. */
function fillStorage(
  root: CompoundStorage,
  first: number,
  entries: readonly Entry[],
  sectors: Sectors,
): Fault | undefined {
  const seen = new Set<number>([0]);
  const open = [{ into: root, at: first, depth: 1 }];
  let fault: Fault | undefined;
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const { into, at, depth } = one;
    if (!isSector(at)) continue;
    const entry = entries[at];
    if (entry === undefined || seen.has(at)) {
      fault ??= damagedIn(sectors.asset);
      continue;
    }
    seen.add(at);
    // The left members come first, so they are processed last.
    open.push({ into, at: entry.right, depth });
    if (entry.type === TYPE.stream) into.streams.push(streamOf(entry, sectors));
    if (entry.type === TYPE.storage) {
      const storage: CompoundStorage = { name: entry.name, storages: [], streams: [] };
      into.storages.push(storage);
      if (depth < limits.compoundDepth) open.push({ into: storage, at: entry.child, depth: depth + 1 });
      else fault ??= bounded('bound.depth', { place: 'OLE', most: limits.compoundDepth });
    }
    open.push({ into, at: entry.left, depth });
  }
  return fault;
}

function streamOf(entry: Entry, sectors: Sectors): CompoundStream {
  const range = async (offset: number, length: number) =>
    sectors.range(entry, offset, Math.max(0, Math.min(length, entry.size - offset)));
  return {
    name: entry.name,
    offset: sectors.offsetOf(entry),
    bytes: entry.size,
    read: (most = entry.size) => range(0, most),
    range,
  };
}
