import type { AssetPart } from '../../evidence/evidence.js';
import { limits } from '../../ground/limits.js';
import { MEDIA_TYPES, mimeOfName } from '../../media/media-types.js';

/** What a member is called, without the folders on the way to it. */
export const lastSegment = (path: string): string =>
  (path.split(/[\\/]/).findLast((one) => one !== '') ?? path).slice(0, limits.partNameCharacters);

/** The whole path, its end where it is long: that tells members apart. */
export const shortPlace = (path: string): string =>
  path.length > limits.partNameCharacters ? `…${path.slice(1 - limits.partNameCharacters)}` : path;

const KINDS = {
  image: 'embedded-picture',
  video: 'embedded-video',
  audio: 'embedded-sound',
  document: 'member',
  other: 'member',
} as const;

/** Endings of media that nobody here knows by their bytes: raw recordings and pictures, and drawings of Windows. */
const UNKNOWN_MEDIA =
  /\.(?:r3d|braw|ari|arx|cine|crm|x3f|3fr|fff|iiq|srw|pef|nrw|mrw|erf|kdc|dcr|mos|insv|tga|sgi|rgb|pict|pct|hdr|cin|emf|emz|wmf|wmz|dss|ds2)$/i;
const MEDIA_KINDS: ReadonlySet<string> = new Set(['image', 'video', 'audio']);

/** Whether a picture, a video or a sound is called so. */
export function calledMedium(name: string | undefined): Pick<AssetPart, 'called'> {
  if (name === undefined) return {};
  const mime = mimeOfName(name);
  const type = mime && Object.values(MEDIA_TYPES).find((one) => one.mime === mime);
  return UNKNOWN_MEDIA.test(name) || (type && MEDIA_KINDS.has(type.kind)) ? { called: true } : {};
}

/** In a document by the ending of its name; the type is decided from the bytes all the same. */
export function memberKind(path: string, holder: 'archive' | 'document'): AssetPart['kind'] {
  if (holder === 'archive') return 'member';
  const mime = mimeOfName(path);
  const type = Object.values(MEDIA_TYPES).find((one) => one.mime === mime);
  return type === undefined ? 'member' : KINDS[type.kind];
}
