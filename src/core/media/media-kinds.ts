import type { Carrier } from './carrier.js';
import type { WalkedContainer } from './read-types.js';

/** Media type of a file: its kind, the container structure that readers walk, and what of it is not read. */

export const MEDIA_KINDS = ['image', 'video', 'audio', 'document', 'other'] as const;

export type MediaKind = (typeof MEDIA_KINDS)[number];

/** Structure of the file: one that readers walk, or `unread` if the type is only named. */
export type Container = WalkedContainer | 'unread' | 'other';

export interface MediaType {
  mime: string;
  kind: MediaKind;
  container: Container;
  /** Common name of the format. */
  format: string;
  /** Reason why the type could not be determined, unless it is simply unknown. */
  fault?: string;
  /** JPEG XL codestream without boxes, so carriers in boxes cannot be present. */
  isBare?: true;
  /** Present if the type is recognised but not read. */
  unread?: UnreadType;
}
/** Details of a media type that is recognised but not read. */
export interface UnreadType {
  /** Carriers that such a file may contain. */
  mayHold: readonly Carrier[];
  /** Additional hint for users. */
  is?: UnreadHint;
}

/**
 * - `holdsFiles`: an archive, document or mail that contains other files.
 * - `packed`: one compressed file.
 * - `segment`: a piece of a stream, unusable without its initialisation segment.
 * - `credentials`: the sidecar of another file.
 */
export const UNREAD_HINTS = ['holdsFiles', 'packed', 'segment', 'credentials'] as const;

export type UnreadHint = (typeof UNREAD_HINTS)[number];
