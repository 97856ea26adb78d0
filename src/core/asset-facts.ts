import type { MediaType } from './media-types.js';

/** What is known of the file under inspection before any carrier is read. */
export interface AssetFacts {
  /** Base name, bounded; never a path. */
  name: string;
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
  mediaType: MediaType;
  /** What the client or the name's ending said; recorded, never believed. */
  declaredMediaType?: string;
}
