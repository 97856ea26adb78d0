import type { AssetPart } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { type BmffBox, topBoxes } from '../containers/bmff-boxes.js';
import { behindEnd, inTrailer } from './behind-end.js';
import { type Inner, together } from './inner.js';

/** Files in boxes of their own, and behind the last box of HEIC, MP4 and whatever else is made of such. */
export async function inBoxes(asset: Asset): Promise<{ end?: number; inner: Inner }> {
  const { items, fault } = await topBoxes(asset);
  // One file has one `ftyp`: with a second begins another. Zeros look like a box that runs to the end of the file.
  const first = items.findIndex(({ type }) => type === 'ftyp');
  const second = items.findIndex(
    ({ type }, at) => at > 0 && ((type === 'ftyp' && at > first) || !/^[\x20-\x7e\xa9]{4}$/.test(type)),
  );
  const own = second < 0 ? items : items.slice(0, second);
  const videos = own.filter(({ type }) => type === 'mpvd').map(motionVideo);
  const records: AssetPart[] = [];
  for (const { dataOffset, dataBytes } of own.filter(({ type }) => type === 'sefd'))
    records.push(...(await inTrailer(asset, dataOffset + dataBytes)));
  const inside: Inner = { parts: [...videos, ...records] };
  const video = own.find(({ type }) => type === 'mpvd');
  const last = own.at(-1);
  const boxesEnd = last && last.dataOffset + last.dataBytes;
  if (boxesEnd === undefined || (second < 0 && fault === undefined))
    return { ...(video ? { end: video.offset } : {}), inner: { ...inside, fault } };
  // A box with a wrong length looks like something behind the last one: only what is of a known kind is no fault.
  const behind = CUT.has(fault?.code ?? '') && second < 0 ? undefined : await behindEnd(asset, boxesEnd);
  // With no fault nothing else would say that something stands there, whatever it is.
  const isTold =
    behind?.parts.some(
      ({ mediaType, plain, bytes }) =>
        mediaType !== undefined || (fault === undefined ? !plain : plain && bytes > FEW_BYTES),
    ) ?? false;
  if (behind === undefined || !isTold) return { inner: { ...inside, fault } };
  return { end: video?.offset ?? boxesEnd, inner: together(inside, behind) };
}

/** So few are told as a fault of the last box. */
const FEW_BYTES = 16;

/** The last box is longer than the file: nothing stands behind it. */
const CUT: ReadonlySet<string> = new Set(['bmff.truncated', 'bmff.mostMissing', 'bound.boxes']);

/** HEIC motion photos keep the video in a top-level `mpvd` box (Motion Photo format 1.0). */
const motionVideo = ({ dataOffset, dataBytes }: BmffBox): AssetPart => ({
  kind: 'motion-video',
  mediaType: 'video/mp4',
  offset: dataOffset,
  bytes: dataBytes,
  place: 'box mpvd',
});
