import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { BmffBox } from './bmff-boxes.js';
import { bounded, malformed, type Walk } from './walk.js';

/** Byte spans of an item in the file. */
export type Extents = { offset: number; bytes: number }[];

export interface ItemExtents {
  items: Map<number, Extents>;
  fault?: NonNullable<Walk<never>['fault']>;
}

/** Reads `iloc` (ISO/IEC 14496-12 §8.11.3): the locations of the wanted items. `idat` is the box that may hold them. */
export async function readItemExtents(
  asset: Asset,
  iloc: BmffBox,
  wanted: ReadonlySet<number>,
  idat: BmffBox | undefined,
): Promise<ItemExtents> {
  const items = new Map<number, Extents>();
  if (wanted.size === 0) return { items };
  if (iloc.dataBytes > limits.heifLocationBytes)
    return {
      items,
      fault: bounded('bound.bytes', { place: 'iloc', most: limits.heifLocationBytes }),
    };
  const cursor = new Cursor(await asset.read(iloc.dataOffset, iloc.dataBytes));
  try {
    const form = formOf(cursor);
    // Limits the extents, because empty ones cost the file nothing: 65,535 of them fit into six bytes.
    let extentsLeft: number = limits.heifExtents;
    for (let i = 0; i < form.count && items.size < wanted.size; i++) {
      const item = itemOf(cursor, form, extentsLeft);
      if (!item) return { items, fault: bounded('bound.extents', { most: limits.heifExtents }) };
      extentsLeft -= item.extents.length;
      if (!wanted.has(item.id)) continue;
      const room = roomOf(item, asset, idat);
      if (!room)
        return {
          items,
          fault: bounded('heif.construction'),
        };
      items.set(item.id, resolveExtents(item.extents, room));
    }
    return { items };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { items, fault: malformed('heif.iloc') };
  }
}

interface Form {
  version: number;
  offsetSize: number;
  lengthSize: number;
  baseSize: number;
  indexSize: number;
  count: number;
}

function formOf(cursor: Cursor): Form {
  const version = cursor.take(1);
  cursor.take(3);
  const sizes = cursor.take(2);
  return {
    version,
    offsetSize: sizes >> 12,
    lengthSize: (sizes >> 8) & 15,
    baseSize: (sizes >> 4) & 15,
    indexSize: version === 0 ? 0 : sizes & 15,
    count: cursor.take(version < 2 ? 2 : 4),
  };
}

interface Item {
  id: number;
  /** 0: in the file; 1: in `idat`; 2: in another item. */
  method: number;
  /** 0: in this file. */
  reference: number;
  extents: Extents;
}

/** Reads an item; `undefined` if it has more than `most` extents. */
function itemOf(cursor: Cursor, form: Form, most: number): Item | undefined {
  const id = cursor.take(form.version < 2 ? 2 : 4);
  const method = form.version === 0 ? 0 : cursor.take(2) & 15;
  const reference = cursor.take(2);
  const base = cursor.take(form.baseSize);
  const count = cursor.take(2);
  if (count > most) return undefined;
  const extents: Extents = [];
  for (let n = 0; n < count; n++) {
    cursor.take(form.indexSize);
    const offset = base + cursor.take(form.offsetSize);
    extents.push({ offset, bytes: cursor.take(form.lengthSize) });
  }
  return { id, method, reference, extents };
}

interface ByteBounds {
  start: number;
  end: number;
}

function roomOf(
  { method, reference }: Item,
  asset: Asset,
  idat: BmffBox | undefined,
): ByteBounds | undefined {
  if (reference !== 0) return undefined;
  if (method === 0) return { start: 0, end: asset.bytes };
  if (method !== 1 || !idat) return undefined;
  return { start: idat.dataOffset, end: idat.dataOffset + idat.dataBytes };
}

/** An extent without a length reaches to the end of its container. */
function resolveExtents(extents: Extents, { start, end }: ByteBounds): Extents {
  return extents.map(({ offset, bytes }) => ({
    offset: start + offset,
    bytes: bytes === 0 ? Math.max(0, end - start - offset) : bytes,
  }));
}

/** Reads consecutive big-endian numbers. Throws `RangeError` past the end. */
class Cursor {
  #at = 0;
  constructor(readonly bytes: Buffer) {}

  take(size: number): number {
    const at = this.#at;
    this.#at += size;
    switch (size) {
      case 0:
        return 0;
      case 1:
        return this.bytes.readUInt8(at);
      case 2:
        return this.bytes.readUInt16BE(at);
      case 3:
        return this.bytes.readUIntBE(at, 3);
      case 4:
        return this.bytes.readUInt32BE(at);
      case 8:
        return Number(this.bytes.readBigUInt64BE(at));
      default:
        throw new RangeError(`numbers of ${size} bytes are not of this format`);
    }
  }
}
