import { type Said, said } from '../../../say/said.js';
import { faultSaid } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { type BmffBox, type BoxWalk, boxWalk, topBoxes, walkBoxes } from './bmff-boxes.js';
import { cutMovie } from './bmff-movie.js';
import { bounded, once, type Walk } from './walk.js';

export interface BmffNode extends BmffBox {
  /** `moov.trak.mdia.hdlr` */
  path: string;
  /** Where the box it stands in begins. */
  parent?: number;
  /** Which `trak` of the movie it stands in, counted from 1. */
  track?: number;
}

export interface BmffTree extends Walk<BmffNode> {
  /** What kept the walk over the file's own boxes from its end, where the movie itself was read. */
  outside?: Said;
}

/** Boxes that hold the boxes we look for; every other one is stepped over by its size. */
const PARENTS: ReadonlySet<string> = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'udta', 'meta']);

/** The file's own boxes and those of the movie (ISO/IEC 14496-12 §8; QuickTime File Format), in file order. */
export function bmffTree(asset: Asset): Promise<BmffTree> {
  return once(asset, 'bmff-tree', async () => {
    const top = await topBoxes(asset);
    const tree: BmffTree = { items: [] };
    const shared = boxWalk();
    for (const box of top.items) await visit(asset, shared, tree, { ...box, path: box.type });
    if (!top.fault) {
      const fault = tree.fault ?? (await cutMovie(asset));
      const hasMovie = tree.items.some((node) => node.path === 'moov');
      return fault === undefined || hasMovie ? tree : { ...tree, fault };
    }
    // Past a whole movie a file may break off, or be followed by anything: that hides none of its metadata.
    const main = asset.mediaType.container === 'heif' ? 'meta' : 'moov';
    if (tree.items.some((node) => node.path === main))
      return { ...tree, outside: said('note.boxBeforeFault', { why: faultSaid(top.fault), box: main }) };
    return { ...tree, fault: tree.fault ?? top.fault };
  });
}

async function visit(asset: Asset, shared: BoxWalk, tree: BmffTree, node: BmffNode): Promise<void> {
  tree.items.push(node);
  if (!PARENTS.has(node.type)) return;
  if (node.path.split('.').length >= limits.bmffDepth) {
    tree.fault ??= bounded('bound.boxDepth', { most: limits.bmffDepth });
    return;
  }
  const start = node.dataOffset + (node.type === 'meta' ? await metaHeaderBytes(asset, node) : 0);
  const { items, fault } = await walkBoxes(asset, start, node.dataOffset + node.dataBytes, shared);
  if (fault) tree.fault ??= fault;
  let track = node.track;
  for (const box of items) {
    if (node.type === 'moov' && box.type === 'trak') track = (track ?? 0) + 1;
    const inTrack = box.type === 'trak' || node.track !== undefined ? track : undefined;
    await visit(asset, shared, tree, {
      ...box,
      path: `${node.path}.${box.type}`,
      parent: node.offset,
      ...(inTrack === undefined ? {} : { track: inTrack }),
    });
  }
}

/** `meta` is a FullBox in ISO files and a plain box in QuickTime ones: whether a type stands at its start tells. */
export async function metaHeaderBytes(asset: Asset, node: BmffBox): Promise<number> {
  const head = await asset.read(node.dataOffset, 8);
  return head.length === 8 && /^[A-Za-z0-9]{4}$/.test(head.toString('latin1', 4, 8)) ? 0 : 4;
}
