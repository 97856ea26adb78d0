import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { topBoxes, walkBoxes } from './bmff-boxes.js';
import type { Codec } from './h26x-units.js';
import { heifItems } from './heif-items.js';
import { unseen, type VideoFrames } from './video-frames.js';

/** Coded pictures and the property that holds what their decoder is set up with (ISO/IEC 23008-12 Annexes B and E). */
const CODED: readonly [item: string, property: string, codec: Codec][] = [
  ['hvc1', 'hvcC', 'h265'],
  ['avc1', 'avcC', 'h264'],
];
/** `iprp` in the file's `meta`, which is a FullBox, and `ipco` in that. */
const FULL_BOX_BYTES = 4;

/** The first coded pictures of a HEIF file, taken for the frames of a video: the same messages stand in them. */
export async function heifFrames(asset: Asset): Promise<VideoFrames | undefined> {
  const meta = (await topBoxes(asset)).items.find(({ type }) => type === 'meta');
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
    const { items } = await heifItems(asset, new Set([item]));
    return {
      codec,
      configuration: { offset: box.dataOffset, bytes: box.dataBytes },
      frames: items
        .slice(0, limits.seiFrames)
        .flatMap(({ extents }) => (extents.length === 1 ? extents.slice(0, 1) : [])),
      ...(hidden[0] ? { fault: hidden[0] } : {}),
    };
  }
  // A damaged list may have named one.
  const [fault] = hidden;
  return fault ? unseen(fault) : undefined;
}
