import { type FaultCode, fault, type ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { MadePicture, SmallPicture } from '../../media/pictures.js';
import { decodeKeyFramePng, probeVideoSeconds } from '../pixels/ffmpeg.js';
import { makeSmallPicture } from './small-picture.js';

/** A shorter video is shown by its first frame only. */
const MIN_SECONDS = 1;

/**
 * Makes a few key frames spread over a video, and a larger version of one as its preview. A frame that fails is omitted
 * if there is another; frames missing for lack of time are always reported. `now`: clock in milliseconds.
 */
export async function makeKeyFrames(
  asset: Asset,
  now: () => number = () => performance.now(),
): Promise<{ made: MadePicture[]; fault?: ReadFault }> {
  const begun = now();
  const made: MadePicture[] = [];
  let preview: MadePicture | undefined;
  let fault: ReadFault | undefined;
  const seconds = await probeVideoSeconds(asset);
  for (const [index, at] of selectMoments(seconds).entries()) {
    if (now() - begun > limits.framesMillis) {
      // Replaces any earlier fault, because this one tells that more frames exist.
      fault = TOO_LATE;
      break;
    }
    const shown = made.length === 0 || index === PREVIEW_AT;
    const png = await decodeKeyFramePng(asset, at, shown ? limits.previewPixels : limits.framePixels);
    const frame = 'code' in png ? png : await makeSmallPicture(png.png, limits.framePixels);
    if ('code' in frame || 'code' in png) {
      fault = 'code' in frame ? selectFault(fault, frame) : fault;
      continue;
    }
    // Key frames may be further apart than the requested moments.
    if (made.some(({ kind, webp }) => kind === 'frame' && webp === frame.webp)) continue;
    made.push({ kind: 'frame', seconds: at, ...frame });
    const larger = shown ? await makeSmallPicture(png.png, limits.previewPixels) : undefined;
    if (larger && !('code' in larger)) preview = { kind: 'preview', ...larger };
  }
  return {
    made: [...(preview ? [preview] : []), ...made],
    ...(fault === undefined || (made.length > 0 && !OUT_OF_TIME.has(fault.code)) ? {} : { fault }),
  };
}

/** Returns one frame of a video, after those that may be black. */
export async function makeOneFrame(asset: Asset, side: number): Promise<SmallPicture | ReadFault> {
  const all = selectMoments(await probeVideoSeconds(asset));
  const png = await decodeKeyFramePng(asset, all[PREVIEW_AT] ?? 0, side);
  return 'code' in png ? png : makeSmallPicture(png.png, side);
}

const TOO_LATE: ReadFault = fault('bound.framesMillis', { most: limits.framesMillis });

/** Selects the fault to report: the first, unless the next one tells that more frames exist. */
const selectFault = (before: ReadFault | undefined, next: ReadFault): ReadFault =>
  before === undefined || OUT_OF_TIME.has(next.code) ? next : before;

/** Faults that tell that more frames exist, without implying that they cannot be decoded. */
const OUT_OF_TIME: ReadonlySet<FaultCode> = new Set<FaultCode>(['bound.framesMillis', 'bound.ffmpegMillis']);

/** Index of the preview frame. The first frames of many videos are black. */
const PREVIEW_AT = 1;

function selectMoments(seconds: number | undefined): number[] {
  if (seconds === undefined || seconds < MIN_SECONDS) return [0];
  const count = limits.videoFrames;
  return Array.from({ length: count }, (_, index) => Math.floor((seconds * index * 1000) / count) / 1000);
}
