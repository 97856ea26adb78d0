import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { type BmffBox, createBoxWalk, listTopBoxes, walkBoxes } from './bmff-boxes.js';
import { bounded, cachePerAsset, type Walk } from './walk.js';

/** JPEG 2000 box that contains no other boxes, or is not opened. */
export interface Jp2Box extends BmffBox {
  /** Types of the enclosing boxes and of this one, such as `xml` or `asoc.uuid`. */
  path: string;
}

/** Superboxes that may contain XML and UUID boxes (ISO/IEC 15444-1 Annex I, 15444-2 Annex M). */
const OPENED = new Set(['asoc', 'jpch', 'jplh', 'uinf']);

const XMP = /<(?:\?xpacket |x:x[am]pmeta[\s>]|rdf:RDF[\s>])/;
const START_BYTES = 1_024;

/** Returns whether an XML box holds XMP, as some programs write it (ISO/IEC 15444-2 §M.11.18). */
export async function isXmpBox(asset: Asset, { type, dataOffset, dataBytes }: BmffBox): Promise<boolean> {
  if (type !== 'xml ') return false;
  return XMP.test((await asset.read(dataOffset, Math.min(dataBytes, START_BYTES))).toString('latin1'));
}

/** Returns all boxes of a JP2 or JPX, including nested ones. */
export function readJp2Boxes(asset: Asset): Promise<Walk<Jp2Box>> {
  return cachePerAsset(asset, 'jp2Boxes', async () => {
    const top = await listTopBoxes(asset);
    const items: Jp2Box[] = [];
    let { fault } = top;
    const shared = createBoxWalk();
    const open = async (boxes: readonly BmffBox[], path: string, depth: number): Promise<void> => {
      for (const box of boxes) {
        const name = `${path}${box.type.replace(/[^ -~]/g, '?').trimEnd()}`;
        items.push({ ...box, path: name });
        if (!OPENED.has(box.type)) continue;
        if (depth >= limits.bmffDepth) {
          fault ??= bounded('bound.depth', { place: 'ISO BMFF', most: limits.bmffDepth });
          continue;
        }
        const inside = await walkBoxes(asset, box.dataOffset, box.dataOffset + box.dataBytes, shared);
        fault ??= inside.fault;
        await open(inside.items, `${name}.`, depth + 1);
      }
    };
    await open(top.items, '', 0);
    return fault ? { items, fault } : { items };
  });
}
