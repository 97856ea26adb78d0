import { limits } from '../../../base/limits.js';
import type { WalkFault } from '../conclude.js';
import type { Codec } from './h26x-units.js';
import type { AssembledStream } from './held-stream.js';
import { bounded } from './walk.js';

/** `mpeg`: MPEG-1, MPEG-2 and MPEG-4 Visual, which mark user data by a start code. */
export type VideoCodec = Codec | 'mpeg';

/** First coded frames of a video track, for any container. */
export interface VideoFrames {
  codec: VideoCodec;
  /** Span of `avcC` or `hvcC`; absent if units have start codes. */
  configuration?: { offset: number; bytes: number };
  frames: { offset: number; bytes: number }[];
  /** Frames that are scattered over the file. */
  assembled?: AssembledStream[];
  fault?: WalkFault;
}

/** Fault if other data, such as sound, used up the parts that may be searched for the first frames. */
export const TOO_FEW_FRAME_PARTS = bounded('bound.frameParts', { most: limits.frameParts });

/** Builds the result for a fault that hides whether such a track exists. */
export const unseenVideo = (fault: WalkFault): VideoFrames => ({ codec: 'h264', frames: [], fault });
