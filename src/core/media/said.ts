import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import { canonicalMime, mimeOfName } from './media-types.js';

/** What others say of a file, which stands nowhere in its bytes: recorded, never believed, and told to nobody who reads it. */
export interface Said {
  /** Base name, bounded; never a path. */
  name: string;
  /** What the client or the name's ending said. */
  declaredMediaType?: string;
  /** Of a file that was fetched by a person's link. */
  servedBy?: ServedBy;
}

/** Which host gave a file, and when; its address is not here: it may hold personal data. */
export interface ServedBy {
  /** `host` or `host:port` as in an address: ASCII. */
  host: string;
  /** RFC 3339. */
  at: string;
  /** It did not say where its answer ends: whether all of the file came cannot be told. */
  isLengthUnknown?: true;
}

/** As it was said, within our bounds. */
export function saidOf({ name: given, declaredMediaType: declared, servedBy }: Said): Said {
  const name = cut(given, limits.assetNameCharacters);
  const declaredMediaType =
    declared !== undefined
      ? cut(canonicalMime(declared), limits.declaredMediaTypeCharacters)
      : mimeOfName(name);
  return {
    name,
    ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
    ...(servedBy === undefined ? {} : { servedBy }),
  };
}
