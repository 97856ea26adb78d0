import { truncate } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import { canonicalMime, mimeByExtension } from './media-types.js';

/**
 * Claims about a file from outside its bytes. They are recorded but never trusted, and reading processes do not receive
 * them.
 */
export interface UploadDescription {
  /** Base name, bounded; never a path. */
  name: string;
  /** Type declared by the client, or by the extension of the name. */
  declaredMediaType?: string;
  /** Present on files fetched by a link that a user submitted. */
  servedBy?: ServedBy;
}

/** Host that served a file, and when. The full address is not stored, because it may contain personal data. */
export interface ServedBy {
  /** `host` or `host:port` as in a URL, in ASCII. */
  host: string;
  /** RFC 3339. */
  at: string;
  /** The response stated no length, so the file may be incomplete. */
  isLengthUnknown?: true;
}

/** Normalises and bounds the values. */
export function normalizeDescription({
  name: given,
  declaredMediaType: declared,
  servedBy,
}: UploadDescription): UploadDescription {
  const name = truncate(given, limits.assetNameCharacters);
  const declaredMediaType =
    declared !== undefined
      ? truncate(canonicalMime(declared), limits.declaredMediaTypeCharacters)
      : mimeByExtension(name);
  return {
    name,
    ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
    ...(servedBy === undefined ? {} : { servedBy }),
  };
}
