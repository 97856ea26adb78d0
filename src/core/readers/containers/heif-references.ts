import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { type BmffBox, listTopBoxes, walkBoxes } from './bmff-boxes.js';
import { type ItemExtents, readItemExtents } from './heif-extents.js';
import { bounded, cachePerAsset, malformed, type Walk } from './walk.js';

/** All items of a HEIF file, their references and names (ISO/IEC 14496-12 §8.11, 23008-12 §6). */
export interface HeifDirectory {
  items: { id: number; type: string; name: string; contentType: string; encoding: string }[];
  primary?: number | undefined;
  references: { type: string; from: number; to: number[] }[];
  /** URN of each auxiliary picture's type, by item id. */
  auxiliary: ReadonlyMap<number, string>;
  fault?: NonNullable<Walk<never>['fault']> | undefined;
  readExtents(wanted: ReadonlySet<number>): Promise<ItemExtents>;
}

/**
 * Returns the directory; `undefined` if there is no `meta` box. A picture of 65,535 tiles has as many items, so their
 * boxes are read at once and not one by one.
 */
export const readHeifDirectory = (asset: Asset): Promise<HeifDirectory | undefined> =>
  cachePerAsset(asset, 'heif', () => readDirectory(asset));

async function readDirectory(asset: Asset): Promise<HeifDirectory | undefined> {
  const meta = (await listTopBoxes(asset)).items.find(({ type }) => type === 'meta');
  if (!meta) return undefined;
  // `meta` is a FullBox: version and flags precede its children.
  const inner = await walkBoxes(asset, meta.dataOffset + 4, meta.dataOffset + meta.dataBytes);
  const box = (type: string) => inner.items.find((one) => one.type === type);
  let fault = inner.fault;
  const dataOf = async (one: BmffBox | undefined): Promise<Buffer> => {
    if (one === undefined) return Buffer.alloc(0);
    if (one.dataBytes <= limits.heifLocationBytes) return asset.read(one.dataOffset, one.dataBytes);
    fault ??= bounded('bound.bytes', { place: one.type.trim(), most: limits.heifLocationBytes });
    return Buffer.alloc(0);
  };
  const items = itemsOf(await dataOf(box('iinf')));
  const references = referencesOf(await dataOf(box('iref')));
  const primary = await dataOf(box('pitm'));
  const located = box('iloc');
  return {
    items,
    references,
    primary:
      primary.length < 6 ? undefined : primary[0] === 0 ? primary.readUInt16BE(4) : numberAt(primary, 4),
    auxiliary: references.some(({ type }) => type === 'auxl')
      ? auxiliaryTypes(await dataOf(box('iprp')))
      : new Map(),
    fault,
    readExtents: async (wanted) =>
      located === undefined
        ? { items: new Map(), fault: malformed('heif.iloc') }
        : readItemExtents(asset, located, wanted, box('idat')),
  };
}

const numberAt = (bytes: Buffer, at: number) => (at + 4 <= bytes.length ? bytes.readUInt32BE(at) : 0);

/** Yields the boxes in these bytes, up to the first that does not fit. */
function* boxesIn(bytes: Buffer, from: number): Generator<{ type: string; data: Buffer }> {
  for (let at = from; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    const end = size === 0 ? bytes.length : at + size;
    if (end < at + 8 || end > bytes.length) return;
    yield { type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, end) };
    at = end;
  }
}

function itemsOf(iinf: Buffer): HeifDirectory['items'] {
  const items: HeifDirectory['items'] = [];
  if (iinf.length < 4) return items;
  for (const { type, data } of boxesIn(iinf, 4 + (iinf[0] === 0 ? 2 : 4))) {
    const version = data[0] ?? 0;
    const wide = version >= 3;
    const typeAt = 4 + (wide ? 4 : 2) + 2;
    if (type !== 'infe' || version < 2 || data.length < typeAt + 4) continue;
    // Most items are tiles without a name, for which no string is created.
    const named = data.length > typeAt + 5;
    const [name = '', contentType = '', encoding = ''] = named
      ? data.toString('latin1', typeAt + 4, typeAt + 4 + limits.heifInfoBytes).split('\0')
      : [];
    items.push({
      id: wide ? data.readUInt32BE(4) : data.readUInt16BE(4),
      type: data.toString('latin1', typeAt, typeAt + 4),
      name,
      contentType,
      encoding,
    });
  }
  return items;
}

function referencesOf(iref: Buffer): HeifDirectory['references'] {
  const references: HeifDirectory['references'] = [];
  if (iref.length < 4) return references;
  const width = iref[0] === 0 ? 2 : 4;
  for (const { type, data } of boxesIn(iref, 4)) {
    if (data.length < width + 2) continue;
    const count = data.readUInt16BE(width);
    const to: number[] = [];
    for (let at = width + 2; at + width <= data.length && to.length < count; at += width)
      to.push(data.readUIntBE(at, width));
    references.push({ type, from: data.readUIntBE(0, width), to });
  }
  return references;
}

/**
 * Reads the URNs of auxiliary pictures: `ipco` lists properties, and `ipma` assigns them to items by number, counted
 * from 1.
 */
function auxiliaryTypes(iprp: Buffer): Map<number, string> {
  const types = new Map<number, string>();
  const boxes = [...boxesIn(iprp, 0)];
  const properties = boxes.find(({ type }) => type === 'ipco')?.data ?? Buffer.alloc(0);
  const urns = new Map<number, string>();
  let index = 0;
  for (const { type, data } of boxesIn(properties, 0)) {
    index += 1;
    if (type !== 'auxC' || data.length <= 4) continue;
    const end = data.indexOf(0, 4);
    urns.set(index, data.toString('latin1', 4, Math.min(end < 0 ? data.length : end, 4 + LONGEST_URN)));
  }
  for (const { data } of boxes.filter(({ type }) => type === 'ipma')) addAssociated(data, urns, types);
  return types;
}

const LONGEST_URN = 128;

/** Reads for each item the number of its properties, then their indexes, each with a bit that marks it as essential. */
function addAssociated(ipma: Buffer, urns: ReadonlyMap<number, string>, into: Map<number, string>): void {
  if (ipma.length < 8) return;
  const itemBytes = ipma[0] === 0 ? 2 : 4;
  const indexBytes = ((ipma[3] ?? 0) & 1) === 1 ? 2 : 1;
  const mask = indexBytes === 2 ? 0x7fff : 0x7f;
  let left = ipma.readUInt32BE(4);
  for (let at = 8; left > 0 && at + itemBytes < ipma.length; left--) {
    const item = ipma.readUIntBE(at, itemBytes);
    const first = at + itemBytes + 1;
    const end = first + indexBytes * (ipma[at + itemBytes] ?? 0);
    for (at = first; at < end && at + indexBytes <= ipma.length; at += indexBytes) {
      const urn = urns.get(ipma.readUIntBE(at, indexBytes) & mask);
      if (urn !== undefined) into.set(item, urn);
    }
    at = end;
  }
}
