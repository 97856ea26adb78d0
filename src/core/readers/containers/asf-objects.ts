import { limits } from '../../../base/limits.js';
import { lookupTable } from '../../../base/table.js';
import { trimEndCharacters } from '../../../base/trim-end.js';
import type { Asset } from '../../media/asset.js';
import { ByteWindow, bounded, cachePerAsset, malformed, type Walk } from './walk.js';

/** Objects of ASF by their GUIDs (Advanced Systems Format Specification 1.20.05, §10). */
const KINDS = lookupTable({
  '75b22630-668e-11cf-a6d9-00aa0062ce6c': 'header',
  '75b22636-668e-11cf-a6d9-00aa0062ce6c': 'data',
  '33000890-e5b1-11cf-89f4-00a0c90349cb': 'index',
  'd6e229d3-35da-11d1-9034-00a0c90349be': 'index',
  'feb103f8-12ad-4c64-840f-2a1d2f7ad48c': 'index',
  '3cb73fd0-0c4a-4803-953d-edf7b6228f0c': 'index',
  '8cabdca1-a947-11cf-8ee4-00c00c205365': 'fileProperties',
  'b7dc0791-a9b7-11cf-8ee6-00c00c205365': 'streamProperties',
  '5fbf03b5-a92e-11cf-8ee3-00c00c205365': 'headerExtension',
  '86d15240-311d-11d0-a3a4-00a0c90348f6': 'codecList',
  '1efb1a30-0b62-11d0-a39b-00a0c90348f6': 'scriptCommand',
  'f487cd01-a951-11cf-8ee6-00c00c205365': 'marker',
  '75b22633-668e-11cf-a6d9-00aa0062ce6c': 'contentDescription',
  'd2d0a440-e307-11d2-97f0-00a0c95ea850': 'extendedContentDescription',
  '2211b3fa-bd23-11d2-b4b7-00a0c955fc6e': 'contentBranding',
  '2211b3fb-bd23-11d2-b4b7-00a0c955fc6e': 'encryption',
  '298ae614-2622-4c17-b935-dae07ee9289c': 'encryption',
  '43058533-6981-49e6-9b74-ad12cb86d58c': 'encryption',
  '2211b3fc-bd23-11d2-b4b7-00a0c955fc6e': 'other',
  'd6e229dc-35da-11d1-9034-00a0c90349be': 'other',
  '7bf875ce-468d-11d1-8d82-006097c9a2b2': 'other',
  'f8699e40-5b4d-11cf-a8fd-00805f5c442b': 'other',
  '1806d474-cadf-4509-a4ba-9aabcb96aae8': 'other',
  '14e6a5cb-c672-4332-8399-a96952065b5a': 'extendedStreamProperties',
  'a08649cf-4775-4670-8a16-6e35357566cd': 'other',
  'd1465a40-5a79-4338-b71b-e36b8fd6c249': 'other',
  'd4fed15b-88d3-454f-81f0-ed5c45999e24': 'other',
  'a69609e6-517b-11d2-b6af-00c04fd908e9': 'other',
  '7c4346a9-efe0-4bfc-b229-393ede415c85': 'other',
  'c5f8cbea-5baf-4877-8467-aa8c44fa4cca': 'metadata',
  '44231c94-9498-49d1-a141-1d134e457054': 'metadataLibrary',
  '6b203bad-3f11-48e4-aca8-d7613de2cfa7': 'other',
  'd08649cf-4775-4670-8a16-6e35357566cd': 'other',
  '26f18b5d-4584-47ec-9f5f-0e651f0452c9': 'other',
  'd9aade20-7c17-4f9c-bc28-8555dd98e2a2': 'other',
  // XMP object behind the header or within it (XMP Specification Part 3, §2.1).
  'be7acfcb-97a9-42e8-9c71-999491e3afac': 'xmp',
} as const);

export type AsfKind = NonNullable<(typeof KINDS)[string]> | 'unknown';

export interface AsfObject {
  kind: AsfKind;
  guid: string;
  offset: number;
  /** Offset after the GUID and the size. */
  dataOffset: number;
  dataBytes: number;
  /** Whether the object is in the header or in its extension. */
  isInHeader: boolean;
}

