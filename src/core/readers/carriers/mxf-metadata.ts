import { truncate } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import type { MxfItem, MxfSet } from '../containers/mxf-klv.js';
import { readMxfFile } from '../containers/mxf-klv.js';
import {
  DMS1,
  INDIRECT_VALUE,
  ITEM_NAMES,
  type MxfName,
  type MxfType,
  SET_NAMES,
  STATIC_ITEMS,
  TEXT_BASED,
} from '../containers/mxf-names.js';
import { decodeText } from '../containers/mxf-texts.js';
import type { Reader } from '../reader.js';
import { TagList } from '../text/tag-list.js';
import { decodeTagText, decodeUtf16 } from '../text/tag-text.js';

/**
 * Reads the header metadata of MXF (SMPTE ST 377-1 §9): the programs that wrote it, packages with their UMIDs (ST 330),
 * descriptive metadata (AS-11 and its UK DPP shim, DMS-1, RP 2057), tagged values; and every other item that is text.
 */
export const mxfMetadataReader: Reader<'mxfMetadata'> = {
  carrier: 'mxfMetadata',

  async read(asset) {
    const { sets, fault } = await readMxfFile(asset);
    const list = new TagList();
    // Header metadata are repeated in further partitions; only changed texts are added.
    const seen = new Set<string>();
    for (const set of sets) {
      if (list.isFull) break;
      for (const tag of tagsOf(set)) {
        if (list.isFull) break;
        // A name may have 32,000 characters, and thousands of values share it, so it is truncated in the key.
        const key = `${tag.system} ${truncate(tag.key, limits.shownValueCharacters)} ${tag.value}`;
        if (seen.has(key)) continue;
        seen.add(key);
        list.add(tag);
      }
    }
    list.addFault(fault);
    return list.conclude();
  },
};

interface Tag {
  system: string;
  key: string;
  value: string;
  offset: number;
}

function tagsOf({ key, items }: MxfSet): Tag[] {
  const system = systemOf(key);
  if (items.some(({ tag }) => tag === INDIRECT_VALUE)) return taggedValue(items, system);
  return items.flatMap((item): Tag[] => {
    const name = nameOf(item);
    const value = name ? shownValue(name.type, item.bytes) : decodeText(item.bytes);
    if (value === undefined || value.trim() === '') return [];
    return [{ system, key: name?.name ?? keyName(item), value, offset: item.offset }];
  });
}

const nameOf = ({ tag, key }: MxfItem): MxfName | undefined =>
  STATIC_ITEMS.get(tag) ?? (key === undefined ? undefined : ITEM_NAMES[key]);

/** Returns the key of an item without a name, or its tag if the primer does not list it. */
const keyName = ({ tag, key }: MxfItem): string => key ?? `0x${tag.toString(16).padStart(4, '0')}`;

function systemOf(key: string): string {
  const named = SET_NAMES[key];
  if (named !== undefined) return `MXF ${named}`;
  const registered = key.slice(16);
  if (registered.startsWith(TEXT_BASED)) return 'MXF text-based metadata';
  if (registered.startsWith(DMS1)) return 'MXF DMS-1';
  return `MXF set ${key}`;
}

/** Reads a tagged value, whose name the program chooses and whose value states its type (AAF, indirect). */
function taggedValue(items: readonly MxfItem[], system: string): Tag[] {
  const name = items.find((item) => nameOf(item)?.name === 'Name');
  const key = name ? decodeUtf16(name.bytes, 'be') : '';
  return items
    .filter(({ tag }) => tag === INDIRECT_VALUE)
    .flatMap((item): Tag[] => {
      const value = decodeIndirectText(item.bytes);
      return value === undefined || value === '' ? [] : [{ system, key, value, offset: item.offset }];
    });
}

/** One byte for the byte order (`L`, `B`), sixteen for the type. */
const BEFORE_INDIRECT = 17;
/** Type of a text in both byte orders (SMPTE ST 2001-1: 01.10.02.00). */
const TEXT_TYPE = /^(4c00021001|42.*01100200)/;

function decodeIndirectText(bytes: Buffer): string | undefined {
  const order = bytes[0] === 0x4c ? 'le' : 'be';
  const value = bytes.subarray(BEFORE_INDIRECT);
  if (TEXT_TYPE.test(bytes.toString('hex', 0, BEFORE_INDIRECT))) return decodeUtf16(value, order);
  // Values of other types are shown if they are text, or as hexadecimal digits if they are short.
  const short = value.length > 0 && value.length <= limits.tagHexBytes ? value.toString('hex') : undefined;
  return decodeText(value, order) ?? short;
}

function shownValue(type: MxfType, bytes: Buffer): string | undefined {
  switch (type) {
    case 'text':
      return decodeUtf16(bytes, 'be');
    case 'utf8':
      return decodeTagText(bytes);
    case 'time':
      return bytes.length === 8 ? formatTime(bytes) : undefined;
    case 'umid':
    case 'uid':
      return bytes.every((byte) => byte === 0) ? undefined : bytes.toString('hex');
    case 'version':
      return bytes.length >= 8 ? [0, 2, 4, 6].map((at) => bytes.readUInt16BE(at)).join('.') : undefined;
    case 'version2':
      return bytes.length === 2 ? `${bytes[0]}.${bytes[1]}` : undefined;
    case 'flag':
      return bytes.length === 1 ? String(bytes[0] !== 0) : undefined;
    case 'rational':
      return bytes.length === 8 ? `${bytes.readInt32BE(0)}:${bytes.readInt32BE(4)}` : undefined;
    case 'number':
      if (bytes.length === 8) return bytes.readBigInt64BE(0).toString();
      return bytes.length > 0 && bytes.length <= 4 ? String(bytes.readUIntBE(0, bytes.length)) : undefined;
  }
}

/** Formats year, month, day, hour, minute, second, and units of 4 ms; all zero means unknown (ST 377-1 §4.3). */
function formatTime(bytes: Buffer): string | undefined {
  if (bytes.every((byte) => byte === 0)) return undefined;
  const two = (at: number) => String(bytes[at] ?? 0).padStart(2, '0');
  const year = String(bytes.readUInt16BE(0)).padStart(4, '0');
  return `${year}-${two(2)}-${two(3)}T${two(4)}:${two(5)}:${two(6)}`;
}
