import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import type { MxfItem, MxfSet } from './containers/mxf-klv.js';
import { mxfFile } from './containers/mxf-klv.js';
import {
  DMS1,
  INDIRECT_VALUE,
  ITEM_NAMES,
  type MxfName,
  type MxfType,
  SET_NAMES,
  STATIC_ITEMS,
  TEXT_BASED,
} from './containers/mxf-names.js';
import { textInBytes } from './containers/mxf-texts.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';
import { TagList } from './tag-list.js';
import { tagText, utf16Text } from './tag-text.js';

/**
 * What the header metadata of MXF says (SMPTE ST 377-1 §9): the programs that wrote it, packages with their UMIDs (ST 330),
 * descriptive metadata (AS-11 and its UK DPP shim, DMS-1, RP 2057), tagged values; and every other item that is text.
 */
export const mxfMetadataReader: Reader<'mxfMetadata'> = {
  carrier: 'mxfMetadata',
  reach: reach({
    read: 'mxf',
    none: 'jpeg png webp gif tiff heif jxl svg bmff matroska avi flv mp3 wav flac ogg aiff aac pdf cr3 raf psd jp2 zip tar mail cfb ts ps asf dpx exr bmp postscript xmp',
  }),

  async read(asset) {
    const { sets, fault } = await mxfFile(asset);
    const list = new TagList();
    // Header metadata are repeated in further partitions; what they change is another text.
    const seen = new Set<string>();
    for (const set of sets) {
      if (list.full) break;
      for (const tag of tagsOf(set)) {
        if (list.full) break;
        // A name may be as long as 32,000 characters, and thousands of values share it.
        const key = `${tag.system} ${cut(tag.key, limits.shownValueCharacters)} ${tag.value}`;
        if (seen.has(key)) continue;
        seen.add(key);
        list.add(tag);
      }
    }
    list.fault(fault);
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
    const value = name ? shownValue(name.type, item.bytes) : textInBytes(item.bytes);
    if (value === undefined || value.trim() === '') return [];
    return [{ system, key: name?.name ?? keyName(item), value, offset: item.offset }];
  });
}

const nameOf = ({ tag, key }: MxfItem): MxfName | undefined =>
  STATIC_ITEMS.get(tag) ?? (key === undefined ? undefined : ITEM_NAMES[key]);

/** An item that has no name here is called by its key, or by its tag where the primer has none. */
const keyName = ({ tag, key }: MxfItem): string => key ?? `0x${tag.toString(16).padStart(4, '0')}`;

function systemOf(key: string): string {
  const named = SET_NAMES[key];
  if (named !== undefined) return `MXF ${named}`;
  const registered = key.slice(16);
  if (registered.startsWith(TEXT_BASED)) return 'MXF text-based metadata';
  if (registered.startsWith(DMS1)) return 'MXF DMS-1';
  return `MXF set ${key}`;
}

/** The name of a tagged value is the program's own; its value says of what type it is (AAF, indirect). */
function taggedValue(items: readonly MxfItem[], system: string): Tag[] {
  const name = items.find((item) => nameOf(item)?.name === 'Name');
  const key = name ? utf16Text(name.bytes, 'be') : '';
  return items
    .filter(({ tag }) => tag === INDIRECT_VALUE)
    .flatMap((item): Tag[] => {
      const value = indirectText(item.bytes);
      return value === undefined || value === '' ? [] : [{ system, key, value, offset: item.offset }];
    });
}

/** One byte for the order of bytes (`L`, `B`), sixteen for the type. */
const BEFORE_INDIRECT = 17;
/** The type of a text, in both orders (SMPTE ST 2001-1: 01.10.02.00). */
const TEXT_TYPE = /^(4c00021001|42.*01100200)/;

function indirectText(bytes: Buffer): string | undefined {
  const order = bytes[0] === 0x4c ? 'le' : 'be';
  const value = bytes.subarray(BEFORE_INDIRECT);
  if (TEXT_TYPE.test(bytes.toString('hex', 0, BEFORE_INDIRECT))) return utf16Text(value, order);
  // Whatever else is text is told as such.
  const short = value.length > 0 && value.length <= limits.tagHexBytes ? value.toString('hex') : undefined;
  return textInBytes(value, order) ?? short;
}

function shownValue(type: MxfType, bytes: Buffer): string | undefined {
  switch (type) {
    case 'text':
      return utf16Text(bytes, 'be');
    case 'utf8':
      return tagText(bytes);
    case 'time':
      return bytes.length === 8 ? timeText(bytes) : undefined;
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

/** ST 377-1 §4.3: year, month, day, hour, minute, second, and quarters of a hundredth; all zero where it is not known. */
function timeText(bytes: Buffer): string | undefined {
  if (bytes.every((byte) => byte === 0)) return undefined;
  const two = (at: number) => String(bytes[at] ?? 0).padStart(2, '0');
  const year = String(bytes.readUInt16BE(0)).padStart(4, '0');
  return `${year}-${two(2)}-${two(3)}T${two(4)}:${two(5)}:${two(6)}`;
}
