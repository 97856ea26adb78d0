import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { type BmffBox, boxWalk, topBoxes, walkBoxes } from './bmff-boxes.js';
import { bounded, once, type Walk } from './walk.js';

/** A box of JPEG 2000 that holds no others, or is not opened. */
export interface Jp2Box extends BmffBox {
  /** `xml`, `asoc.uuid`. */
  path: string;
}

/** Superboxes in which XML and UUID boxes may stand (ISO/IEC 15444-1 Annex I, 15444-2 Annex M). */
const OPENED = new Set(['asoc', 'jpch', 'jplh', 'uinf']);

const XMP = /<(?:\?xpacket |x:x[am]pmeta[\s>]|rdf:RDF[\s>])/;
const START_BYTES = 1_024;

/** XML boxes may hold XMP (ISO/IEC 15444-2 §M.11.18), as some programs have it. */
export async function isXmpBox(asset: Asset, { type, dataOffset, dataBytes }: BmffBox): Promise<boolean> {
  if (type !== 'xml ') return false;
  return XMP.test((await asset.read(dataOffset, Math.min(dataBytes, START_BYTES))).toString('latin1'));
}

/** All boxes of a JP2 or JPX, with those inside others. */
export function jp2Boxes(asset: Asset): Promise<Walk<Jp2Box>> {
  return once(asset, 'jp2Boxes', async () => {
    const top = await topBoxes(asset);
    const items: Jp2Box[] = [];
    let { fault } = top;
    const shared = boxWalk();
    const open = async (boxes: readonly BmffBox[], path: string, depth: number): Promise<void> => {
      for (const box of boxes) {
        const name = `${path}${box.type.replace(/[^ -~]/g, '?').trimEnd()}`;
        items.push({ ...box, path: name });
        if (!OPENED.has(box.type)) continue;
        if (depth >= limits.bmffDepth) {
          fault ??= bounded('bound.boxDepth', { most: limits.bmffDepth });
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
