import type { ReadFault } from '../../base/fault.js';

/**
 * Thumbnails of a file for display. They are decoded and encoded again, so that nothing but pixels remains of the file.
 * They are no evidence of origin and not part of a Report.
 */

/** Subject of a thumbnail. */
export type PictureSubject =
  /** The file’s own picture, or a key frame of a video. */
  | { kind: 'preview' }
  /** A larger preview for details. Made only if the picture is larger than its preview. */
  | { kind: 'large' }
  /** Thumbnail that a camera or editor stored in EXIF. */
  | { kind: 'stored' }
  /** Thumbnail that a manifest stores of its own content, by the manifest’s label. */
  | { kind: 'claim'; manifest: string; active: boolean }
  /** Thumbnail that a manifest stores of its only ingredient without a manifest. */
  | { kind: 'ingredient'; manifest: string }
  /** A picture inside a document, mail or archive, by its digest. */
  | { kind: 'part'; sha256: string }
  /** Key frame of a video at or before this time. */
  | { kind: 'frame'; seconds: number }
  /** Loudness of a sound over its first `seconds`; `cut`: the sound is longer. */
  | { kind: 'waveform'; seconds: number; cut?: true };
export type PictureKind = PictureSubject['kind'];
export const PICTURE_KINDS = [
  'preview',
  'stored',
  'claim',
  'ingredient',
  'part',
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
  /** The file is damaged; the thumbnail shows what could be decoded. */
  damaged?: true;
}

export type MadePicture = PictureSubject & SmallPicture;

/** Reason why an expected thumbnail is missing. */
export interface MissingPicture extends ReadFault {
  kind: PictureKind;
}

export interface Pictures {
  made: MadePicture[];
  missing: MissingPicture[];
  /** Difference in bits between the stored thumbnail and the file’s own picture, if both could be compared. */
  stored?: { differing: number; of: number };
}
