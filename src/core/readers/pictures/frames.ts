import { type FaultCode, fault, type ReadFault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { MadePicture, SmallPicture } from '../../media/pictures.js';
import { keyFramePng, videoSeconds } from '../pixels/ffmpeg.js';
import { smallPicture } from './small-picture.js';

/** Shorter than this, a video is shown by its first frame alone. */
const LEAST_SECONDS = 1;

/**
 * A few key frames spread over a video, and one of them larger as its preview. A frame that cannot be had is left out
 * as long as there is another; what time cut off is told all the same. `now`: milliseconds of a clock.
 */
export async function keyFrames(
  asset: Asset,
  now: () => number = () => performance.now(),
): Promise<{ made: MadePicture[]; fault?: ReadFault }> {
  const begun = now();
  const made: MadePicture[] = [];
  let preview: MadePicture | undefined;
  let fault: ReadFault | undefined;
  const seconds = await videoSeconds(asset);
  for (const [index, at] of moments(seconds).entries()) {
    if (now() - begun > limits.framesMillis) {
      // Whatever else went wrong before: this one says that there is more.
      fault = TOO_LATE;
      break;
    }
    const shown = made.length === 0 || index === PREVIEW_AT;
    const png = await keyFramePng(asset, at, shown ? limits.previewPixels : limits.framePixels);
    const frame = 'code' in png ? png : await smallPicture(png.png, limits.framePixels);
    if ('code' in frame || 'code' in png) {
      fault = 'code' in frame ? toTell(fault, frame) : fault;
      continue;
    }
    // Key frames may be further apart than the moments that were asked for.
    if (made.some(({ kind, webp }) => kind === 'frame' && webp === frame.webp)) continue;
    made.push({ kind: 'frame', seconds: at, ...frame });
    const larger = shown ? await smallPicture(png.png, limits.previewPixels) : undefined;
    if (larger && !('code' in larger)) preview = { kind: 'preview', ...larger };
  }
  return {
    made: [...(preview ? [preview] : []), ...made],
    ...(fault === undefined || (made.length > 0 && !OUT_OF_TIME.has(fault.code)) ? {} : { fault }),
  };
}

/** One frame of a video, past those that may be black. */
export async function oneFrame(asset: Asset, side: number): Promise<SmallPicture | ReadFault> {
  const all = moments(await videoSeconds(asset));
  const png = await keyFramePng(asset, all[PREVIEW_AT] ?? 0, side);
  return 'code' in png ? png : smallPicture(png.png, side);
}

const TOO_LATE: ReadFault = fault('bound.framesMillis', { most: limits.framesMillis });

/** The first, but for what says that there is more. */
const toTell = (before: ReadFault | undefined, next: ReadFault): ReadFault =>
  before === undefined || OUT_OF_TIME.has(next.code) ? next : before;

/** That there is more than is shown, and no word on whether it can be decoded. */
const OUT_OF_TIME: ReadonlySet<FaultCode> = new Set<FaultCode>(['bound.framesMillis', 'bound.ffmpegMillis']);

/** The first frames of many a video are black. */
const PREVIEW_AT = 1;

function moments(seconds: number | undefined): number[] {
  if (seconds === undefined || seconds < LEAST_SECONDS) return [0];
  const count = limits.videoFrames;
  return Array.from({ length: count }, (_, index) => Math.floor((seconds * index * 1000) / count) / 1000);
}
