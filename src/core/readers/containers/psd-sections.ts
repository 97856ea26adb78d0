import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { bounded, malformed, once, type Walk } from './walk.js';

/** An image resource of a PSD or PSB. */
export interface PsdResource {
  id: number;
  dataOffset: number;
  dataBytes: number;
}

/** Signature, version, reserved, channels, height, width, depth, mode. */
const HEADER_BYTES = 26;
/** `8BIM`, id, a name of at least two bytes, length. */
const LEAST_RESOURCE_BYTES = 12;
const LONGEST_NAME_BYTES = 256;
/** Some programs sign their resources otherwise. */
const SIGNATURES = new Set(['8BIM', '8B64', 'PHUT', 'DCSR', 'AgHg', 'MeSa']);

/** The resources that stand behind the header and the colour mode data (Adobe Photoshop File Formats Specification). */
export function psdResources(asset: Asset): Promise<Walk<PsdResource>> {
  return once(asset, 'psd', async () => {
    const items: PsdResource[] = [];
    const broken = (what: 'other' | 'resource' | 'length') => ({
      items,
      fault: malformed('psd.truncated', { what }),
    });
    const colour = await sectionAt(asset, HEADER_BYTES);
    const section = colour && (await sectionAt(asset, colour.end));
    if (!section) return broken('other');
    let at = section.start;
    while (at + LEAST_RESOURCE_BYTES <= section.end) {
      if (items.length >= limits.psdResources)
        return {
          items,
          fault: bounded('bound.psdResources', { most: limits.psdResources }),
        };
      const head = await asset.read(at, LEAST_RESOURCE_BYTES + LONGEST_NAME_BYTES);
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

/** Where the layers stand, behind the image resources: a length of 32 bits, of 64 in PSB. */
export async function psdLayers(
  asset: Asset,
): Promise<{ start: number; end: number; large: boolean } | undefined> {
  const large = (await asset.read(4, 2)).equals(Buffer.from([0, 2]));
  const colour = await sectionAt(asset, HEADER_BYTES);
  const resources = colour && (await sectionAt(asset, colour.end));
  const layers = resources && (await sectionAt(asset, resources.end, large ? 8 : 4));
  return layers && { ...layers, large };
}

/** A 32-bit length, or one of 64, then so many bytes; undefined where they are not all there. */
export async function sectionAt(
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
