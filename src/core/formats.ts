import { ENDINGS, type Kind, MEDIA_TYPES } from './media-types.js';
import { sdkFormat } from './readers/c2pa/formats.js';

/** One format that is told by its bytes. What else is sent is hashed, named unrecognised and searched for nothing. */
export interface Format {
  mediaType: string;
  format: string;
  kind: Kind;
  /** Name endings that go with it, without the dot. */
  endings: string[];
  /** Whether an official C2PA SDK reads manifests in it. */
  contentCredentials: boolean;
}

export function formats(): Format[] {
  return Object.values(MEDIA_TYPES).map(({ mime, format, kind }) => ({
    mediaType: mime,
    format,
    kind,
    endings: Object.entries(ENDINGS).flatMap(([ending, type]) => (type === mime ? [ending] : [])),
    contentCredentials: sdkFormat(mime) !== undefined,
  }));
}
