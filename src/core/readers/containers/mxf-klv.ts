import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { bounded, cachePerAsset, malformed, type Walk } from './walk.js';

/**
 * MXF (SMPTE ST 377-1): triplets of key, length and value (ST 336) in partitions. Header metadata are parsed as sets;
 * essence is skipped by its lengths, or by the file's own list of partitions.
 */

type Fault = NonNullable<Walk<unknown>['fault']>;

export interface KlvTriplet {
  /** Key in 32 lower-case hexadecimal digits. */
  key: string;
  offset: number;
  dataOffset: number;
  dataBytes: number;
}

/** Set of the header metadata with local tags (ST 377-1 §9.3), resolved by the primer pack of its partition. */
export interface MxfSet {
  /** Key without the version, which only tells when it was registered. */
  key: string;
  offset: number;
  /** Items, parsed on each access: to retain those of a whole file would take fifty times its size. */
  readonly items: MxfItem[];
}

export interface MxfItem {
  tag: number;
  /** Key of the item without its version, if the primer lists it. */
  key: string | undefined;
  offset: number;
  bytes: Buffer;
}

export interface MxfFile {
  sets: MxfSet[];
  /** Triplets that no standard used here defines: dark metadata, and data of generic streams (ST 410). */
  darkTriplets: (KlvTriplet & { stream: boolean })[];
  /** The first triplets of picture essence. */
  pictures: KlvTriplet[];
  isEncrypted: boolean;
  /** End of the index that closes the file, if there is one. */
  end?: number;
  fault?: Fault;
}

/** Keys are compared without their eighth byte, the version of the register (ST 298). */
const PARTITION = /^060e2b34020501..0d01020101(0[234])(0[0-4])00$/;
const GENERIC_STREAM = /^060e2b34020501..0d0102010103110.$/;
const PRIMER = /^060e2b34020501..0d01020101050100$/;
const RANDOM_INDEX = /^060e2b34020501..0d01020101110100$/;
const INDEX = /^060e2b340253....0d01020101100[01]00$/;
const FILL = /^060e2b34010101..0301021001000000$/;
/** Local sets with two-byte tags and lengths, as in the header metadata (ST 377-1 §9.6). */
const SET = /^060e2b340253/;
/** Essence elements and system items of the generic container and of the older content packages (ST 379). */
const ESSENCE = /^060e2b34(0102|02..)....0d010301/;
const PICTURE = /^060e2b340102....0d010301(05|15)/;
/** Encrypted essence (ST 429-6). */
const ENCRYPTED = /^060e2b34020401..0d010301027e0100$/;
const GENERIC_STREAM_DATA = /^060e2b340101....0d01050[0-9a-f]/;

/** Up to 65,535 arbitrary bytes may precede the header partition (§6.5, run-in). */
const RUN_IN_BYTES = 64 * 1024;
const PARTITION_START = Buffer.from('060e2b34020501', 'hex');
const PARTITION_KIND = Buffer.from('0d01020101', 'hex');
const KEY_BYTES = 16;
const LONGEST_LENGTH_BYTES = 8;
const PACK_BYTES = 88;
const INDEX_ENTRY_BYTES = 12;

export const stripKeyVersion = (key: string): string => `${key.slice(0, 14)}00${key.slice(16)}`;

/** Returns the offset of the header partition; `undefined` if there is none within the longest run-in. */
export function findHeaderPartition(head: Buffer): number | undefined {
  for (let at = head.indexOf(PARTITION_START); at >= 0; at = head.indexOf(PARTITION_START, at + 1)) {
    const kind = head.subarray(at + 8, at + 8 + PARTITION_KIND.length);
    if (kind.equals(PARTITION_KIND) && head[at + 13] === 0x02) return at;
  }
  return undefined;
}

export function readMxfFile(asset: Asset): Promise<MxfFile> {
  return cachePerAsset(asset, 'mxf', () => new MxfWalk(asset).walk());
}

interface Partition {
  at: number;
  previous: number;
  footer: number;
}

interface Content {
  generic: boolean;
  primer: ReadonlyMap<number, string>;
  essence: number;
}

class MxfWalk {
  readonly #file: MxfFile = { sets: [], darkTriplets: [], pictures: [], isEncrypted: false };
  #start = 0;
  /** Known offsets of partitions; each is walked once. */
  readonly #known = new Set<number>();
  readonly #pending: number[] = [];
  /** Whether all partitions are known: the file lists them at its end, or the last one links back to all others. */
  #listed = false;
  #triplets = 0;
  #metadataBytes = 0;

  constructor(readonly asset: Asset) {}

