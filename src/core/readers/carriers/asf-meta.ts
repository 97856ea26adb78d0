import { limits } from '../../../base/limits.js';
import { message } from '../../../i18n/message.js';
import type { Asset } from '../../media/asset.js';
import {
  ASF_TYPES,
  type AsfAttribute,
  type AsfObject,
  formatGuid,
  readAsfAttributes,
  readAsfObjects,
} from '../containers/asf-objects.js';
import { malformed } from '../containers/walk.js';
import type { Reader } from '../reader.js';
import { TagList } from '../text/tag-list.js';
import { decodeTagText, decodeUtf16, formatByteCount, formatTagValue } from '../text/tag-text.js';

/**
 * Reads the text in the header of ASF (WMV and WMA files): content description, attributes, codecs, script commands and
 * markers (Advanced Systems Format Specification 1.20.05, §3 and §4). It does not read the media data.
 */
export const asfMetaReader: Reader<'asfMeta'> = {
  carrier: 'asfMeta',

  async read(asset) {
    const { items, fault } = await readAsfObjects(asset);
    const list = new TagList();
    for (const object of items) {
      const read = FIXED[object.kind];
      if (!read || list.isFull) continue;
      await read(new FieldReader(asset, object, list));
    }
    const attributes = await readAsfAttributes(asset);
    for (const attribute of attributes.items) {
      if (list.isFull) break;
      await addAttribute(asset, attribute, list);
    }
    list.addFault(attributes.fault);
    list.addFault(fault);
    return list.conclude(
      items.some(({ kind }) => kind === 'encryption') ? message('note.asf.encrypted') : undefined,
    );
  },
};

/**
 * Reads consecutive lengths and texts within one object. A field that runs past the end of the object is reported as a
 * fault, and reading stops there.
 */
class FieldReader {
  #at: number;
  readonly #end: number;
  torn = false;

  constructor(
    readonly asset: Asset,
    { dataOffset, dataBytes }: AsfObject,
    readonly list: TagList,
  ) {
    this.#at = dataOffset;
    this.#end = dataOffset + dataBytes;
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }

  async number(bytes: 2 | 4): Promise<number> {
    if (this.torn || this.#at + bytes > this.#end) return this.#tear();
    const read = await this.asset.read(this.#at, bytes);
    if (read.length < bytes) return this.#tear();
    this.#at += bytes;
    return read.readUIntLE(0, bytes);
  }

  /**
   * Adds the next `bytes` bytes as text under `key`; empty text is skipped. Addresses (§3.13) are ASCII, all other
   * texts UTF-16.
   */
  async text(system: string, key: string, bytes: number, coding: 'utf16' | 'ascii' = 'utf16'): Promise<void> {
    if (this.torn || this.list.isFull) return;
    if (this.#at + bytes > this.#end) {
      this.#tear();
      return;
    }
    const offset = this.#at;
    const read = await this.asset.read(offset, Math.min(bytes, limits.tagValueBytes));
    const value = coding === 'ascii' ? decodeTagText(read) : decodeUtf16(read, 'le');
    this.#at += bytes;
    if (value.trim() !== '') this.list.add({ system, key, value, offset }, bytes);
  }

  get over(): boolean {
    return this.torn || this.list.isFull;
  }

  #tear(): number {
    this.torn = true;
    this.list.addFault(malformed('data.lengthAt', { place: 'ASF', at: this.#at }));
    return 0;
  }
}

const DESCRIPTION = ['Title', 'Author', 'Copyright', 'Description', 'Rating'] as const;
const BRANDING = ['Banner image address', 'Copyright address'] as const;
const GUID_BYTES = 16;

const FIXED: Partial<Record<AsfObject['kind'], (fields: FieldReader) => Promise<void>>> = {
  contentDescription: async (fields) => {
    const lengths: number[] = [];
    for (const _ of DESCRIPTION) lengths.push(await fields.number(2));
    for (const [index, key] of DESCRIPTION.entries())
      await fields.text('ASF content description', key, lengths[index] ?? 0);
  },
  contentBranding: async (fields) => {
    fields.skip(4);
    fields.skip(await fields.number(4));
    for (const key of BRANDING)
      await fields.text('ASF content branding', key, await fields.number(4), 'ascii');
  },
  codecList: async (fields) => {
    fields.skip(GUID_BYTES);
    for (let count = await fields.number(4); count > 0 && !fields.over; count--) {
      await fields.number(2);
      await fields.text('ASF codec list', 'Codec name', 2 * (await fields.number(2)));
      await fields.text('ASF codec list', 'Codec description', 2 * (await fields.number(2)));
      fields.skip(await fields.number(2));
    }
  },
  scriptCommand: async (fields) => {
    fields.skip(GUID_BYTES);
    let commands = await fields.number(2);
    for (let types = await fields.number(2); types > 0 && !fields.over; types--)
      await fields.text('ASF script command', 'Type', 2 * (await fields.number(2)));
    for (; commands > 0 && !fields.over; commands--) {
      fields.skip(6);
      await fields.text('ASF script command', 'Command', 2 * (await fields.number(2)));
    }
  },
  marker: async (fields) => {
    fields.skip(GUID_BYTES);
    let markers = await fields.number(4);
    fields.skip(2);
    await fields.text('ASF marker', 'Name', await fields.number(2));
    for (; markers > 0 && !fields.over; markers--) {
      fields.skip(26);
      await fields.text('ASF marker', 'Description', 2 * (await fields.number(4)));
    }
  },
};

async function addAttribute(asset: Asset, attribute: AsfAttribute, list: TagList): Promise<void> {
  const { system, name: key, type, offset, bytes } = attribute;
  const read = await asset.read(offset, Math.min(bytes, limits.tagValueBytes));
  list.add({ system, key, value: valueText(type, read, bytes), offset }, bytes);
}

function valueText(type: number, read: Buffer, bytes: number): string {
  switch (type) {
    case ASF_TYPES.text:
      return decodeUtf16(read, 'le');
    case ASF_TYPES.flag:
      return String(read.some((byte) => byte !== 0));
    case ASF_TYPES.dword:
    case ASF_TYPES.qword:
    case ASF_TYPES.word:
      return read.length === 8
        ? read.readBigUInt64LE(0).toString()
        : read.length > 0 && read.length <= 6
          ? String(read.readUIntLE(0, read.length))
          : formatByteCount(bytes);
    case ASF_TYPES.guid:
      return read.length === GUID_BYTES ? formatGuid(read) : formatByteCount(bytes);
    default:
      return bytes > limits.tagValueBytes ? formatByteCount(bytes) : formatTagValue(read, bytes);
  }
}
