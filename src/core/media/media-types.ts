import { lookupTable } from '../../base/table.js';
import type { MediaKind, MediaType } from './media-kinds.js';
import { READ_TYPES, READ_TYPES_BY_EXTENSION } from './read-types.js';
import { UNREAD_TYPES, UNREAD_TYPES_BY_EXTENSION } from './unread-types.js';

/** Table of media types that Assay names. media-type.ts determines the type of a file. */

/** Keyed by file-type's `ext`, or by a name of Assay's own for types it lacks. */
export const MEDIA_TYPES: Readonly<Record<keyof typeof READ_TYPES | keyof typeof UNREAD_TYPES, MediaType>> = {
  ...READ_TYPES,
  ...UNREAD_TYPES,
};

/** ISO/IEC 18181-1: the codestream may be the whole file. */
export const BARE_JPEG_XL: MediaType = { ...MEDIA_TYPES.jxl, format: 'JPEG XL codestream', isBare: true };

/**
 * Returns the type of a picture that is stored in a file without a container of its own. Its bytes are not a file and
 * hold no metadata.
 */
export const codedPictureType = (
  mime: 'image/x-heif-item' | 'image/x-pdf-object',
  format: string,
): MediaType => ({
  mime,
  kind: 'image',
  container: 'unread',
  format,
  unread: { mayHold: [] },
});

export type MediaTypeKey = keyof typeof MEDIA_TYPES;

export const UNKNOWN_MEDIA_TYPE: MediaType = {
  mime: 'application/octet-stream',
  kind: 'other',
  container: 'other',
  format: 'unrecognised',
};

/**
 * Text in no format of the tables. Its type stays that of unknown files, because text may be a picture or a document in a
 * format that is not recognised: nothing that depends on the type may take it for something that holds no statement.
 */
export const TEXT_MEDIA_TYPE: MediaType = { ...UNKNOWN_MEDIA_TYPE, format: 'text' };

/**
 * Returns the kind of a file by the kind and media type of its Report. `unknown`: the format was not recognised, the
 * file is empty or its reading failed, so it may be of any kind. `other`: the file was recognised as no medium.
 */
export const knownKindOf = ({
  kind,
  mediaType,
}: {
  kind: MediaKind;
  mediaType?: string;
}): MediaKind | 'unknown' => (mediaType === UNKNOWN_MEDIA_TYPE.mime ? 'unknown' : kind);

/** Media types by file extension. Used only to detect a mismatch. */
export const MIME_BY_EXTENSION: Readonly<Record<string, string>> = lookupTable({
  ...READ_TYPES_BY_EXTENSION,
  ...UNREAD_TYPES_BY_EXTENSION,
});

/** Alternative spellings of types that clients send. */
const ALIASES: Readonly<Record<string, string>> = lookupTable({
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/vnd.mozilla.apng': 'image/apng',
  'image/x-png': 'image/png',
  'image/heic-sequence': 'image/heic',
  'image/heif-sequence': 'image/heif',
  'image/dng': 'image/x-adobe-dng',
  'image/tif': 'image/tiff',
  'video/avi': 'video/x-msvideo',
  'video/vnd.avi': 'video/x-msvideo',
  'video/msvideo': 'video/x-msvideo',
  'video/matroska': 'video/x-matroska',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/mp3': 'audio/mpeg',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'application/ogg': 'audio/ogg',
  'audio/x-aiff': 'audio/aiff',
  'audio/vnd.dlna.adts': 'audio/aac',
  'audio/aacp': 'audio/aac',
  'audio/x-aac': 'audio/aac',
  'audio/webm': 'video/webm',
  'audio/x-matroska': 'video/x-matroska',
  'audio/3gpp': 'video/3gpp',
  'image/psd': 'image/vnd.adobe.photoshop',
  'image/x-psd': 'image/vnd.adobe.photoshop',
  'image/x-photoshop': 'image/vnd.adobe.photoshop',
  'application/photoshop': 'image/vnd.adobe.photoshop',
  'image/x-bmp': 'image/bmp',
  'image/x-ms-bmp': 'image/bmp',
  'image/vnd.microsoft.icon': 'image/x-icon',
  'video/x-ms-asf': 'application/vnd.ms-asf',
  'video/vnd.dlna.mpeg-tts': 'video/mp2t',
  'application/x-zip-compressed': 'application/zip',
  'application/x-gzip': 'application/gzip',
  'application/x-rar-compressed': 'application/vnd.rar',
  'application/x-bzip': 'application/x-bzip2',
  'application/x-zstd': 'application/zstd',
  'text/rtf': 'application/rtf',
});

/** Returns the canonical spelling of a type without parameters: `IMAGE/JPG; q=1` → `image/jpeg`. */
export function canonicalMime(mime: string): string {
  const bare = (mime.split(';')[0] ?? '').trim().toLowerCase();
  return ALIASES[bare] ?? bare;
}

/** Groups of types that may be declared for the same file without being a mismatch. */
const COMPATIBLE_TYPES: readonly (readonly string[])[] = [
  ['image/png', 'image/apng'],
  ['image/heic', 'image/heif', 'image/avif'],
  ['image/tiff', 'image/x-adobe-dng'],
  ['video/mp4', 'video/x-m4v', 'audio/mp4', 'video/3gpp', 'video/3gpp2'],
  ['video/x-matroska', 'video/webm'],
  ['audio/wav', 'audio/x-rf64'],
  ['audio/ogg', 'audio/opus', 'video/ogg'],
  ['image/vnd.adobe.photoshop', 'application/vnd.adobe.photoshop.large'],
  ['image/jp2', 'image/jpx', 'image/jpm', 'image/mj2'],
  ['application/vnd.ms-asf', 'video/x-ms-wmv', 'audio/x-ms-wma'],
  ['video/mpeg', 'video/mpv', 'video/mp2t'],
  ['video/iso.segment', 'video/mp4', 'audio/mp4'],
  ['application/postscript', 'application/eps'],
  // The program of a compound file is only visible in its directory.
  [
    'application/x-cfb',
    'application/msword',
    'application/vnd.ms-excel',
    'application/vnd.ms-powerpoint',
    'application/vnd.ms-outlook',
  ],
  // Formats based on ZIP may be declared as plain ZIP.
  ...Object.values<MediaType>(READ_TYPES)
    .filter(({ container }) => container === 'zip')
    .map(({ mime }) => ['application/zip', mime]),
];

/** Returns whether `declared` is the same type as `actual` or closely related. */
export function isCompatibleMime(declared: string, actual: string): boolean {
  const a = canonicalMime(declared);
  const b = canonicalMime(actual);
  return (
    a === b ||
    a === 'application/octet-stream' ||
    a === '' ||
    COMPATIBLE_TYPES.some((group) => group.includes(a) && group.includes(b))
  );
}

/** Returns the common name of the format of a type. */
export function formatOfMime(mime: string): string | undefined {
  return Object.values(MEDIA_TYPES).find((type) => type.mime === canonicalMime(mime))?.format;
}

/** Returns the type by the extension of a name; `undefined` if it is unknown. */
export function mimeByExtension(name: string): string | undefined {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : MIME_BY_EXTENSION[name.slice(dot + 1).toLowerCase()];
}
