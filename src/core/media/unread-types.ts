import { lookupTable } from '../../base/table.js';
import type { Carrier } from './carrier.js';
import type { MediaKind, MediaType, UnreadHint, UnreadType } from './media-kinds.js';

/**
 * Media types that are recognised but not read. They are named, so that an empty result is not taken for an answer.
 * Each lists the carriers in which a label could be.
 */

/** Carriers of formats with the metadata blocks of photographs. */
const PICTURE_BLOCKS: readonly Carrier[] = ['c2pa', 'xmp', 'exif', 'iptcIim', 'privateChunk', 'parts'];
const VIDEO: readonly Carrier[] = ['xmp', 'privateChunk', 'sei', 'parts'];
const SOUND: readonly Carrier[] = ['id3', 'apeTags', 'privateChunk', 'parts'];
const FILES: UnreadType = { mayHold: ['parts'], is: 'holdsFiles' };
const PACKED: UnreadType = { mayHold: ['parts'], is: 'packed' };

const row = (mime: string, kind: MediaKind, format: string, unread: UnreadType): MediaType => ({
  mime,
  kind,
  container: 'unread',
  format,
  unread,
});

/** Keyed by file-type's `ext`, or by a name of Assay's own for types it lacks. */
export const UNREAD_TYPES = {
  mpv: row('video/mpv', 'video', 'MPEG video', { mayHold: VIDEO }),
  rm: row('application/vnd.rn-realmedia', 'video', 'RealMedia', { mayHold: VIDEO }),
  swf: row('application/x-shockwave-flash', 'other', 'Flash (SWF)', { mayHold: ['xmp', 'parts'] }),
  jxr: row('image/jxr', 'image', 'JPEG XR', { mayHold: PICTURE_BLOCKS }),
  j2c: row('image/j2c', 'image', 'JPEG 2000 codestream', { mayHold: ['comment', 'parts'] }),
  mj2: row('image/mj2', 'video', 'Motion JPEG 2000', { mayHold: VIDEO }),
  jpm: row('image/jpm', 'image', 'JPM', { mayHold: ['xmp', 'exif', 'privateChunk', 'parts'] }),
  jls: row('image/jls', 'image', 'JPEG-LS', { mayHold: ['exif', 'xmp', 'comment', 'parts'] }),
  bpg: row('image/bpg', 'image', 'BPG', { mayHold: ['exif', 'xmp'] }),
  ico: row('image/x-icon', 'image', 'ICO', { mayHold: ['parts'] }),
  cur: row('image/x-cursor', 'image', 'CUR', { mayHold: ['parts'] }),
  icns: row('image/icns', 'image', 'ICNS', { mayHold: ['parts'] }),
  xcf: row('image/x-xcf', 'image', 'GIMP XCF', { mayHold: ['xmp', 'exif', 'iptcIim', 'comment', 'parts'] }),
  dcm: row('application/dicom', 'image', 'DICOM', { mayHold: ['privateChunk', 'parts'] }),
  indd: row('application/x-indesign', 'document', 'InDesign', { mayHold: ['xmp', 'parts'] }),
  amr: row('audio/amr', 'audio', 'AMR', { mayHold: SOUND }),
  ac3: row('audio/vnd.dolby.dd-raw', 'audio', 'AC-3', { mayHold: SOUND }),
  ape: row('audio/ape', 'audio', 'Monkey’s Audio', { mayHold: SOUND }),
  wv: row('audio/wavpack', 'audio', 'WavPack', { mayHold: SOUND }),
  mpc: row('audio/x-musepack', 'audio', 'Musepack', { mayHold: SOUND }),
  dsf: row('audio/x-dsf', 'audio', 'DSF', { mayHold: SOUND }),
  mid: row('audio/midi', 'audio', 'MIDI', { mayHold: ['privateChunk'] }),
  voc: row('audio/x-voc', 'audio', 'VOC', { mayHold: ['privateChunk'] }),
  c2pa: row('application/c2pa', 'other', 'C2PA manifest store', { mayHold: ['c2pa'], is: 'credentials' }),
  // Compound file of a program that is not supported; its properties may include XMP.
  cfb: row('application/x-cfb', 'document', 'OLE compound', {
    mayHold: ['xmp', 'documentProperties', 'parts'],
    is: 'holdsFiles',
  }),
  rtf: row('application/rtf', 'document', 'RTF', { mayHold: ['parts'], is: 'holdsFiles' }),
  mobi: row('application/x-mobipocket-ebook', 'document', 'Mobipocket', FILES),
  '7z': row('application/x-7z-compressed', 'other', '7z', FILES),
  rar: row('application/vnd.rar', 'other', 'RAR', FILES),
  cab: row('application/vnd.ms-cab-compressed', 'other', 'Cabinet', FILES),
  cpio: row('application/x-cpio', 'other', 'cpio', FILES),
  dmg: row('application/x-apple-diskimage', 'other', 'Apple disk image', FILES),
  gz: row('application/gzip', 'other', 'gzip', PACKED),
  xz: row('application/x-xz', 'other', 'xz', PACKED),
  zst: row('application/zstd', 'other', 'Zstandard', PACKED),
  bz2: row('application/x-bzip2', 'other', 'bzip2', PACKED),
  lz4: row('application/x-lz4', 'other', 'LZ4', PACKED),
  lz: row('application/x-lzip', 'other', 'lzip', PACKED),
  Z: row('application/x-compress', 'other', 'compress', PACKED),
} as const satisfies Record<string, MediaType>;

/** Extensions other than the keys. `ts` is omitted, because most files of that extension are programs. */
const MORE_EXTENSIONS: Readonly<Record<string, keyof typeof UNREAD_TYPES>> = lookupTable({
  j2k: 'j2c',
  jpc: 'j2c',
  midi: 'mid',
  dicom: 'dcm',
  tgz: 'gz',
});
const NOT_EXTENSIONS: ReadonlySet<string> = new Set(['mpv']);

/** Media types by the extensions of these types. */
export const UNREAD_TYPES_BY_EXTENSION: Readonly<Record<string, string>> = lookupTable(
  Object.fromEntries([
    ...Object.entries(UNREAD_TYPES)
      .filter(([key]) => !NOT_EXTENSIONS.has(key))
      .map(([key, { mime }]) => [key.toLowerCase(), mime]),
    ...Object.entries(MORE_EXTENSIONS).map(([ending, key]) => [ending, UNREAD_TYPES[key].mime]),
  ]),
);

const UNREAD_BY_FORMAT = new Map<string, UnreadType>(
  Object.values(UNREAD_TYPES).map(({ format, unread }) => [format, unread as UnreadType]),
);

/** Returns the hint for a format that is not read, by its name in the Report. */
export const unreadHintOf = (format: string): UnreadHint | undefined => UNREAD_BY_FORMAT.get(format)?.is;
