import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { bounded, malformed, once, type Walk } from './walk.js';

/**
 * MXF (SMPTE ST 377-1): triplets of key, length and value (ST 336) in partitions. What stands in the header metadata is
 * taken as sets; essence is stepped over by its lengths, or by the partitions that the file itself lists.
 */

type Fault = NonNullable<Walk<unknown>['fault']>;

export interface Klv {
  /** 32 lower-case hexadecimal digits. */
  key: string;
  offset: number;
  dataOffset: number;
  dataBytes: number;
}

/** A set of the header metadata with local tags (ST 377-1 §9.3), each resolved by the primer pack that it stands under. */
export interface MxfSet {
  /** Without the version, which says only when the key was registered. */
  key: string;
  offset: number;
  /** Made anew each time they are asked for: kept, those of a whole file would take fifty times as much as it has. */
  readonly items: MxfItem[];
}

export interface MxfItem {
  tag: number;
  /** The item's own key without its version, where the primer names one. */
  key: string | undefined;
  offset: number;
  bytes: Buffer;
}

export interface MxfFile {
  sets: MxfSet[];
  /** Triplets that no standard read here names: dark metadata, and data of generic streams (ST 410). */
  dark: (Klv & { stream: boolean })[];
  /** The first triplets of picture essence. */
  pictures: Klv[];
  encrypted: boolean;
  /** Of the index that closes the file, where one was met. */
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
/** Local sets with tags and lengths of two bytes: those of the header metadata (ST 377-1 §9.6). */
const SET = /^060e2b340253/;
/** ST 379: essence elements and system items of the generic container, and of the older content packages. */
const ESSENCE = /^060e2b34(0102|02..)....0d010301/;
const PICTURE = /^060e2b340102....0d010301(05|15)/;
/** ST 429-6. */
const ENCRYPTED = /^060e2b34020401..0d010301027e0100$/;
const GENERIC_STREAM_DATA = /^060e2b340101....0d01050[0-9a-f]/;

/** Before a header partition there may be up to 65,535 bytes of anything (§6.5, run-in). */
const RUN_IN_BYTES = 64 * 1024;
const PARTITION_START = Buffer.from('060e2b34020501', 'hex');
const PARTITION_KIND = Buffer.from('0d01020101', 'hex');
const KEY_BYTES = 16;
const LONGEST_LENGTH_BYTES = 8;
const PACK_BYTES = 88;
const INDEX_ENTRY_BYTES = 12;

export const withoutVersion = (key: string): string => `${key.slice(0, 14)}00${key.slice(16)}`;

/** Where the header partition begins; undefined where none does within the longest run-in. */
export function headerPartitionAt(head: Buffer): number | undefined {
  for (let at = head.indexOf(PARTITION_START); at >= 0; at = head.indexOf(PARTITION_START, at + 1)) {
    const kind = head.subarray(at + 8, at + 8 + PARTITION_KIND.length);
    if (kind.equals(PARTITION_KIND) && head[at + 13] === 0x02) return at;
  }
  return undefined;
}

export function mxfFile(asset: Asset): Promise<MxfFile> {
  return once(asset, 'mxf', () => new MxfWalk(asset).walk());
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
  readonly #file: MxfFile = { sets: [], dark: [], pictures: [], encrypted: false };
  #start = 0;
  /** Where partitions are said to begin; each is walked once. */
  readonly #known = new Set<number>();
  readonly #pending: number[] = [];
  /** The file lists all its partitions at its end, or the last of them leads back to all others. */
  #listed = false;
  #triplets = 0;
  #metadataBytes = 0;

  constructor(readonly asset: Asset) {}

  async walk(): Promise<MxfFile> {
    const start = headerPartitionAt(await this.asset.read(0, RUN_IN_BYTES + KEY_BYTES));
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
      this.#fault(bounded('bound.mxfPartitions', { most: limits.mxfPartitions }));
      return;
    }
    this.#known.add(at);
    this.#pending.push(at);
  }

