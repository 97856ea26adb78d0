import { fileTypeFromTokenizer } from 'file-type';
import { table } from '../ground/table.js';
import { HeadTokenizer, type ReadRange } from './head-tokenizer.js';
import type { Container, MediaType } from './media-kinds.js';
import { BARE_JPEG_XL, MEDIA_TYPES, type MediaTypeKey, UNKNOWN_MEDIA_TYPE } from './media-types.js';
import { behindRunIn, signedKey } from './own-signatures.js';

/**
 * Bytes → media type. Names and Content-Type are recorded elsewhere and never believed.
 * file-type knows the signatures; what it lacks or says too broadly is refined here.
 */
export async function detectMediaType(read: ReadRange, head: Buffer, bytes: number): Promise<MediaType> {
  if (bytes === 0) return UNKNOWN_MEDIA_TYPE;
  const own = rawKey(head) ?? svgKey(head) ?? longWavKey(head) ?? largePsdKey(head) ?? signedKey(head, read);
  if (own) return MEDIA_TYPES[own];
  // What the library says of these too, after forty other signatures.
  if (jpegKey(head) && head.length > 3 && head[3] !== JPEG_LS) return MEDIA_TYPES.jpg;
  const plain = pngKey(head);
  if (plain !== undefined) return MEDIA_TYPES[plain];
  const library = await libraryKey(new HeadTokenizer(read, head, bytes));
  const key = library.key ?? jpegKey(head) ?? tiffKey(head) ?? behindRunIn(head);
  if (key === 'jxl' && head[0] === 0xff && head[1] === 0x0a) return BARE_JPEG_XL;
  if (key && !(startsWithMark(head) && STANDS_AT_START.has(MEDIA_TYPES[key].container)))
    return MEDIA_TYPES[key];
  return library.fault === undefined ? UNKNOWN_MEDIA_TYPE : { ...UNKNOWN_MEDIA_TYPE, fault: library.fault };
}

/**
 * file-type looks behind a byte order mark, where a text editor has put one before the bytes. These containers are read
 * from the first byte on: their readers would find nothing there and no fault either. All others find the fault.
 */
const STANDS_AT_START: ReadonlySet<Container> = new Set(['mp3', 'aac', 'matroska']);

const startsWithMark = (head: Buffer): boolean => head.toString('latin1', 0, 3) === '\xef\xbb\xbf';

/** file-type's names where they differ from ours. */
const LIBRARY_NAMES: Readonly<Record<string, MediaTypeKey>> = table({
  oga: 'ogg',
  spx: 'ogg',
  ogm: 'ogv',
  m4b: 'm4a',
  m4p: 'm4v',
  f4v: 'mp4',
  f4a: 'm4a',
  aiff: 'aif',
});

/** Where it tells more by the media type than by the name. */
const LIBRARY_TYPES: Readonly<Record<string, MediaTypeKey>> = table({
  'audio/x-ms-asf': 'wma',
  'video/x-ms-asf': 'wmv',
});

async function libraryKey(tokenizer: HeadTokenizer): Promise<{ key?: MediaTypeKey; fault?: string }> {
  let found: { ext: string; mime: string } | undefined;
  try {
    found = await fileTypeFromTokenizer(tokenizer);
  } catch (error) {
    // A truncated or lying header: which type it belongs to is then unknown, and the Report says why.
    const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { fault: (words.split('\n')[0] ?? '').slice(0, 160) };
  }
  if (!found) return {};
  // An ID3 tag or MPEG sync alone; layers 1 and 2 have the same readers as MP3.
  if (found.mime === 'audio/mpeg') return { key: 'mp3' };
  const name = LIBRARY_TYPES[found.mime] ?? LIBRARY_NAMES[found.ext] ?? found.ext;
  return Object.hasOwn(MEDIA_TYPES, name) ? { key: name as MediaTypeKey } : {};
}

/** EBU Tech 3306: WAV with 64-bit sizes, which file-type does not know. */
function longWavKey(head: Buffer): MediaTypeKey | undefined {
  return /^(RF64|BW64)....WAVE/s.test(head.toString('latin1', 0, 12)) ? 'rf64' : undefined;
}

/** PSB, the PSD for large documents, is its version 2. */
const largePsdKey = (head: Buffer): MediaTypeKey | undefined =>
  /^8BPS\0\x02/.test(head.toString('latin1', 0, 6)) ? 'psb' : undefined;

/** The marker behind a JPEG's first, in files of another coding. */
const JPEG_LS = 0xf7;

/** A JPEG that ends within its first segments is still a JPEG; file-type asks for more bytes. */
function jpegKey(head: Buffer): MediaTypeKey | undefined {
  return head.length >= 3 && head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff ? 'jpg' : undefined;
}

/**
 * A PNG whose picture data, or what makes it an APNG, comes within the head, after whole chunks: the library says the same,
 * after as many signatures as of a JPEG. It looks at all others.
 */
function pngKey(head: Buffer): 'png' | 'apng' | undefined {
  if (head.length < 16 || head.toString('latin1', 0, 16) !== PNG_BEGIN) return undefined;
  let at = 8;
  for (let count = 0; count < MOST_CHUNKS && at + 8 <= head.length; count++) {
    const bytes = head.readUInt32BE(at);
    // More than the standard allows (§5.3).
    if (bytes > 0x7fffffff) return undefined;
    const type = head.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT') return 'png';
    if (type === 'acTL') return 'apng';
    if (count > 0 && type === 'IHDR') return undefined;
    at += 12 + bytes;
  }
  return undefined;
}

/** Signature, and the first chunk's length and name. */
const PNG_BEGIN = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR';
/** Fewer than the library steps over. */
const MOST_CHUNKS = 64;

/** Most TIFFs have their directory at the end: one that is cut off is still a TIFF. file-type looks for that. */
function tiffKey(head: Buffer): MediaTypeKey | undefined {
  return /^(II[*+]\0|MM\0[*+])/.test(head.toString('latin1', 0, 4)) ? 'tif' : undefined;
}

/** First bytes of `<`, of white space of any kind and of a byte order mark, in UTF-8. */
const MAY_BEGIN_MARKUP = /[<\t-\r \xc2\xe1-\xe3\xef]/;

/** An SVG root element after an optional declaration, comments and DOCTYPE. */
function svgKey(head: Buffer): MediaTypeKey | undefined {
  const utf16 = head[0] === 0xff && head[1] === 0xfe;
  // Most files are no text, and making text of a head takes longer than all other signatures together.
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
 * Camera raws are named as what they are. file-type tells CR2, CR3, ORF, RW2 and RAF by signature, and reads
 * NEF, ARW and DNG from a TIFF's first directory only where it finds the tag early; the maker's name in IFD0
 * decides here.
 */
function rawKey(head: Buffer): MediaTypeKey | undefined {
  const first = head.toString('latin1', 0, 15);
  if (first === 'FUJIFILMCCD-RAW') return 'raf';
  const littleEndian = first.startsWith('II*\0');
  if (!littleEndian && !first.startsWith('MM\0*')) return undefined;
  if (first.startsWith('CR', 8)) return 'cr2';
  return rawFromIfd0(new TiffHead(head, littleEndian));
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

/** NEF and ARW: a reduced-size IFD0 of that maker with sub-directories that hold the raw picture. */
function rawFromIfd0(tiff: TiffHead): MediaTypeKey | undefined {
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
