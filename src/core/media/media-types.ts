import { table } from '../ground/table.js';
import type { Kind, MediaType } from './media-kinds.js';
import { READ_ENDINGS, READ_TYPES } from './read-types.js';
import { UNREAD_ENDINGS, UNREAD_TYPES } from './unread-types.js';

/** The media types Assay names, as data. Deciding which one a file is: media-type.ts. */

/** Keyed by the name that content detection yields (file-type's `ext`, or our own for what it lacks). */
export const MEDIA_TYPES: Readonly<Record<keyof typeof READ_TYPES | keyof typeof UNREAD_TYPES, MediaType>> = {
  ...READ_TYPES,
  ...UNREAD_TYPES,
};

/** ISO/IEC 18181-1: the codestream may be the whole file. */
export const BARE_JPEG_XL: MediaType = { ...MEDIA_TYPES.jxl, format: 'JPEG XL codestream', isBare: true };

/** A picture that stands in a file without one of its own: its bytes alone are no file, and hold no metadata. */
export const codedPicture = (
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
 * What kind of file one is, of its kind and media type as a Report has them. `unknown`: its format is not known, it is
 * empty, or its reading came to nothing, so it may be of any kind; a file that was told to be no medium is `other`.
 */
export const kindKnown = ({ kind, mediaType }: { kind: Kind; mediaType?: string }): Kind | 'unknown' =>
  mediaType === UNKNOWN_MEDIA_TYPE.mime ? 'unknown' : kind;

/** Name endings and what they say; used only to notice a mismatch. */
export const ENDINGS: Readonly<Record<string, string>> = table({ ...READ_ENDINGS, ...UNREAD_ENDINGS });

/** Other spellings of the same type that clients send. */
const ALIASES: Readonly<Record<string, string>> = table({
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

/** One spelling per type, without parameters: `IMAGE/JPG; q=1` → `image/jpeg`. */
export function canonicalMime(mime: string): string {
  const bare = (mime.split(';')[0] ?? '').trim().toLowerCase();
  return ALIASES[bare] ?? bare;
}

/** Pairs that one and the same file may bear without anything being odd. */
const KIN: readonly (readonly string[])[] = [
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
  // A compound file tells only by its directory whose it is.
  [
    'application/x-cfb',
    'application/msword',
    'application/vnd.ms-excel',
    'application/vnd.ms-powerpoint',
    'application/vnd.ms-outlook',
  ],
  // What is a ZIP inside can be told as one by who made it otherwise than others do.
  ...Object.values<MediaType>(READ_TYPES)
    .filter(({ container }) => container === 'zip')
    .map(({ mime }) => ['application/zip', mime]),
];

/** True where `declared` names the same type as `actual` or a near relation of it. */
export function agrees(declared: string, actual: string): boolean {
  const a = canonicalMime(declared);
  const b = canonicalMime(actual);
  return (
    a === b ||
    a === 'application/octet-stream' ||
    a === '' ||
    KIN.some((group) => group.includes(a) && group.includes(b))
  );
}

/** The usual name of the format that this type stands for. */
export function formatOfMime(mime: string): string | undefined {
  return Object.values(MEDIA_TYPES).find((type) => type.mime === canonicalMime(mime))?.format;
}

/** What a name's ending says, undefined where it says nothing Assay knows. */
export function mimeOfName(name: string): string | undefined {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : ENDINGS[name.slice(dot + 1).toLowerCase()];
}
