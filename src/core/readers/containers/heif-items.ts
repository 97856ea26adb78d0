import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { type BmffBox, listTopBoxes, walkBoxes } from './bmff-boxes.js';
import { type Extents, readItemExtents } from './heif-extents.js';
import { bounded, type Walk } from './walk.js';

/** Metadata item of HEIC, HEIF or AVIF, listed in the `meta` box (ISO/IEC 14496-12 §8.11). */
export interface HeifItem {
  id: number;
  /** Item type, such as `Exif`, `mime` or `hvc1`. */
  type: string;
  contentType: string;
  /** Compression of the bytes; empty if there is none. */
  encoding: string;
  /** Byte spans of the item in the file. */
  extents: Extents;
}

export interface HeifItems extends Walk<HeifItem> {
  /** Fault that prevented finding some of the items, regardless of other faults of the file. */
  itemsFault?: Walk<HeifItem>['fault'];
}

/** Returns the items of these types. Pictures are excluded because there can be thousands. */
export async function readHeifItems(asset: Asset, types: ReadonlySet<string>): Promise<HeifItems> {
  const top = await listTopBoxes(asset);
  const meta = top.items.find((b) => b.type === 'meta');
  if (!meta) return { items: [], ...(top.fault ? { fault: top.fault } : {}) };
  // `meta` is a FullBox: version and flags precede its children.
  const inner = await walkBoxes(asset, meta.dataOffset + 4, meta.dataOffset + meta.dataBytes);
  const box = (type: string) => inner.items.find((b) => b.type === type);
  const announced = box('iinf');
  const located = box('iloc');
  if (!announced || !located) return walked([], top.fault, inner.fault);
  const infos = await itemInfos(asset, announced, types);
  const places = await readItemExtents(asset, located, new Set(infos.items.map((i) => i.id)), box('idat'));
  const items = infos.items.map((info) => ({ ...info, extents: places.items.get(info.id) ?? [] }));
  return walked(items, top.fault, inner.fault ?? infos.fault ?? places.fault);
}

function walked(items: HeifItem[], elsewhere: HeifItems['fault'], missed: HeifItems['fault']): HeifItems {
  const fault = elsewhere ?? missed;
  return { items, ...(fault ? { fault } : {}), ...(missed ? { itemsFault: missed } : {}) };
}

type Info = Omit<HeifItem, 'extents'>;

/** Reads `iinf`: a count, then one `infe` box per item; versions 2 and 3 have a type. */
async function itemInfos(asset: Asset, iinf: BmffBox, types: ReadonlySet<string>): Promise<Walk<Info>> {
  const version = (await asset.read(iinf.dataOffset, 1))[0] ?? 0;
  const start = iinf.dataOffset + 4 + (version === 0 ? 2 : 4);
  const boxes = await walkBoxes(asset, start, iinf.dataOffset + iinf.dataBytes);
  const items: Info[] = [];
  let fault = boxes.fault;
  for (const box of boxes.items.filter((b) => b.type === 'infe')) {
    if (items.length >= limits.heifItems) {
      fault ??= bounded('bound.entries', { place: 'HEIF', most: limits.heifItems });
      break;
    }
    const info = infoOf(await asset.read(box.dataOffset, Math.min(box.dataBytes, limits.heifInfoBytes)));
    if (!info || !types.has(info.type)) continue;
    items.push(info);
    // The content type follows a name of arbitrary length.
    if (box.dataBytes > limits.heifInfoBytes)
      fault ??= bounded('bound.bytes', { place: 'iinf', most: limits.heifInfoBytes });
  }
  return fault ? { items, fault } : { items };
}

function infoOf(data: Buffer): Info | undefined {
  const version = data[0] ?? 0;
  const wide = version === 3;
  const typeAt = 4 + (wide ? 4 : 2) + 2;
  if (version < 2 || data.length < typeAt + 4) return undefined;
  const [, contentType = '', encoding = ''] = data.toString('latin1', typeAt + 4).split('\0');
  return {
    id: wide ? data.readUInt32BE(4) : data.readUInt16BE(4),
    type: data.toString('latin1', typeAt, typeAt + 4),
    contentType,
    encoding,
  };
}
