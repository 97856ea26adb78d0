import { faultMessage } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { type Message, message } from '../../../i18n/message.js';
import type { Asset } from '../../media/asset.js';
import { type BmffBox, type BoxWalk, createBoxWalk, listTopBoxes, walkBoxes } from './bmff-boxes.js';
import { findMovieCut } from './bmff-movie.js';
import { bounded, cachePerAsset, type Walk } from './walk.js';

export interface BmffNode extends BmffBox {
  /** Types of the enclosing boxes and of this one, such as `moov.trak.mdia.hdlr`. */
  path: string;
  /** Offset of the parent box. */
  parent?: number;
  /** Number of the enclosing `trak`, counted from 1. */
  track?: number;
}

export interface BmffTree extends Walk<BmffNode> {
  /** Fault that ended the walk of the top-level boxes although the movie itself was read. */
  outside?: Message;
}

/** Boxes that may contain relevant boxes; all others are skipped by their size. */
const PARENTS: ReadonlySet<string> = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'udta', 'meta']);

/** Returns the top-level boxes and those of the movie (ISO/IEC 14496-12 §8; QuickTime File Format) in file order. */
export function readBmffTree(asset: Asset): Promise<BmffTree> {
  return cachePerAsset(asset, 'bmff-tree', async () => {
    const top = await listTopBoxes(asset);
    const tree: BmffTree = { items: [] };
    const shared = createBoxWalk();
    for (const box of top.items) await visit(asset, shared, tree, { ...box, path: box.type });
    if (!top.fault) {
      const fault = tree.fault ?? (await findMovieCut(asset));
      const hasMovie = tree.items.some((node) => node.path === 'moov');
      return fault === undefined || hasMovie ? tree : { ...tree, fault };
    }
    // After a complete movie a file may break off or continue with anything without hiding any of its metadata.
    const main = asset.mediaType.container === 'heif' ? 'meta' : 'moov';
    if (tree.items.some((node) => node.path === main))
      return {
        ...tree,
        outside: message('note.boxBeforeFault', { why: faultMessage(top.fault), box: main }),
      };
    return { ...tree, fault: tree.fault ?? top.fault };
  });
}

async function visit(asset: Asset, shared: BoxWalk, tree: BmffTree, node: BmffNode): Promise<void> {
  tree.items.push(node);
  if (!PARENTS.has(node.type)) return;
  if (node.path.split('.').length >= limits.bmffDepth) {
    tree.fault ??= bounded('bound.depth', { place: 'ISO BMFF', most: limits.bmffDepth });
    return;
  }
  const start = node.dataOffset + (node.type === 'meta' ? await readMetaHeaderBytes(asset, node) : 0);
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

/** `meta` is a FullBox in ISO files and a plain box in QuickTime files. A box type at its start identifies the latter. */
export async function readMetaHeaderBytes(asset: Asset, node: BmffBox): Promise<number> {
  const head = await asset.read(node.dataOffset, 8);
  return head.length === 8 && /^[A-Za-z0-9]{4}$/.test(head.toString('latin1', 4, 8)) ? 0 : 4;
}
