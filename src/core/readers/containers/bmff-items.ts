import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { decodeTagText, decodeUtf16, formatByteCount, formatTagValue } from '../text/tag-text.js';
import { type BmffBox, type BoxWalk, createBoxWalk, walkBoxes } from './bmff-boxes.js';
import { bounded, malformed } from './walk.js';

export interface MetaItem {
  /** `mdta` if a key of the `keys` box names the item, else `iTunes`. */
  system: 'mdta' | 'iTunes';
  key: string;
  value: string;
  offset: number;
  bytes: number;
}

interface Items {
  items: MetaItem[];
  fault?: WalkFault;
}

/** Returns the items of an `ilst` box, with names from a sibling `keys` box (QuickTime File Format, metadata). */
export async function readMetaItems(
  asset: Asset,
  ilst: BmffBox,
  keysBox: BmffBox | undefined,
): Promise<Items> {
  const keys = keysBox ? await readKeys(asset, keysBox) : undefined;
  const shared = createBoxWalk();
  const list = await walkBoxes(asset, ilst.dataOffset, ilst.dataOffset + ilst.dataBytes, shared);
  const items: MetaItem[] = [];
  let fault = keys?.fault ?? list.fault;
  for (const box of list.items) {
    const index = keys ? Buffer.from(box.type, 'latin1').readUInt32BE(0) : 0;
    const named = keys?.names[index - 1];
    // The index has no key, so the name of the item is unknown; it could be AIGC.
    if (keys && named === undefined && isIndex(box.type)) fault ??= malformed('bmff.keys');
    const read = await readItem(asset, box, named ?? itemName(box.type), shared);
    fault ??= read.fault;
    items.push(
      ...read.items.map((item) => ({ ...item, system: named ? ('mdta' as const) : ('iTunes' as const) })),
    );
  }
  return { items, ...(fault ? { fault } : {}) };
}

/** Reads the names of a `keys` box in index order: 32-bit size, namespace, name. */
async function readKeys(asset: Asset, box: BmffBox): Promise<{ names: string[]; fault?: WalkFault }> {
  const broken = malformed('bmff.keys');
  const names: string[] = [];
  if (box.dataBytes > limits.carrierTextCharacters)
    return {
      names,
      fault: bounded('bound.bytes', { place: 'keys', most: limits.carrierTextCharacters }),
    };
  const data = await asset.read(box.dataOffset, box.dataBytes);
  let at = 8;
  while (at + 8 <= data.length) {
    const size = data.readUInt32BE(at);
    if (size < 8 || at + size > data.length) return { names, fault: broken };
    names.push(data.toString('utf8', at + 8, at + size));
    at += size;
  }
  return data.length >= 8 && names.length >= data.readUInt32BE(4) ? { names } : { names, fault: broken };
}

/** Reads one item: each `data` box is a value; items of type `----` also have `mean` and `name`. */
async function readItem(asset: Asset, item: BmffBox, name: string, shared: BoxWalk): Promise<Items> {
  const { items, fault } = await walkBoxes(asset, item.dataOffset, item.dataOffset + item.dataBytes, shared);
  const values = items.filter((box) => box.type === 'data');
  if (values.length === 0) {
    const head = await asset.read(item.dataOffset, Math.min(item.dataBytes, limits.tagValueBytes));
    const value = formatTagValue(head, item.dataBytes);
    return {
      items: [{ system: 'iTunes', key: name, value, offset: item.dataOffset, bytes: item.dataBytes }],
    };
  }
  let key = name;
  for (const box of items.filter((b) => (b.type === 'mean' || b.type === 'name') && name === '----')) {
    // Reads more than the maximum length of a name, so that truncation can be detected.
    const text = await asset.read(box.dataOffset, Math.min(box.dataBytes, 2 * limits.shownValueCharacters));
    key += `:${decodeTagText(text.subarray(4))}`;
  }
  const found: MetaItem[] = [];
  for (const box of values) {
    const head = await asset.read(box.dataOffset, 8 + Math.min(box.dataBytes, limits.tagValueBytes));
    if (head.length < 8) continue;
    const bytes = Math.max(0, box.dataBytes - 8);
    const value = dataText(head.readUInt32BE(0) & 0xffffff, head.subarray(8, 8 + bytes), bytes, key);
    found.push({ system: 'iTunes', key, value, offset: box.dataOffset + 8, bytes });
  }
  return { items: found, ...(fault ? { fault } : {}) };
}

/**
 * Returns the name of an item, normally its four-character type. Doubao uses numbers without a `keys` box that names
 * them.
 */
function itemName(type: string): string {
  return isIndex(type) ? `0x${Buffer.from(type, 'latin1').toString('hex')}` : type;
}

function isIndex(type: string): boolean {
  return /^\0\0[\s\S]{2}$/.test(type);
}

const PICTURES: Readonly<Record<number, string>> = {
  12: 'image/gif',
  13: 'image/jpeg',
  14: 'image/png',
  27: 'image/bmp',
};

/** Decodes a value by its well-known type (QuickTime File Format). */
function dataText(type: number, bytes: Buffer, total: number, key: string): string {
  const picture = PICTURES[type];
  if (picture !== undefined) return `${picture}, ${formatByteCount(total)}`;
  if (type === 1 || type === 4) return decodeTagText(bytes);
  if (type === 2 || type === 5) return decodeUtf16(bytes, 'be');
  if (type === 3) return new TextDecoder('shift_jis').decode(bytes);
  return numberText(type, bytes) ?? pairText(key, bytes) ?? formatTagValue(bytes, total);
}

const SIGNED: ReadonlySet<number> = new Set([21, 65, 66, 67, 74]);
const UNSIGNED: ReadonlySet<number> = new Set([22, 75, 76, 77, 78]);

function numberText(type: number, bytes: Buffer): string | undefined {
  if (type === 23 && bytes.length === 4) return String(bytes.readFloatBE(0));
  if (type === 24 && bytes.length === 8) return String(bytes.readDoubleBE(0));
  if (bytes.length === 0 || bytes.length > 8) return undefined;
  if (!SIGNED.has(type) && !UNSIGNED.has(type)) return undefined;
  const value = BigInt(`0x${bytes.toString('hex')}`);
  return String(SIGNED.has(type) ? BigInt.asIntN(bytes.length * 8, value) : value);
}

/** Formats track and disc: a reserved field, number, total. */
function pairText(key: string, bytes: Buffer): string | undefined {
  if ((key !== 'trkn' && key !== 'disk') || bytes.length < 6) return undefined;
  return `${bytes.readUInt16BE(2)}/${bytes.readUInt16BE(4)}`;
}
