import type { Asset } from '../../asset.js';
import { limits } from '../../limits.js';
import { type BmffBox, topBoxes, walkBoxes } from './bmff-boxes.js';
import { once } from './walk.js';

/** Boxes on the way to `keys`: `moov.udta.meta.keys`, or `moov.meta.keys`. */
const PARENTS = new Set(['moov', 'udta', 'meta']);

/** The `mdta` key names of a BMFF file in index order (QuickTime File Format, metadata item keys atom). */
export function bmffKeys(asset: Asset): Promise<string[]> {
  return once(asset, 'bmff-keys', async () => {
    const { items } = await topBoxes(asset);
    const box = await find(
      asset,
      items.filter((b) => b.type === 'moov'),
      0,
    );
    return box && box.dataBytes <= limits.carrierTextCharacters
      ? readKeys(await asset.read(box.dataOffset, box.dataBytes))
      : [];
  });
}

async function find(asset: Asset, boxes: BmffBox[], depth: number): Promise<BmffBox | undefined> {
  if (depth > 3) return undefined;
  for (const box of boxes) {
    if (box.type === 'keys') return box;
    if (!PARENTS.has(box.type)) continue;
    const skip = box.type === 'meta' ? await metaHeader(asset, box) : 0;
    const { items } = await walkBoxes(asset, box.dataOffset + skip, box.dataOffset + box.dataBytes);
    const found = await find(asset, items, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** `meta` is a FullBox in ISO files and a plain box in QuickTime ones: the child that comes first tells. */
async function metaHeader(asset: Asset, box: BmffBox): Promise<number> {
  return (await asset.read(box.dataOffset + 4, 4)).toString('latin1') === 'hdlr' ? 0 : 4;
}

function readKeys(data: Buffer): string[] {
  const keys: string[] = [];
  let at = 8;
  while (at + 8 <= data.length && keys.length < limits.tagsPerCarrier) {
    const size = data.readUInt32BE(at);
    if (size < 8 || at + size > data.length) break;
    keys.push(data.toString('utf8', at + 8, at + size));
    at += size;
  }
  return keys;
}
