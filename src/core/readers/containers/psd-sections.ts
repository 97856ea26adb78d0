import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { bounded, cachePerAsset, malformed, type Walk } from './walk.js';

/** Image resource of a PSD or PSB. */
export interface PsdResource {
  id: number;
  dataOffset: number;
  dataBytes: number;
}

/** Length of signature, version, reserved bytes, channels, height, width, depth, mode. */
const HEADER_BYTES = 26;
/** Minimum length of `8BIM`, id, a name of at least two bytes, and length. */
const MIN_RESOURCE_BYTES = 12;
const MAX_NAME_BYTES = 256;
/** Signatures of resources; some programs use their own. */
const SIGNATURES = new Set(['8BIM', '8B64', 'PHUT', 'DCSR', 'AgHg', 'MeSa']);

/** Returns the resources after the header and the colour mode data (Adobe Photoshop File Formats Specification). */
export function readPsdResources(asset: Asset): Promise<Walk<PsdResource>> {
  return cachePerAsset(asset, 'psd', async () => {
    const items: PsdResource[] = [];
    const broken = (what: 'other' | 'resource' | 'length') => ({
      items,
      fault: malformed('psd.truncated', { what }),
    });
    const colour = await readSectionSpan(asset, HEADER_BYTES);
    const section = colour && (await readSectionSpan(asset, colour.end));
    if (!section) return broken('other');
    let at = section.start;
    while (at + MIN_RESOURCE_BYTES <= section.end) {
      if (items.length >= limits.psdResources)
        return {
          items,
          fault: bounded('bound.entries', { place: 'PSD', most: limits.psdResources }),
        };
      const head = await asset.read(at, MIN_RESOURCE_BYTES + MAX_NAME_BYTES);
      const name = 1 + (head[6] ?? 0);
      const lengthAt = 6 + name + (name & 1);
      if (!SIGNATURES.has(head.toString('latin1', 0, 4)) || lengthAt + 4 > head.length)
        return broken('resource');
      const dataOffset = at + lengthAt + 4;
      const dataBytes = head.readUInt32BE(lengthAt);
      if (dataOffset + dataBytes > section.end) return broken('length');
      items.push({ id: head.readUInt16BE(4), dataOffset, dataBytes });
      at = dataOffset + dataBytes + (dataBytes & 1);
    }
    return { items };
  });
}

/** Returns the byte span of the layers, after the image resources. Its length has 32 bits, or 64 in PSB. */
export async function findPsdLayers(
  asset: Asset,
): Promise<{ start: number; end: number; large: boolean } | undefined> {
  const large = (await asset.read(4, 2)).equals(Buffer.from([0, 2]));
  const colour = await readSectionSpan(asset, HEADER_BYTES);
  const resources = colour && (await readSectionSpan(asset, colour.end));
  const layers = resources && (await readSectionSpan(asset, resources.end, large ? 8 : 4));
  return layers && { ...layers, large };
}

/** Returns the span of a section with a 32-bit or 64-bit length; `undefined` if it is incomplete. */
export async function readSectionSpan(
  asset: Asset,
  at: number,
  width: 4 | 8 = 4,
): Promise<{ start: number; end: number } | undefined> {
  const head = await asset.read(at, width);
  if (head.length < width) return undefined;
  const start = at + width;
  const end = start + (width === 4 ? head.readUInt32BE(0) : Number(head.readBigUInt64BE(0)));
  return end > asset.bytes ? undefined : { start, end };
}
