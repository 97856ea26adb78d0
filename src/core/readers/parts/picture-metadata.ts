import { pictureType } from './picture-type.js';

/**
 * Whether a picture within a file has metadata of its own, from its first bytes: a label can stand there. Text and
 * application segments of JPEG but JFIF's, profiles and Adobe's colour mark; text, EXIF and manifest chunks of PNG; the like
 * of WebP and GIF. `more`: the picture goes on behind these bytes. What cannot be told counts as metadata.
 */
export function bearsMetadata(bytes: Buffer, more: boolean): boolean {
  switch (pictureType(bytes)) {
    case 'image/jpeg':
      return jpegBears(bytes, more);
    case 'image/png':
      return chunksBear(bytes, more, { start: 8, bigEndian: true, behind: 4, marks: PNG_MARKS });
    case 'image/webp':
      return chunksBear(bytes, more, { start: 12, bigEndian: false, behind: 0, marks: WEBP_MARKS });
    case 'image/gif':
      return more || /!\xfe|XMP DataXMP|C2PA_GIF/.test(bytes.toString('latin1'));
    default:
      return true;
  }
}

const APP0 = 0xe0;
const APP2 = 0xe2;
const APP14 = 0xee;
const COM = 0xfe;
const SOS = 0xda;

function jpegBears(bytes: Buffer, more: boolean): boolean {
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return true;
    const marker = bytes[at + 1] ?? 0;
    if (marker === SOS) return false;
    const application =
      marker >= APP0 && marker <= 0xef && marker !== APP0 && marker !== APP2 && marker !== APP14;
    if (application || marker === COM) return true;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return more;
}

const PNG_MARKS: ReadonlySet<string> = new Set(['tEXt', 'zTXt', 'iTXt', 'eXIf', 'caBX']);
const WEBP_MARKS: ReadonlySet<string> = new Set(['EXIF', 'XMP ', 'C2PA']);

interface Chunked {
  start: number;
  bigEndian: boolean;
  /** Bytes behind the data of each chunk. */
  behind: number;
  marks: ReadonlySet<string>;
}

function chunksBear(bytes: Buffer, more: boolean, { start, bigEndian, behind, marks }: Chunked): boolean {
  for (let at = start; at + 8 <= bytes.length; ) {
    const id = bytes.toString('latin1', bigEndian ? at + 4 : at, bigEndian ? at + 8 : at + 4);
    if (marks.has(id)) return true;
    const size = bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at + 4);
    at += 8 + size + (bigEndian ? behind : size & 1);
    if (at > bytes.length) return more;
  }
  return more;
}
