import { fileTypeFromTokenizer } from 'file-type';
import { lookupTable } from '../../base/table.js';
import { HeadTokenizer, type ReadRange } from './head-tokenizer.js';
import type { Container, MediaType } from './media-kinds.js';
import {
  BARE_JPEG_XL,
  MEDIA_TYPES,
  type MediaTypeKey,
  TEXT_MEDIA_TYPE,
  UNKNOWN_MEDIA_TYPE,
} from './media-types.js';
import { isPlainText } from './not-media.js';
import { detectBySignature, detectMxfBehindRunIn } from './own-signatures.js';

/**
 * Determines the media type from bytes. Names and Content-Type are recorded elsewhere and never trusted. file-type
 * knows most signatures; this module adds missing ones and refines those that are too broad.
 */
export async function detectMediaType(read: ReadRange, head: Buffer, bytes: number): Promise<MediaType> {
  if (bytes === 0) return UNKNOWN_MEDIA_TYPE;
  const own =
    detectRaw(head) ??
    detectSvg(head) ??
    detectLongWav(head) ??
    detectLargePsd(head) ??
    detectBySignature(head, read);
  if (own) return MEDIA_TYPES[own];
  // The library gives the same answer, but only after testing forty other signatures.
  if (detectJpeg(head) && head.length > 3 && head[3] !== JPEG_LS) return MEDIA_TYPES.jpg;
  const plain = detectPng(head);
  if (plain !== undefined) return MEDIA_TYPES[plain];
  const library = await detectByLibrary(new HeadTokenizer(read, head, bytes));
  const key = library.key ?? detectJpeg(head) ?? detectTiff(head) ?? detectMxfBehindRunIn(head);
  const isText = library.fault === undefined && isPlainText(head, head.length >= bytes);
  // The byte order mark of UTF-16 is also the sync of an MPEG frame; no coded sound is all text.
  if (key === 'mp3' && isText) return TEXT_MEDIA_TYPE;
  if (key === 'jxl' && head[0] === 0xff && head[1] === 0x0a) return BARE_JPEG_XL;
  if (key && !(startsWithBom(head) && START_ONLY_CONTAINERS.has(MEDIA_TYPES[key].container)))
    return MEDIA_TYPES[key];
  if (library.fault !== undefined) return { ...UNKNOWN_MEDIA_TYPE, fault: library.fault };
  return isText ? TEXT_MEDIA_TYPE : UNKNOWN_MEDIA_TYPE;
}

/**
 * file-type skips a byte order mark at the start, which text editors may add. Readers of these containers start at the
 * first byte and would then silently find nothing; all other readers report a fault.
 */
const START_ONLY_CONTAINERS: ReadonlySet<Container> = new Set(['mp3', 'aac', 'matroska']);

const startsWithBom = (head: Buffer): boolean => head.toString('latin1', 0, 3) === '\xef\xbb\xbf';

/** Assay's keys for names of file-type that differ. */
const KEYS_BY_LIBRARY_NAME: Readonly<Record<string, MediaTypeKey>> = lookupTable({
  oga: 'ogg',
  spx: 'ogg',
  ogm: 'ogv',
  m4b: 'm4a',
  m4p: 'm4v',
  f4v: 'mp4',
  f4a: 'm4a',
  aiff: 'aif',
});

/** Assay's keys where file-type's media type is more specific than its name. */
const KEYS_BY_LIBRARY_TYPE: Readonly<Record<string, MediaTypeKey>> = lookupTable({
  'audio/x-ms-asf': 'wma',
  'video/x-ms-asf': 'wmv',
});

async function detectByLibrary(tokenizer: HeadTokenizer): Promise<{ key?: MediaTypeKey; fault?: string }> {
  let found: { ext: string; mime: string } | undefined;
  try {
    found = await fileTypeFromTokenizer(tokenizer);
  } catch (error) {
    // The header is truncated or invalid. The type stays unknown, with the reason in the Report.
    const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { fault: (words.split('\n')[0] ?? '').slice(0, 160) };
  }
  if (!found) return {};
  // Only an ID3 tag or MPEG sync was found. Layers 1 and 2 use the same readers as MP3.
  if (found.mime === 'audio/mpeg') return { key: 'mp3' };
  const name = KEYS_BY_LIBRARY_TYPE[found.mime] ?? KEYS_BY_LIBRARY_NAME[found.ext] ?? found.ext;
  return Object.hasOwn(MEDIA_TYPES, name) ? { key: name as MediaTypeKey } : {};
}

/** EBU Tech 3306: WAV with 64-bit sizes, unknown to file-type. */
function detectLongWav(head: Buffer): MediaTypeKey | undefined {
  return /^(RF64|BW64)....WAVE/s.test(head.toString('latin1', 0, 12)) ? 'rf64' : undefined;
}

/** PSB, the large document format, is version 2 of PSD. */
const detectLargePsd = (head: Buffer): MediaTypeKey | undefined =>
  /^8BPS\0\x02/.test(head.toString('latin1', 0, 6)) ? 'psb' : undefined;

/** Second marker of JPEG-LS files, which begin like a JPEG. */
const JPEG_LS = 0xf7;

/** A JPEG that ends within its first segments is still a JPEG; file-type requires more bytes. */
function detectJpeg(head: Buffer): MediaTypeKey | undefined {
  return head.length >= 3 && head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff ? 'jpg' : undefined;
}

