import type { AssetPart } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { type BmffBox, listTopBoxes } from '../containers/bmff-boxes.js';
import { findPartsAfterEnd, findTrailerParts } from './behind-end.js';
import { type InnerParts, mergeInnerParts } from './inner.js';

/** Lists files in boxes of their own and after the last box of HEIC, MP4 and other formats made of boxes. */
export async function findBoxParts(asset: Asset): Promise<{ end?: number; inner: InnerParts }> {
  const { items, fault } = await listTopBoxes(asset);
  // A file has one `ftyp`, so a second one begins another file. Zeros look like a box that extends to the end of the
  // file.
  const first = items.findIndex(({ type }) => type === 'ftyp');
  const second = items.findIndex(
    ({ type }, at) => at > 0 && ((type === 'ftyp' && at > first) || !/^[\x20-\x7e\xa9]{4}$/.test(type)),
  );
  const own = second < 0 ? items : items.slice(0, second);
  const videos = own.filter(({ type }) => type === 'mpvd').map(toMotionVideo);
  const records: AssetPart[] = [];
  for (const { dataOffset, dataBytes } of own.filter(({ type }) => type === 'sefd'))
    records.push(...(await findTrailerParts(asset, dataOffset + dataBytes)));
  const inside: InnerParts = { parts: [...videos, ...records] };
  const video = own.find(({ type }) => type === 'mpvd');
  const last = own.at(-1);
  const boxesEnd = last && last.dataOffset + last.dataBytes;
  if (boxesEnd === undefined || (second < 0 && fault === undefined))
    return { ...(video ? { end: video.offset } : {}), inner: { ...inside, fault } };
  // A box with a wrong length looks like data after the last one, so only data of a known kind replace the fault.
  const behind =
    CUT.has(fault?.code ?? '') && second < 0 ? undefined : await findPartsAfterEnd(asset, boxesEnd);
  // Without a fault, nothing else would report these data, so they are reported whatever their kind.
  const isReported =
    behind?.parts.some(
      ({ mediaType, isIgnored: plain, bytes }) =>
        mediaType !== undefined ||
        (fault === undefined ? !plain : plain && bytes > MAX_LAST_BOX_EXCESS_BYTES),
    ) ?? false;
  if (behind === undefined || !isReported) return { inner: { ...inside, fault } };
  return { end: video?.offset ?? boxesEnd, inner: mergeInnerParts(inside, behind) };
}

/** Up to this length the data are reported as a fault of the last box. */
const MAX_LAST_BOX_EXCESS_BYTES = 16;

/** Faults of a last box that exceeds the file: nothing follows it. */
const CUT: ReadonlySet<string> = new Set(['bmff.truncated', 'bmff.mostMissing', 'bound.entries']);

/** Returns the video of a HEIC motion photo, which is in a top-level `mpvd` box (Motion Photo format 1.0). */
const toMotionVideo = ({ dataOffset, dataBytes }: BmffBox): AssetPart => ({
  kind: 'motion-video',
  mediaType: 'video/mp4',
  offset: dataOffset,
  bytes: dataBytes,
  locator: 'box mpvd',
});
