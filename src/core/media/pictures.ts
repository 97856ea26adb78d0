import type { ReadFault } from '../ground/fault.js';

/**
 * The small pictures made of a file for people to look at: decoded and encoded anew, so that nothing but pixels is left
 * of what the file held. They say nothing of origin and are no part of a Report.
 */

/** What a picture is of. */
export type PictureSubject =
  /** The file’s own picture; of a video, one of its key frames. */
  | { kind: 'preview' }
  /** The same larger, to look at details; only where the file’s own is larger than its preview. */
  | { kind: 'large' }
  /** Small picture that a camera or editor stored in EXIF. */
  | { kind: 'stored' }
  /** What a manifest keeps of its own content, by the manifest’s label. */
  | { kind: 'claim'; manifest: string; active: boolean }
  /** What a manifest keeps of the one ingredient it has that brought no manifest along. */
  | { kind: 'ingredient'; manifest: string }
  /** Key frame of a video, at or before this moment. */
  | { kind: 'frame'; seconds: number }
  /** How loud a sound is over its time, of its first so many seconds; `cut`: there is more. */
  | { kind: 'waveform'; seconds: number; cut?: true };
export type PictureKind = PictureSubject['kind'];
export const PICTURE_KINDS = [
  'preview',
  'stored',
  'claim',
  'ingredient',
  'frame',
  'large',
  'waveform',
] as const;

export interface SmallPicture {
  /** Pixels. */
  width: number;
  height: number;
  /** WebP, base64. */
  webp: string;
  /** The file is damaged: this is what could be decoded of it. */
  damaged?: true;
}

export type MadePicture = PictureSubject & SmallPicture;

/** Why a picture that might have been is not there. */
export interface MissingPicture extends ReadFault {
  kind: PictureKind;
}

export interface Pictures {
  made: MadePicture[];
  missing: MissingPicture[];
  /** How far the stored picture and the file’s own are apart, where both could be compared. */
  stored?: { differing: number; of: number };
}
