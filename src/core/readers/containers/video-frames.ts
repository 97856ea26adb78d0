import { limits } from '../../ground/limits.js';
import type { WalkFault } from '../conclude.js';
import type { Codec } from './h26x-units.js';
import type { HeldStream } from './held-stream.js';
import { bounded } from './walk.js';

/** `mpeg`: MPEG-1, MPEG-2 and MPEG-4 Visual, whose user data stand behind a start code of their own. */
export type VideoCodec = Codec | 'mpeg';

/** The first coded frames of a video track, wherever its container puts them. */
export interface VideoFrames {
  codec: VideoCodec;
  /** `avcC`, `hvcC`, or undefined where units come with start codes. */
  configuration?: { offset: number; bytes: number };
  frames: { offset: number; bytes: number }[];
  /** Those that stand in pieces of the file. */
  held?: HeldStream[];
  fault?: WalkFault;
}

/** Where sound or anything else takes all the places that are looked at for the first frames. */
export const FRAMES_BEHIND = bounded('bound.frameParts', { most: limits.frameParts });

/** Where a fault hides whether there is such a track at all. */
export const unseen = (fault: WalkFault): VideoFrames => ({ codec: 'h264', frames: [], fault });
