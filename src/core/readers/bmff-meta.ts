import { limits } from '../ground/limits.js';
import type { Asset } from '../media/asset.js';
import {
  brands,
  compressorName,
  type HeaderField,
  handlerName,
  headerTimes,
} from './containers/bmff-headers.js';
import { metaItems } from './containers/bmff-items.js';
import { type BmffNode, bmffTree } from './containers/bmff-tree.js';
import { userDataTexts } from './containers/bmff-user-data.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';
import { TagList } from './tag-list.js';

/**
 * What a movie says of itself: items of `ilst`, user data, names of handlers and compressors, brands, times. Read
 * by walkers of our own: music-metadata tells no place, leaves `udta` and tracks out, and loses every tag of a
 * file that breaks off.
 */
export const bmffMetaReader: Reader<'bmffMeta'> = {
  carrier: 'bmffMeta',
  reach: reach({
    read: 'heif bmff cr3',
    none: 'jpeg png webp gif tiff jxl svg matroska avi flv mp3 wav flac ogg aiff aac pdf raf psd jp2 zip tar mail cfb mxf ts ps asf dpx exr bmp postscript xmp',
  }),

  async read(asset) {
    const tree = await bmffTree(asset);
    const keys = new Map(tree.items.filter((n) => n.type === 'keys').map((n) => [n.parent, n]));
    const list = new TagList();
    for (const node of tree.items) {
      if (list.full) break;
      await readNode(asset, node, keys, list);
    }
    list.fault(tree.fault);
    return list.conclude(tree.outside);
  },
};

/** `keys` boxes by the `meta` box they stand in. */
type KeysBoxes = ReadonlyMap<number | undefined, BmffNode>;

async function readNode(asset: Asset, node: BmffNode, keys: KeysBoxes, list: TagList): Promise<void> {
  const parent = node.path.split('.').at(-2);
  if (node.type === 'ilst' && parent === 'meta') return readItems(asset, node, keys, list);
  if (parent === 'udta' && !OWN_READERS.has(node.type)) return readUserData(asset, node, list);
  const fields = await headerFields(asset, node);
  for (const field of fields)
    list.add({ system: withTrack(node.type, node), ...field, offset: node.dataOffset });
}

/** `meta` is walked; XMP, ID3 tags and Samsung's trailer have readers of their own. */
const OWN_READERS: ReadonlySet<string> = new Set(['meta', 'hdlr', 'XMP_', 'ID32', 'sefd']);

const HEADERS: Readonly<Record<string, (bytes: Buffer) => HeaderField[]>> = {
  ftyp: brands,
  mvhd: headerTimes,
  tkhd: headerTimes,
  mdhd: headerTimes,
  hdlr: (bytes) => one(handlerName(bytes)),
  stsd: (bytes) => one(compressorName(bytes)),
};
const one = (field: HeaderField | undefined) => (field ? [field] : []);

async function headerFields(asset: Asset, node: BmffNode): Promise<HeaderField[]> {
  const fields = Object.hasOwn(HEADERS, node.type) ? HEADERS[node.type] : undefined;
  return fields
    ? fields(await asset.read(node.dataOffset, Math.min(node.dataBytes, limits.shownValueCharacters)))
    : [];
}

async function readItems(asset: Asset, ilst: BmffNode, keys: KeysBoxes, list: TagList): Promise<void> {
  const { items, fault } = await metaItems(asset, ilst, keys.get(ilst.parent));
  for (const { system, key, value, offset, bytes } of items)
    list.add({ system: withTrack(system, ilst), key, value, offset }, bytes);
  list.fault(fault);
}

async function readUserData(asset: Asset, node: BmffNode, list: TagList): Promise<void> {
  const structured = node.type === 'Xtra' || node.type === 'smta' || node.type.startsWith('©');
  // Cut, it cannot be taken apart to its end.
  if (structured && node.dataBytes > limits.tagValueBytes) list.shortened();
  const head = await asset.read(node.dataOffset, Math.min(node.dataBytes, limits.tagValueBytes));
  for (const { name, value } of userDataTexts(node.type, head, node.dataBytes)) {
    const key = name === '' ? node.type : `${node.type}:${name}`;
    list.add({ system: withTrack('udta', node), key, value, offset: node.dataOffset }, node.dataBytes);
  }
}

/** `hdlr` stands in every track, and its rows are held against the name alone: only the others name theirs. */
function withTrack(system: string, { track, type }: BmffNode): string {
  return track === undefined || type === 'hdlr' ? system : `${system} of track ${track}`;
}
