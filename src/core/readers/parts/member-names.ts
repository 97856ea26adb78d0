import { limits } from '../../../base/limits.js';
import type { AssetPart } from '../../evidence/evidence.js';
import { MEDIA_TYPES, mimeByExtension } from '../../media/media-types.js';

/** Returns the name of a member without its folders. */
export const toLastSegment = (path: string): string =>
  (path.split(/[\\/]/).findLast((one) => one !== '') ?? path).slice(0, limits.partNameCharacters);

/** Returns the whole path, or the end of a long one, which distinguishes the members. */
export const shortenPath = (path: string): string =>
  path.length > limits.partNameCharacters ? `…${path.slice(1 - limits.partNameCharacters)}` : path;

const KINDS = {
  image: 'embedded-picture',
  video: 'embedded-video',
  audio: 'embedded-sound',
  document: 'member',
  other: 'member',
} as const;

/** Extensions of media whose bytes Assay does not recognize: raw recordings and pictures, and Windows drawings. */
const UNKNOWN_MEDIA =
  /\.(?:r3d|braw|ari|arx|cine|crm|x3f|3fr|fff|iiq|srw|pef|nrw|mrw|erf|kdc|dcr|mos|insv|tga|sgi|rgb|pict|pct|hdr|cin|emf|emz|wmf|wmz|dss|ds2)$/i;
const MEDIA_KINDS: ReadonlySet<string> = new Set(['image', 'video', 'audio']);

/** Returns whether the name is that of a picture, a video or a sound. */
export function toCalledMedium(name: string | undefined): Pick<AssetPart, 'hasMediaName'> {
  if (name === undefined) return {};
  const mime = mimeByExtension(name);
  const type = mime && Object.values(MEDIA_TYPES).find((one) => one.mime === mime);
  return UNKNOWN_MEDIA.test(name) || (type && MEDIA_KINDS.has(type.kind)) ? { hasMediaName: true } : {};
}

/** Returns the kind of a member; in a document by its extension. The type is still detected from the bytes. */
export function toMemberKind(path: string, holder: 'archive' | 'document'): AssetPart['kind'] {
  if (holder === 'archive') return 'member';
  const mime = mimeByExtension(path);
  const type = Object.values(MEDIA_TYPES).find((one) => one.mime === mime);
  return type === undefined ? 'member' : KINDS[type.kind];
}