const HEAD_BYTES = 24;
/** Length of the header's object count and two reserved bytes. */
const BEFORE_HEADER_OBJECTS = 6;
/** Length of a reserved GUID, a reserved number, and the length of the data that follows. */
const BEFORE_EXTENSION_OBJECTS = 22;
const FLAGS_AT = 64;
const EXTENDED_BYTES = 4_096;
const STREAM_PROPERTIES = Buffer.from('9107dcb7b7a9cf118ee600c00c205365', 'hex');
const BROADCAST = 1;

/** Formats sixteen bytes as a GUID; the first three groups are little-endian. */
export function formatGuid(bytes: Buffer): string {
  const head = [bytes.readUInt32LE(0), bytes.readUInt16LE(4), bytes.readUInt16LE(6)];
  const [first, second, third] = head.map((value, index) =>
    value.toString(16).padStart(index === 0 ? 8 : 4, '0'),
  );
  return `${first}-${second}-${third}-${bytes.toString('hex', 8, 10)}-${bytes.toString('hex', 10, 16)}`;
}

/** Returns all objects of an ASF: those in the header, in its extension, and behind it. */
export function readAsfObjects(asset: Asset): Promise<Walk<AsfObject>> {
  return cachePerAsset(asset, 'asf', () => new AsfWalk(asset).walk());
}

class AsfWalk {
  readonly #items: AsfObject[] = [];
  #fault: Walk<AsfObject>['fault'];
  readonly #window: ByteWindow;

  constructor(readonly asset: Asset) {
    this.#window = new ByteWindow(asset);
  }

  async walk(): Promise<Walk<AsfObject>> {
    await this.#level(0, this.asset.bytes, false);
    return this.#fault ? { items: this.#items, fault: this.#fault } : { items: this.#items };
  }

  /** Reads consecutive objects. A fault within the header does not prevent reading the objects behind it. */
  async #level(from: number, end: number, inHeader: boolean): Promise<void> {
    for (let at = from; at < end; ) {
      if (this.#items.length >= limits.asfObjects) {
        this.#fault ??= bounded('bound.entries', { place: 'ASF', most: limits.asfObjects });
        return;
      }
      const head = await this.#window.bytes(at, HEAD_BYTES);
      if (at + HEAD_BYTES > end || head.length < HEAD_BYTES) {
        if (head.some((byte) => byte !== 0)) this.#cut(at, end);
        return;
      }
      const guid = formatGuid(head);
      const size = Number(head.readBigUInt64LE(16));
      const kind: AsfKind = KINDS[guid] ?? 'unknown';
      // A broadcast recording has no size here (§4): it extends to the end of the file.
      if (kind === 'data' && size < HEAD_BYTES && (await this.#isBroadcast())) return;
      if (size < HEAD_BYTES) {
        this.#fault ??= malformed('data.lengthAt', { place: 'ASF', at });
        return;
      }
      const past = at + size > end;
      const dataOffset = at + HEAD_BYTES;
      const dataBytes = Math.min(size, end - at) - HEAD_BYTES;
      this.#items.push({ kind, guid, offset: at, dataOffset, dataBytes, isInHeader: inHeader });
      if (kind === 'header' && !inHeader)
        await this.#level(dataOffset + BEFORE_HEADER_OBJECTS, dataOffset + dataBytes, true);
      if (kind === 'headerExtension' && inHeader)
        await this.#level(dataOffset + BEFORE_EXTENSION_OBJECTS, dataOffset + dataBytes, true);
      if (kind === 'extendedStreamProperties') await this.#embedded(dataOffset, dataBytes);
      if (past) {
        this.#cut(at, end);
        return;
      }
      at += size;
    }
  }

  /** A stream that is described only in the extension has its properties object at the end of this one (§4.1). */
  async #embedded(dataOffset: number, dataBytes: number): Promise<void> {
    const bytes = await this.asset.read(dataOffset, Math.min(dataBytes, EXTENDED_BYTES));
    const at = bytes.indexOf(STREAM_PROPERTIES);
    if (at < 0 || at + HEAD_BYTES > bytes.length) return;
    const offset = dataOffset + at;
    this.#items.push({
      kind: 'streamProperties',
      guid: formatGuid(STREAM_PROPERTIES),
      offset,
      dataOffset: offset + HEAD_BYTES,
      dataBytes: dataBytes - at - HEAD_BYTES,
      isInHeader: true,
    });
  }

  #cut(at: number, end: number): void {
    this.#fault ??=
      end >= this.asset.bytes ? malformed('asf.truncated') : malformed('data.lengthAt', { place: 'ASF', at });
  }

  async #isBroadcast(): Promise<boolean> {
    const properties = this.#items.find(({ kind }) => kind === 'fileProperties');
    if (!properties || properties.dataBytes < FLAGS_AT + 4) return false;
    const flags = await this.asset.read(properties.dataOffset + FLAGS_AT, 4);
    return flags.length === 4 && (flags.readUInt32LE(0) & BROADCAST) !== 0;
  }
}

