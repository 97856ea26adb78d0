import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { listTopBoxes, walkBoxes } from './bmff-boxes.js';
import type { Codec } from './h26x-units.js';
import { readHeifItems } from './heif-items.js';
import { unseenVideo, type VideoFrames } from './video-frames.js';

/** Item types of coded pictures and the property with their decoder configuration (ISO/IEC 23008-12 Annexes B and E). */
const CODED: readonly [item: string, property: string, codec: Codec][] = [
  ['hvc1', 'hvcC', 'h265'],
  ['avc1', 'avcC', 'h264'],
];
/** Header length of the file's `meta`, a FullBox, which contains `iprp`, which contains `ipco`. */
const FULL_BOX_BYTES = 4;

/**
 * Returns the first coded pictures of a HEIF file as if they were video frames, because they may contain SEI messages
 * too.
 */
export async function readHeifFrames(asset: Asset): Promise<VideoFrames | undefined> {
  const meta = (await listTopBoxes(asset)).items.find(({ type }) => type === 'meta');
  if (!meta) return undefined;
  const end = meta.dataOffset + meta.dataBytes;
  const hidden: NonNullable<VideoFrames['fault']>[] = [];
  const inMeta = await walkBoxes(asset, meta.dataOffset + FULL_BOX_BYTES, end);
  const iprp = inMeta.items.find(({ type }) => type === 'iprp');
  const inIprp = iprp ? await walkBoxes(asset, iprp.dataOffset, iprp.dataOffset + iprp.dataBytes) : undefined;
  const ipco = inIprp?.items.find(({ type }) => type === 'ipco');
  const properties = ipco
    ? await walkBoxes(asset, ipco.dataOffset, ipco.dataOffset + ipco.dataBytes)
    : undefined;
  for (const walk of [inMeta, inIprp, properties]) if (walk?.fault) hidden.push(walk.fault);
  for (const [item, property, codec] of CODED) {
    const box = properties?.items.find(({ type }) => type === property);
    if (!box) continue;
    const { items } = await readHeifItems(asset, new Set([item]));
    return {
      codec,
      configuration: { offset: box.dataOffset, bytes: box.dataBytes },
      frames: items
        .slice(0, limits.seiFrames)
        .flatMap(({ extents }) => (extents.length === 1 ? extents.slice(0, 1) : [])),
      ...(hidden[0] ? { fault: hidden[0] } : {}),
    };
  }
  // The damaged list could have contained a coded picture.
  const [fault] = hidden;
  return fault ? unseenVideo(fault) : undefined;
}
