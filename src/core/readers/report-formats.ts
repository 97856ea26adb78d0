import type { MediaKind } from '../media/media-kinds.js';
import { MEDIA_TYPES, MIME_BY_EXTENSION } from '../media/media-types.js';
import { toSdkFormat } from './c2pa/formats.js';

/**
 * Format that is detected by its bytes. A file of an unknown format is hashed, reported as unrecognised and not
 * searched; the same holds for formats that are known but not `read`.
 */
export interface ReportFormat {
  mediaType: string;
  format: string;
  kind: MediaKind;
  /** File extensions without the dot. */
  endings: string[];
  /** `false` if the format is known by name only and nothing in it is read. */
  read: boolean;
  /** Whether an official C2PA SDK reads manifests in it. */
  contentCredentials: boolean;
}

export function listFormats(): ReportFormat[] {
  return Object.values(MEDIA_TYPES).map(({ mime, format, kind, container }) => ({
    mediaType: mime,
    format,
    kind,
    endings: Object.entries(MIME_BY_EXTENSION).flatMap(([ending, type]) => (type === mime ? [ending] : [])),
    read: container !== 'unread',
    contentCredentials: toSdkFormat(mime) !== undefined,
  }));
}
