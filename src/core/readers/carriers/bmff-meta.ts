import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import {
  type HeaderField,
  parseBrands,
  parseCompressorName,
  parseHandlerName,
  parseHeaderTimes,
} from '../containers/bmff-headers.js';
import { readMetaItems } from '../containers/bmff-items.js';
import { type BmffNode, readBmffTree } from '../containers/bmff-tree.js';
import { parseUserData } from '../containers/bmff-user-data.js';
import type { Reader } from '../reader.js';
import { TagList } from '../text/tag-list.js';

/**
 * Reads the descriptive data of a movie: items of `ilst`, user data, names of handlers and compressors, brands, times.
 * It uses Assay's own walkers because music-metadata gives no locators, omits `udta` and tracks, and loses every tag of
 * a truncated file.
 */
export const bmffMetaReader: Reader<'bmffMeta'> = {
  carrier: 'bmffMeta',

  async read(asset) {
    const tree = await readBmffTree(asset);
    const keys = new Map(tree.items.filter((n) => n.type === 'keys').map((n) => [n.parent, n]));
    const list = new TagList();
    for (const node of tree.items) {
      if (list.isFull) break;
      await readNode(asset, node, keys, list);
    }
    list.addFault(tree.fault);
    return list.conclude(tree.outside);
  },
};

/** Maps the offset of a `meta` box to its `keys` box. */
type KeysBoxes = ReadonlyMap<number | undefined, BmffNode>;

async function readNode(asset: Asset, node: BmffNode, keys: KeysBoxes, list: TagList): Promise<void> {
  const parent = node.path.split('.').at(-2);
  if (node.type === 'ilst' && parent === 'meta') return readItems(asset, node, keys, list);
  if (parent === 'udta' && !OWN_READERS.has(node.type)) return readUserData(asset, node, list);
  const fields = await headerFields(asset, node);
  for (const field of fields)
    list.add({ system: formatSystem(node.type, node), ...field, offset: node.dataOffset });
}

/**
 * Boxes that are not read as user data: `meta` is walked; XMP, ID3 tags and Samsung's trailer have readers of their
 * own.
 */
const OWN_READERS: ReadonlySet<string> = new Set(['meta', 'hdlr', 'XMP_', 'ID32', 'sefd']);

const HEADERS: Readonly<Record<string, (bytes: Buffer) => HeaderField[]>> = {
  ftyp: parseBrands,
  mvhd: parseHeaderTimes,
  tkhd: parseHeaderTimes,
  mdhd: parseHeaderTimes,
  hdlr: (bytes) => one(parseHandlerName(bytes)),
  stsd: (bytes) => one(parseCompressorName(bytes)),
};
const one = (field: HeaderField | undefined) => (field ? [field] : []);

async function headerFields(asset: Asset, node: BmffNode): Promise<HeaderField[]> {
  const fields = Object.hasOwn(HEADERS, node.type) ? HEADERS[node.type] : undefined;
  return fields
    ? fields(await asset.read(node.dataOffset, Math.min(node.dataBytes, limits.shownValueCharacters)))
    : [];
}

async function readItems(asset: Asset, ilst: BmffNode, keys: KeysBoxes, list: TagList): Promise<void> {
  const { items, fault } = await readMetaItems(asset, ilst, keys.get(ilst.parent));
  for (const { system, key, value, offset, bytes } of items)
    list.add({ system: formatSystem(system, ilst), key, value, offset }, bytes);
  list.addFault(fault);
}

async function readUserData(asset: Asset, node: BmffNode, list: TagList): Promise<void> {
  const structured = node.type === 'Xtra' || node.type === 'smta' || node.type.startsWith('©');
  // A structured box that is cut cannot be parsed to its end.
  if (structured && node.dataBytes > limits.tagValueBytes) list.addShortened();
  const head = await asset.read(node.dataOffset, Math.min(node.dataBytes, limits.tagValueBytes));
  for (const { name, value } of parseUserData(node.type, head, node.dataBytes)) {
    const key = name === '' ? node.type : `${node.type}:${name}`;
    list.add({ system: formatSystem('udta', node), key, value, offset: node.dataOffset }, node.dataBytes);
  }
}

/**
 * Names the track in the system, except for `hdlr`: every track has one, and its rows are matched by the bare system
 * name.
 */
function formatSystem(system: string, { track, type }: BmffNode): string {
  return track === undefined || type === 'hdlr' ? system : `${system} of track ${track}`;
}
