import { limits } from '../../ground/limits.js';
import type { WalkFault } from '../conclude.js';
import type { Codec } from './h26x-units.js';
import { bounded } from './walk.js';

/** The first coded frames of a file's first H.264 or H.265 track, wherever its container puts them. */
export interface VideoFrames {
  codec: Codec;
  /** `avcC`, `hvcC`, or undefined where units come with start codes. */
  configuration?: { offset: number; bytes: number };
  frames: { offset: number; bytes: number }[];
  fault?: WalkFault;
}

/** Where sound or anything else takes all the places that are looked at for the first frames. */
export const FRAMES_BEHIND = bounded('bound.frameParts', { most: limits.frameParts });

/** Where a fault hides whether there is such a track at all. */
export const unseen = (fault: WalkFault): VideoFrames => ({ codec: 'h264', frames: [], fault });