/**
 * Recognises a PNG or APNG whose deciding chunk lies within the head, behind complete chunks. The library gives the
 * same answer, but only after testing many other signatures. It decides all other cases.
 */
function detectPng(head: Buffer): 'png' | 'apng' | undefined {
  if (head.length < 16 || head.toString('latin1', 0, 16) !== PNG_BEGIN) return undefined;
  let at = 8;
  for (let count = 0; count < MAX_CHUNKS && at + 8 <= head.length; count++) {
    const bytes = head.readUInt32BE(at);
    // Exceeds the maximum of the standard (§5.3).
    if (bytes > 0x7fffffff) return undefined;
    const type = head.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT') return 'png';
    if (type === 'acTL') return 'apng';
    if (count > 0 && type === 'IHDR') return undefined;
    at += 12 + bytes;
  }
  return undefined;
}

/** Signature, followed by the first chunk's length and name. */
const PNG_BEGIN = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR';
/** Smaller than the number of chunks that the library skips. */
const MAX_CHUNKS = 64;

/**
 * Most TIFFs have their directory at the end, so a truncated one must still count as TIFF. file-type requires the
 * directory.
 */
function detectTiff(head: Buffer): MediaTypeKey | undefined {
  return /^(II[*+]\0|MM\0[*+])/.test(head.toString('latin1', 0, 4)) ? 'tif' : undefined;
}

/** First bytes of `<`, of any whitespace and of a byte order mark in UTF-8. */
const MAY_BEGIN_MARKUP = /[<\t-\r \xc2\xe1-\xe3\xef]/;

/** Finds an SVG root element behind an optional declaration, comments and DOCTYPE. */
function detectSvg(head: Buffer): MediaTypeKey | undefined {
  const utf16 = head[0] === 0xff && head[1] === 0xfe;
  // Most files are not text, and decoding the head takes longer than testing all other signatures.
  if (!utf16 && !MAY_BEGIN_MARKUP.test(head.toString('latin1', 0, 1))) return undefined;
  const text = head.toString(utf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
  if (!/^\s*</.test(text)) return undefined;
  let rest = text.trimStart();
  for (;;) {
    const skipped =
      /^(<\?[^>]{0,1024}\?>|<!--[\s\S]{0,16384}?-->|<!DOCTYPE[^>[]{0,1024}(\[[^\]]{0,16384}\]\s*)?>)\s*/i.exec(
        rest,
      );
    if (!skipped) break;
    rest = rest.slice(skipped[0].length);
  }
  return /^<([A-Za-z_][\w.-]{0,32}:)?svg[\s>/]/.test(rest) ? 'svg' : undefined;
}

/**
 * Recognises camera raws. file-type finds CR2, CR3, ORF, RW2 and RAF by signature, but NEF, ARW and DNG only if a tag
 * comes early in the TIFF's first directory; here the make in IFD0 decides.
 */
function detectRaw(head: Buffer): MediaTypeKey | undefined {
  const first = head.toString('latin1', 0, 15);
  if (first === 'FUJIFILMCCD-RAW') return 'raf';
  const littleEndian = first.startsWith('II*\0');
  if (!littleEndian && !first.startsWith('MM\0*')) return undefined;
  if (first.startsWith('CR', 8)) return 'cr2';
  return detectRawByIfd0(new TiffHead(head, littleEndian));
}

class TiffHead {
  constructor(
    readonly bytes: Buffer,
    readonly littleEndian: boolean,
  ) {}

  u16(at: number): number | undefined {
    if (at < 0 || at + 2 > this.bytes.length) return undefined;
    return this.littleEndian ? this.bytes.readUInt16LE(at) : this.bytes.readUInt16BE(at);
  }

  u32(at: number): number | undefined {
    if (at < 0 || at + 4 > this.bytes.length) return undefined;
    return this.littleEndian ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at);
  }
}

const TAG = {
  subfileType: 0xfe,
  compression: 0x103,
  make: 0x10f,
  subIfds: 0x14a,
  dngVersion: 0xc612,
} as const;

/** Recognises NEF and ARW: IFD0 is of that make, has a reduced size and sub-directories with the raw picture. */
function detectRawByIfd0(tiff: TiffHead): MediaTypeKey | undefined {
  const ifd = tiff.u32(4);
  const count = ifd === undefined ? undefined : tiff.u16(ifd);
  if (ifd === undefined || count === undefined) return undefined;
  const seen = new Map<number, number>();
  let make = '';
  for (let i = 0; i < Math.min(count, 512); i++) {
    const entry = ifd + 2 + i * 12;
    const tag = tiff.u16(entry);
    if (tag === undefined) break;
    seen.set(tag, entry);
    if (tag === TAG.make) {
      const length = tiff.u32(entry + 4) ?? 0;
      const at = length <= 4 ? entry + 8 : (tiff.u32(entry + 8) ?? 0);
      make = tiff.bytes.toString('latin1', at, at + Math.min(length, 64)).toUpperCase();
    }
  }
  if (seen.has(TAG.dngVersion)) return 'dng';
  if (!seen.has(TAG.subIfds)) return undefined;
  const subfile = seen.get(TAG.subfileType);
  const reduced = subfile !== undefined && ((tiff.u32(subfile + 8) ?? 0) & 1) === 1;
  if (make.startsWith('NIKON') && reduced) return 'nef';
  if (make.startsWith('SONY') && reduced) return 'arw';
  return undefined;
}