  async walk(): Promise<MxfFile> {
    const start = findHeaderPartition(await this.asset.read(0, RUN_IN_BYTES + KEY_BYTES));
    if (start === undefined) return { ...this.#file, fault: malformed('mxf.noHeader') };
    this.#start = start;
    this.#know(start);
    await this.#readIndex();
    for (let at = this.#next(); at !== undefined; at = this.#next()) {
      await this.#partition(at);
      if (this.#file.fault?.kind === 'bounded') break;
    }
    return this.#file;
  }

  #fault(fault: Fault): void {
    this.#file.fault ??= fault;
  }

  #know(at: number): void {
    if (this.#known.has(at)) return;
    if (this.#known.size >= limits.mxfPartitions) {
      this.#fault(bounded('bound.entries', { place: 'MXF', most: limits.mxfPartitions }));
      return;
    }
    this.#known.add(at);
    this.#pending.push(at);
  }

  #next(): number | undefined {
    this.#pending.sort((a, b) => b - a);
    return this.#pending.pop();
  }

  /** Reads the triplet at this offset; a fault if there is none, or if it exceeds the file. */
  async #klv(at: number): Promise<{ klv?: KlvTriplet; fault?: Fault }> {
    const head = await this.asset.read(at, KEY_BYTES + 1 + LONGEST_LENGTH_BYTES);
    if (head.length < KEY_BYTES + 1) return { fault: malformed('mxf.truncated') };
    const key = head.toString('hex', 0, KEY_BYTES);
    const first = head[KEY_BYTES] ?? 0;
    const more = first >= 0x80 ? first & 0x7f : 0;
    // MXF allows neither lengths of zero bytes nor of more than eight (ST 336 §5.3).
    if (!key.startsWith('060e2b34') || first === 0x80 || more > LONGEST_LENGTH_BYTES)
      return { fault: malformed('data.unknownAt', { place: 'MXF', at }) };
    const dataOffset = at + KEY_BYTES + 1 + more;
    if (head.length < KEY_BYTES + 1 + more) return { fault: malformed('mxf.truncated') };
    const dataBytes =
      more === 0 ? first : Number(BigInt(`0x${head.toString('hex', KEY_BYTES + 1, KEY_BYTES + 1 + more)}`));
    const klv = { key, offset: at, dataOffset, dataBytes };
    return dataOffset + dataBytes > this.asset.bytes ? { klv, fault: malformed('mxf.truncated') } : { klv };
  }

  /** Reads the random index pack at the end of the file, whose last four bytes give its length (§12). */
  async #readIndex(): Promise<void> {
    const tail = await this.asset.read(Math.max(0, this.asset.bytes - 4), 4);
    const bytes = tail.length === 4 ? tail.readUInt32BE(0) : 0;
    const at = this.asset.bytes - bytes;
    if (bytes < KEY_BYTES + 5 || at <= this.#start) return;
    const { klv, fault } = await this.#klv(at);
    if (!klv || fault || !RANDOM_INDEX.test(klv.key)) return;
    if (klv.dataBytes > limits.mxfPartitions * INDEX_ENTRY_BYTES + 4) {
      this.#fault(bounded('bound.entries', { place: 'MXF', most: limits.mxfPartitions }));
      return;
    }
    const entries = await this.asset.read(klv.dataOffset, klv.dataBytes);
    for (let entry = 0; entry + INDEX_ENTRY_BYTES + 4 <= entries.length; entry += INDEX_ENTRY_BYTES)
      this.#listedAt(Number(entries.readBigUInt64BE(entry + 4)));
    this.#listed = true;
    this.#file.end = this.asset.bytes;
  }

  /** Adds a partition offset stated in the file, which counts from the header partition. */
  #listedAt(relative: number): void {
    const at = this.#start + relative;
    if (at < this.asset.bytes) this.#know(at);
    else this.#fault(malformed('mxf.truncated'));
  }

  async #partition(at: number): Promise<void> {
    const { klv, fault } = await this.#klv(at);
    if (fault || !klv || !isPartition(klv.key)) {
      this.#fault(
        fault?.code === 'mxf.truncated' ? fault : malformed('data.unknownAt', { place: 'MXF', at }),
      );
      return;
    }
    const pack = await this.#pack(klv);
    if (!pack) return;
    // If a list omits partitions, each partition still links to the previous one.
    if (pack.previous > 0 && this.#start + pack.previous < at) this.#listedAt(pack.previous);
    if (pack.footer > 0) {
      this.#listedAt(pack.footer);
      const footer = await this.#klv(this.#start + pack.footer);
      if (footer.klv && isPartition(footer.klv.key)) this.#listed = true;
    }
    await this.#content(klv);
  }

  async #pack({ offset, dataOffset, dataBytes }: KlvTriplet): Promise<Partition | undefined> {
    const bytes = await this.asset.read(dataOffset, Math.min(dataBytes, PACK_BYTES));
    if (bytes.length < PACK_BYTES) {
      this.#fault(malformed('data.unknownAt', { place: 'MXF', at: offset }));
      return undefined;
    }
    return {
      at: offset,
      previous: Number(bytes.readBigUInt64BE(16)),
      footer: Number(bytes.readBigUInt64BE(24)),
    };
  }

  /** Reads all triplets up to the next partition. */
  async #content(pack: KlvTriplet): Promise<void> {
    const partition: Content = { generic: GENERIC_STREAM.test(pack.key), primer: new Map(), essence: 0 };
    for (let at = pack.dataOffset + pack.dataBytes; at < this.asset.bytes; ) {
      this.#triplets += 1;
      if (this.#triplets > limits.mxfTriplets) {
        this.#fault(bounded('bound.entries', { place: 'MXF', most: limits.mxfTriplets }));
        return;
      }
      const { klv, fault } = await this.#klv(at);
      if (fault) {
        // A truncated picture is still examined.
        if (klv && PICTURE.test(klv.key)) this.#picture(klv);
        this.#fault(fault);
        return;
      }
      if (!klv || this.#ends(klv)) return;
      await this.#take(klv, partition);
      // The first frames were read, and the file lists where its other partitions begin.
      if (this.#listed && partition.essence >= limits.frameParts) return;
      at = klv.dataOffset + klv.dataBytes;
    }
  }

  /** Returns whether this triplet begins after the partition. */
  #ends(klv: KlvTriplet): boolean {
    if (isPartition(klv.key)) {
      this.#know(klv.offset);
      return true;
    }
    if (!RANDOM_INDEX.test(klv.key)) return false;
    this.#file.end ??= klv.dataOffset + klv.dataBytes;
    return true;
  }

  async #take(klv: KlvTriplet, partition: Content): Promise<void> {
    if (FILL.test(klv.key) || INDEX.test(klv.key)) return;
    if (PRIMER.test(klv.key)) partition.primer = await this.#primer(klv);
    else if (ESSENCE.test(klv.key)) {
      partition.essence += 1;
      if (ENCRYPTED.test(klv.key)) this.#file.isEncrypted = true;
      if (PICTURE.test(klv.key)) this.#picture(klv);
    } else if (SET.test(klv.key)) await this.#set(klv, partition.primer);
    else this.#dark({ ...klv, stream: partition.generic || GENERIC_STREAM_DATA.test(klv.key) });
  }

  #picture(klv: KlvTriplet): void {
    if (this.#file.pictures.length < limits.seiFrames) this.#file.pictures.push(klv);
  }

  #dark(klv: KlvTriplet & { stream: boolean }): void {
    if (this.#file.darkTriplets.length < limits.mxfSets) this.#file.darkTriplets.push(klv);
    else this.#fault(bounded('bound.entries', { place: 'MXF', most: limits.mxfSets }));
  }

  /** Each entry has two bytes of tag and sixteen of key (§9.2). */
  async #primer({ dataOffset, dataBytes }: KlvTriplet): Promise<Map<number, string>> {
    const found = new Map<number, string>();
    const bytes = await this.asset.read(dataOffset, Math.min(dataBytes, 8 + 18 * 0xffff));
    for (let at = 8; at + 18 <= bytes.length; at += 18)
      found.set(bytes.readUInt16BE(at), stripKeyVersion(bytes.toString('hex', at + 2, at + 18)));
    return found;
  }

  async #set(klv: KlvTriplet, primer: ReadonlyMap<number, string>): Promise<void> {
    this.#metadataBytes += klv.dataBytes;
    if (this.#file.sets.length >= limits.mxfSets) {
      this.#fault(bounded('bound.entries', { place: 'MXF', most: limits.mxfSets }));
      return;
    }
    if (this.#metadataBytes > limits.mxfMetadataBytes) {
      this.#fault(bounded('bound.bytes', { place: 'MXF', most: limits.mxfMetadataBytes }));
      return;
    }
    const bytes = await this.asset.read(klv.dataOffset, klv.dataBytes);
    let count = 0;
    let at = 0;
    for (; at + 4 <= bytes.length && count < MAX_ITEMS; count++) {
      const next = at + 4 + bytes.readUInt16BE(at + 2);
      if (next > bytes.length) break;
      at = next;
    }
    if (at !== bytes.length) this.#fault(malformed('data.unknownAt', { place: 'MXF', at: klv.offset }));
    this.#file.sets.push({
      key: stripKeyVersion(klv.key),
      offset: klv.offset,
      get items() {
        return parseItems(bytes, klv.dataOffset, primer);
      },
    });
  }
}

/** Maximum number of items of a set, because each has a distinct two-byte tag. */
const MAX_ITEMS = 0x10000;

/** A truncated item is included with its available bytes. */
function parseItems(bytes: Buffer, offset: number, primer: ReadonlyMap<number, string>): MxfItem[] {
  const items: MxfItem[] = [];
  for (let at = 0; at + 4 <= bytes.length && items.length < MAX_ITEMS; ) {
    const tag = bytes.readUInt16BE(at);
    const length = bytes.readUInt16BE(at + 2);
    items.push({
      tag,
      key: primer.get(tag),
      offset: offset + at + 4,
      bytes: bytes.subarray(at + 4, at + 4 + length),
    });
    at += 4 + length;
  }
  return items;
}

const isPartition = (key: string): boolean => PARTITION.test(key) || GENERIC_STREAM.test(key);