  #next(): number | undefined {
    this.#pending.sort((a, b) => b - a);
    return this.#pending.pop();
  }

  /** The triplet that begins there; a fault where none does, or where it runs past the end of the file. */
  async #klv(at: number): Promise<{ klv?: Klv; fault?: Fault }> {
    const head = await this.asset.read(at, KEY_BYTES + 1 + LONGEST_LENGTH_BYTES);
    if (head.length < KEY_BYTES + 1) return { fault: malformed('mxf.truncated') };
    const key = head.toString('hex', 0, KEY_BYTES);
    const first = head[KEY_BYTES] ?? 0;
    const more = first >= 0x80 ? first & 0x7f : 0;
    // Lengths of no bytes and of more than eight (ST 336 §5.3) are none that MXF allows.
    if (!key.startsWith('060e2b34') || first === 0x80 || more > LONGEST_LENGTH_BYTES)
      return { fault: malformed('mxf.klv', { at }) };
    const dataOffset = at + KEY_BYTES + 1 + more;
    if (head.length < KEY_BYTES + 1 + more) return { fault: malformed('mxf.truncated') };
    const dataBytes =
      more === 0 ? first : Number(BigInt(`0x${head.toString('hex', KEY_BYTES + 1, KEY_BYTES + 1 + more)}`));
    const klv = { key, offset: at, dataOffset, dataBytes };
    return dataOffset + dataBytes > this.asset.bytes ? { klv, fault: malformed('mxf.truncated') } : { klv };
  }

  /** §12: the last thing in a file, whose last four bytes say how long it is. */
  async #readIndex(): Promise<void> {
    const tail = await this.asset.read(Math.max(0, this.asset.bytes - 4), 4);
    const bytes = tail.length === 4 ? tail.readUInt32BE(0) : 0;
    const at = this.asset.bytes - bytes;
    if (bytes < KEY_BYTES + 5 || at <= this.#start) return;
    const { klv, fault } = await this.#klv(at);
    if (!klv || fault || !RANDOM_INDEX.test(klv.key)) return;
    if (klv.dataBytes > limits.mxfPartitions * INDEX_ENTRY_BYTES + 4) {
      this.#fault(bounded('bound.mxfPartitions', { most: limits.mxfPartitions }));
      return;
    }
    const entries = await this.asset.read(klv.dataOffset, klv.dataBytes);
    for (let entry = 0; entry + INDEX_ENTRY_BYTES + 4 <= entries.length; entry += INDEX_ENTRY_BYTES)
      this.#listedAt(Number(entries.readBigUInt64BE(entry + 4)));
    this.#listed = true;
    this.#file.end = this.asset.bytes;
  }

  /** A place that the file gives, from the start of its header partition. */
  #listedAt(relative: number): void {
    const at = this.#start + relative;
    if (at < this.asset.bytes) this.#know(at);
    else this.#fault(malformed('mxf.truncated'));
  }

  async #partition(at: number): Promise<void> {
    const { klv, fault } = await this.#klv(at);
    if (fault || !klv || !isPartition(klv.key)) {
      this.#fault(fault?.code === 'mxf.truncated' ? fault : malformed('mxf.partition', { at }));
      return;
    }
    const pack = await this.#pack(klv);
    if (!pack) return;
    // Whatever a list leaves out, the partition behind it still names the one before.
    if (pack.previous > 0 && this.#start + pack.previous < at) this.#listedAt(pack.previous);
    if (pack.footer > 0) {
      this.#listedAt(pack.footer);
      const footer = await this.#klv(this.#start + pack.footer);
      if (footer.klv && isPartition(footer.klv.key)) this.#listed = true;
    }
    await this.#content(klv);
  }

  async #pack({ offset, dataOffset, dataBytes }: Klv): Promise<Partition | undefined> {
    const bytes = await this.asset.read(dataOffset, Math.min(dataBytes, PACK_BYTES));
    if (bytes.length < PACK_BYTES) {
      this.#fault(malformed('mxf.partition', { at: offset }));
      return undefined;
    }
    return {
      at: offset,
      previous: Number(bytes.readBigUInt64BE(16)),
      footer: Number(bytes.readBigUInt64BE(24)),
    };
  }

  /** All triplets up to the next partition. */
  async #content(pack: Klv): Promise<void> {
    const partition: Content = { generic: GENERIC_STREAM.test(pack.key), primer: new Map(), essence: 0 };
    for (let at = pack.dataOffset + pack.dataBytes; at < this.asset.bytes; ) {
      this.#triplets += 1;
      if (this.#triplets > limits.mxfTriplets) {
        this.#fault(bounded('bound.mxfTriplets', { most: limits.mxfTriplets }));
        return;
      }
      const { klv, fault } = await this.#klv(at);
      if (fault) {
        // What is there of a picture that is cut off is still looked at.
        if (klv && PICTURE.test(klv.key)) this.#picture(klv);
        this.#fault(fault);
        return;
      }
      if (!klv || this.#ends(klv)) return;
      await this.#take(klv, partition);
      // The first frames have been seen, and the file says where it goes on.
      if (this.#listed && partition.essence >= limits.frameParts) return;
      at = klv.dataOffset + klv.dataBytes;
    }
  }

  /** What begins there belongs to this partition no more. */
  #ends(klv: Klv): boolean {
    if (isPartition(klv.key)) {
      this.#know(klv.offset);
      return true;
    }
    if (!RANDOM_INDEX.test(klv.key)) return false;
    this.#file.end ??= klv.dataOffset + klv.dataBytes;
    return true;
  }

  async #take(klv: Klv, partition: Content): Promise<void> {
    if (FILL.test(klv.key) || INDEX.test(klv.key)) return;
    if (PRIMER.test(klv.key)) partition.primer = await this.#primer(klv);
    else if (ESSENCE.test(klv.key)) {
      partition.essence += 1;
      if (ENCRYPTED.test(klv.key)) this.#file.encrypted = true;
      if (PICTURE.test(klv.key)) this.#picture(klv);
    } else if (SET.test(klv.key)) await this.#set(klv, partition.primer);
    else this.#dark({ ...klv, stream: partition.generic || GENERIC_STREAM_DATA.test(klv.key) });
  }

  #picture(klv: Klv): void {
    if (this.#file.pictures.length < limits.seiFrames) this.#file.pictures.push(klv);
  }

  #dark(klv: Klv & { stream: boolean }): void {
    if (this.#file.dark.length < limits.mxfSets) this.#file.dark.push(klv);
    else this.#fault(bounded('bound.mxfSets', { most: limits.mxfSets }));
  }

  /** §9.2: two bytes of tag and sixteen of key each. */
  async #primer({ dataOffset, dataBytes }: Klv): Promise<Map<number, string>> {
    const found = new Map<number, string>();
    const bytes = await this.asset.read(dataOffset, Math.min(dataBytes, 8 + 18 * 0xffff));
    for (let at = 8; at + 18 <= bytes.length; at += 18)
      found.set(bytes.readUInt16BE(at), withoutVersion(bytes.toString('hex', at + 2, at + 18)));
    return found;
  }

  async #set(klv: Klv, primer: ReadonlyMap<number, string>): Promise<void> {
    this.#metadataBytes += klv.dataBytes;
    if (this.#file.sets.length >= limits.mxfSets) {
      this.#fault(bounded('bound.mxfSets', { most: limits.mxfSets }));
      return;
    }
    if (this.#metadataBytes > limits.mxfMetadataBytes) {
      this.#fault(bounded('bound.mxfMetadata', { most: limits.mxfMetadataBytes }));
      return;
    }
    const bytes = await this.asset.read(klv.dataOffset, klv.dataBytes);
    let count = 0;
    let at = 0;
    for (; at + 4 <= bytes.length && count < MOST_ITEMS; count++) {
      const next = at + 4 + bytes.readUInt16BE(at + 2);
      if (next > bytes.length) break;
      at = next;
    }
    if (at !== bytes.length) this.#fault(malformed('mxf.set', { at: klv.offset }));
    this.#file.sets.push({
      key: withoutVersion(klv.key),
      offset: klv.offset,
      get items() {
        return itemsIn(bytes, klv.dataOffset, primer);
      },
    });
  }
}

/** Each of a set has a tag of its own, in two bytes. */
const MOST_ITEMS = 0x10000;

/** What is there of an item that is cut off is one too. */
function itemsIn(bytes: Buffer, offset: number, primer: ReadonlyMap<number, string>): MxfItem[] {
  const items: MxfItem[] = [];
  for (let at = 0; at + 4 <= bytes.length && items.length < MOST_ITEMS; ) {
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
