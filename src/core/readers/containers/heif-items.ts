import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { type BmffBox, topBoxes, walkBoxes } from './bmff-boxes.js';
import { type Extents, itemPlaces } from './heif-places.js';
import { bounded, type Walk } from './walk.js';

/** A metadata item of HEIC, HEIF or AVIF, as the `meta` box announces it (ISO/IEC 14496-12 §8.11). */
export interface HeifItem {
  id: number;
  /** `Exif`, `mime`, `hvc1`, … */
  type: string;
  contentType: string;
  /** How the bytes are compressed; empty where they are not. */
  encoding: string;
  /** Where its bytes stand in the file, piece by piece. */
  extents: Extents;
}

export interface HeifItems extends Walk<HeifItem> {
  /** What kept some of them from being found, whatever is wrong with the file elsewhere. */
  missed?: Walk<HeifItem>['fault'];
}

/** The items of those types; pictures are left out, and can be thousands. */
export async function heifItems(asset: Asset, types: ReadonlySet<string>): Promise<HeifItems> {
  const top = await topBoxes(asset);
  const meta = top.items.find((b) => b.type === 'meta');
  if (!meta) return { items: [], ...(top.fault ? { fault: top.fault } : {}) };
  // `meta` is a FullBox: version and flags come before its children.
  const inner = await walkBoxes(asset, meta.dataOffset + 4, meta.dataOffset + meta.dataBytes);
  const box = (type: string) => inner.items.find((b) => b.type === type);
  const announced = box('iinf');
  const located = box('iloc');
  if (!announced || !located) return walked([], top.fault, inner.fault);
  const infos = await itemInfos(asset, announced, types);
  const places = await itemPlaces(asset, located, new Set(infos.items.map((i) => i.id)), box('idat'));
  const items = infos.items.map((info) => ({ ...info, extents: places.items.get(info.id) ?? [] }));
  return walked(items, top.fault, inner.fault ?? infos.fault ?? places.fault);
}

function walked(items: HeifItem[], elsewhere: HeifItems['fault'], missed: HeifItems['fault']): HeifItems {
  const fault = elsewhere ?? missed;
  return { items, ...(fault ? { fault } : {}), ...(missed ? { missed } : {}) };
}

type Info = Omit<HeifItem, 'extents'>;

/** `iinf`: a count, then one `infe` box an item; versions 2 and 3 have a type. */
async function itemInfos(asset: Asset, iinf: BmffBox, types: ReadonlySet<string>): Promise<Walk<Info>> {
  const version = (await asset.read(iinf.dataOffset, 1))[0] ?? 0;
  const start = iinf.dataOffset + 4 + (version === 0 ? 2 : 4);
  const boxes = await walkBoxes(asset, start, iinf.dataOffset + iinf.dataBytes);
  const items: Info[] = [];
  let fault = boxes.fault;
  for (const box of boxes.items.filter((b) => b.type === 'infe')) {
    if (items.length >= limits.heifItems) {
      fault ??= bounded('bound.items', { most: limits.heifItems });
      break;
    }
    const info = infoOf(await asset.read(box.dataOffset, Math.min(box.dataBytes, limits.heifInfoBytes)));
    if (!info || !types.has(info.type)) continue;
    items.push(info);
    // What it holds is named behind a name of any length.
    if (box.dataBytes > limits.heifInfoBytes)
      fault ??= bounded('bound.itemInfo', { most: limits.heifInfoBytes });
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
