import type { Carrier } from './carrier.js';
import type { Walked } from './read-types.js';

/** What a media type is: its kind, the structure that a reader walks, and what of it could not be read. */

export const KINDS = ['image', 'video', 'audio', 'document', 'other'] as const;

export type Kind = (typeof KINDS)[number];

/** The structure of the file: one that readers walk; `unread` where it is known by name and nothing of it is read. */
export type Container = Walked | 'unread' | 'other';

export interface MediaType {
  mime: string;
  kind: Kind;
  container: Container;
  /** The format's usual name. */
  format: string;
  /** What kept the type from being decided, where it was not merely unknown. */
  fault?: string;
  /** JPEG XL without its box container: nothing that stands in boxes can be there. */
  isBare?: true;
  /** Set where it is named and not read. */
  unread?: Unread;
}
/** A media type of which nothing is read. */
export interface Unread {
  /** Carriers that may stand in such a file. */
  mayHold: readonly Carrier[];
  /** What a reader should be told besides that it is not read. */
  is?: Aside;
}

/**
 * - `holdsFiles`: an archive, a document or a mail: other files stand in it.
 * - `packed`: one file, compressed.
 * - `segment`: a piece of a stream, of no use without its head.
 * - `credentials`: what is kept beside another file.
 */
export const ASIDES = ['holdsFiles', 'packed', 'segment', 'credentials'] as const;

export type Aside = (typeof ASIDES)[number];
