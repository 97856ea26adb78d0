import type { Kind } from '../media/media-kinds.js';
import { ENDINGS, MEDIA_TYPES } from '../media/media-types.js';
import { sdkFormat } from './c2pa/formats.js';

/**
 * One format that is told by its bytes. What else is sent is hashed, named unrecognised and searched for nothing, as are those
 * that are named and not `read`.
 */
export interface Format {
  mediaType: string;
  format: string;
  kind: Kind;
  /** Name endings that go with it, without the dot. */
  endings: string[];
  /** False where it is known by name and nothing of it is looked into. */
  read: boolean;
  /** Whether an official C2PA SDK reads manifests in it. */
  contentCredentials: boolean;
}

export function formats(): Format[] {
  return Object.values(MEDIA_TYPES).map(({ mime, format, kind, container }) => ({
    mediaType: mime,
    format,
    kind,
    endings: Object.entries(ENDINGS).flatMap(([ending, type]) => (type === mime ? [ending] : [])),
    read: container !== 'unread',
    contentCredentials: sdkFormat(mime) !== undefined,
  }));
}