/** Types of values (§3.10, §4.7, §4.8). */
export const ASF_TYPES = { text: 0, bytes: 1, flag: 2, dword: 3, qword: 4, word: 5, guid: 6 } as const;

/** An attribute, whose value is stored uncompressed in the file. */
export interface AsfAttribute {
  system: string;
  name: string;
  type: number;
  offset: number;
  bytes: number;
}

const SYSTEMS = {
  extendedContentDescription: 'ASF extended content description',
  metadata: 'ASF metadata',
  metadataLibrary: 'ASF metadata library',
} as const;

/** Returns the attributes of all three lists in file order. */
export function readAsfAttributes(asset: Asset): Promise<Walk<AsfAttribute>> {
  return cachePerAsset(asset, 'asf attributes', async () => {
    const { items: objects, fault: walkFault } = await readAsfObjects(asset);
    const walk: Walk<AsfAttribute> = { items: [] };
    for (const object of objects) {
      if (!(object.kind in SYSTEMS)) continue;
      await readList(asset, object, walk);
      if (walk.fault?.kind === 'bounded') break;
    }
    const fault = walk.fault ?? walkFault;
    return fault ? { items: walk.items, fault } : walk;
  });
}

async function readList(asset: Asset, object: AsfObject, walk: Walk<AsfAttribute>): Promise<void> {
  const window = new ByteWindow(asset);
  const end = object.dataOffset + object.dataBytes;
  const counted = await window.bytes(object.dataOffset, 2);
  let left = counted.length < 2 ? 0 : counted.readUInt16LE(0);
  if (object.dataBytes < 2) left = 1;
  for (let at = object.dataOffset + 2; left > 0; left--) {
    if (walk.items.length >= limits.asfAttributes) {
      walk.fault ??= bounded('bound.entries', { place: 'ASF', most: limits.asfAttributes });
      return;
    }
    const one = await (object.kind === 'extendedContentDescription' ? shortEntry : longEntry)(window, at);
    if (!one || one.offset + one.bytes > end) {
      walk.fault ??= malformed('data.lengthAt', { place: 'ASF', at });
      return;
    }
    walk.items.push({ system: SYSTEMS[object.kind as keyof typeof SYSTEMS], ...one });
    at = one.offset + one.bytes;
  }
}

type Entry = Omit<AsfAttribute, 'system'>;

/** Reads an entry of name, type and value with two-byte lengths. */
async function shortEntry(window: ByteWindow, at: number): Promise<Entry | undefined> {
  const head = await window.bytes(at, 2);
  if (head.length < 2) return undefined;
  const nameBytes = head.readUInt16LE(0);
  const name = nameText(await window.bytes(at + 2, nameBytes));
  const tail = await window.bytes(at + 2 + nameBytes, 4);
  if (tail.length < 4) return undefined;
  return { name, type: tail.readUInt16LE(0), offset: at + 6 + nameBytes, bytes: tail.readUInt16LE(2) };
}

/**
 * Reads an entry of language or reserved field, stream, length of the name, type and four-byte length of the value;
 * name and value follow.
 */
async function longEntry(window: ByteWindow, at: number): Promise<Entry | undefined> {
  const head = await window.bytes(at, 12);
  if (head.length < 12) return undefined;
  const nameBytes = head.readUInt16LE(4);
  const type = head.readUInt16LE(6);
  const bytes = head.readUInt32LE(8);
  const name = nameText(await window.bytes(at + 12, nameBytes));
  return { name, type, offset: at + 12 + nameBytes, bytes };
}

const nameText = (bytes: Buffer) => trimEndCharacters(bytes.toString('utf16le'), '\0');
