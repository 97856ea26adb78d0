import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import { canonicalMime, mimeOfName } from './media-types.js';

/** What others say of a file, which stands nowhere in its bytes: recorded, never believed, and told to nobody who reads it. */
export interface Said {
  /** Base name, bounded; never a path. */
  name: string;
  /** What the client or the name's ending said. */
  declaredMediaType?: string;
}

/** As it was said, within our bounds. */
export function saidOf({ name: given, declaredMediaType: declared }: Said): Said {
  const name = cut(given, limits.assetNameCharacters);
  const declaredMediaType =
    declared !== undefined
      ? cut(canonicalMime(declared), limits.declaredMediaTypeCharacters)
      : mimeOfName(name);
  return { name, ...(declaredMediaType === undefined ? {} : { declaredMediaType }) };
}
