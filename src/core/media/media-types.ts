import { table } from '../ground/table.js';
import type { Container, Kind, MediaType } from './media-kinds.js';
import { UNREAD_ENDINGS, UNREAD_TYPES } from './unread-types.js';

/** The media types Assay names, as data. Deciding which one a file is: media-type.ts. */

const row = (mime: string, kind: Kind, container: Container, format: string): MediaType => ({
  mime,
  kind,
  container,
  format,
});

/** Keyed by the name that content detection yields (file-type's `ext`, or our own for what it lacks). */
export const MEDIA_TYPES = {
  jpg: row('image/jpeg', 'image', 'jpeg', 'JPEG'),
  png: row('image/png', 'image', 'png', 'PNG'),
  apng: row('image/apng', 'image', 'png', 'APNG'),
  webp: row('image/webp', 'image', 'webp', 'WebP'),
  gif: row('image/gif', 'image', 'gif', 'GIF'),
  tif: row('image/tiff', 'image', 'tiff', 'TIFF'),
  dng: row('image/x-adobe-dng', 'image', 'tiff', 'DNG'),
  heic: row('image/heic', 'image', 'heif', 'HEIC'),
  heif: row('image/heif', 'image', 'heif', 'HEIF'),
  avif: row('image/avif', 'image', 'heif', 'AVIF'),
  jxl: row('image/jxl', 'image', 'jxl', 'JPEG XL'),
  svg: row('image/svg+xml', 'image', 'svg', 'SVG'),
  cr2: row('image/x-canon-cr2', 'image', 'tiff', 'Canon CR2'),
  cr3: row('image/x-canon-cr3', 'image', 'cr3', 'Canon CR3'),
  nef: row('image/x-nikon-nef', 'image', 'tiff', 'Nikon NEF'),
  arw: row('image/x-sony-arw', 'image', 'tiff', 'Sony ARW'),
  raf: row('image/x-fujifilm-raf', 'image', 'raf', 'Fujifilm RAF'),
  mp4: row('video/mp4', 'video', 'bmff', 'MP4'),
  m4v: row('video/x-m4v', 'video', 'bmff', 'M4V'),
  mov: row('video/quicktime', 'video', 'bmff', 'QuickTime'),
  '3gp': row('video/3gpp', 'video', 'bmff', '3GP'),
  '3g2': row('video/3gpp2', 'video', 'bmff', '3G2'),
  m4a: row('audio/mp4', 'audio', 'bmff', 'M4A'),
  mkv: row('video/x-matroska', 'video', 'matroska', 'Matroska'),
  webm: row('video/webm', 'video', 'matroska', 'WebM'),
  avi: row('video/x-msvideo', 'video', 'avi', 'AVI'),
  flv: row('video/x-flv', 'video', 'flv', 'FLV'),
  mp3: row('audio/mpeg', 'audio', 'mp3', 'MP3'),
  wav: row('audio/wav', 'audio', 'wav', 'WAV'),
  rf64: row('audio/x-rf64', 'audio', 'wav', 'WAV (RF64)'),
  flac: row('audio/flac', 'audio', 'flac', 'FLAC'),
  ogg: row('audio/ogg', 'audio', 'ogg', 'Ogg'),
  opus: row('audio/opus', 'audio', 'ogg', 'Ogg Opus'),
  ogv: row('video/ogg', 'video', 'ogg', 'Ogg video'),
  aif: row('audio/aiff', 'audio', 'aiff', 'AIFF'),
  aac: row('audio/aac', 'audio', 'aac', 'AAC'),
  pdf: row('application/pdf', 'document', 'pdf', 'PDF'),
  psd: row('image/vnd.adobe.photoshop', 'image', 'psd', 'Photoshop PSD'),
  psb: row('application/vnd.adobe.photoshop.large', 'image', 'psd', 'Photoshop PSB'),
  jp2: row('image/jp2', 'image', 'jp2', 'JPEG 2000'),
  jpx: row('image/jpx', 'image', 'jp2', 'JPEG 2000 (JPX)'),
  ...UNREAD_TYPES,
} as const satisfies Record<string, MediaType>;

/** ISO/IEC 18181-1: the codestream may be the whole file. */
export const BARE_JPEG_XL: MediaType = { ...MEDIA_TYPES.jxl, format: 'JPEG XL codestream', isBare: true };

export type MediaTypeKey = keyof typeof MEDIA_TYPES;

export const UNKNOWN_MEDIA_TYPE: MediaType = {
  mime: 'application/octet-stream',
  kind: 'other',
  container: 'other',
  format: 'unrecognised',
};

/** Name endings and what they say; used only to notice a mismatch. */
export const ENDINGS: Readonly<Record<string, string>> = table({
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  jpe: 'image/jpeg',
  jfif: 'image/jpeg',
  png: 'image/png',
  apng: 'image/apng',
  webp: 'image/webp',
  gif: 'image/gif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  dng: 'image/x-adobe-dng',
  heic: 'image/heic',
  heif: 'image/heif',
  avif: 'image/avif',
  jxl: 'image/jxl',
  svg: 'image/svg+xml',
  cr2: 'image/x-canon-cr2',
  cr3: 'image/x-canon-cr3',
  nef: 'image/x-nikon-nef',
  arw: 'image/x-sony-arw',
  raf: 'image/x-fujifilm-raf',
  mp4: 'video/mp4',
  m4v: 'video/x-m4v',
  mov: 'video/quicktime',
  qt: 'video/quicktime',
  '3gp': 'video/3gpp',
  '3g2': 'video/3gpp2',
  m4a: 'audio/mp4',
  mkv: 'video/x-matroska',
  webm: 'video/webm',
  avi: 'video/x-msvideo',
  flv: 'video/x-flv',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/opus',
  ogv: 'video/ogg',
  aif: 'audio/aiff',
  aiff: 'audio/aiff',
  aac: 'audio/aac',
  pdf: 'application/pdf',
  psd: 'image/vnd.adobe.photoshop',
  psb: 'application/vnd.adobe.photoshop.large',
  jp2: 'image/jp2',
  j2p: 'image/jp2',
  jpx: 'image/jpx',
  jpf: 'image/jpx',
  ...UNREAD_ENDINGS,
});

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
  ...Object.values<MediaType>(UNREAD_TYPES)
    .filter(({ unread }) => unread?.is === 'holdsFiles' && unread.mayHold.includes('c2pa'))
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
