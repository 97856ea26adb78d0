import type { ReadRange } from './head-tokenizer.js';
import type { READ_TYPES } from './read-types.js';
import type { UNREAD_TYPES } from './unread-types.js';

/** Signatures of formats that file-type does not know or recognises only by reading much of the file. */
type Key = keyof typeof READ_TYPES | keyof typeof UNREAD_TYPES;

export function detectBySignature(head: Buffer, read: ReadRange): Key | undefined {
  const first = head.toString('latin1', 0, 8);
  const box = first.slice(4);
  // ISO/IEC 19566-5: superbox with C2PA's type in its description, which is a manifest store in a sidecar.
  if (box === 'jumb' && head.toString('latin1', 12, 20) === 'jumdc2pa') return 'c2pa';
  // ISO/IEC 14496-12 §8.8 and §8.16: boxes at the start of a stream segment. A whole file begins with `ftyp` or `moov`.
  if (SEGMENT_BOXES.has(box) && head.readUInt32BE(0) >= 8) return 'segment';
  const own = FOUR_BYTE_SIGNATURES.get(first.slice(0, 4));
  if (own !== undefined) return own;
  // file-type would unpack the start to check for a tar.
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gz';
  if (isTransportStream(head)) return 'mts';
  if (first === COMPOUND_FILE) return detectCompound(head, read);
  return detectText(head);
}

/** Signatures of four bytes. They exclude each other and all tests around them. */
const FOUR_BYTE_SIGNATURES: ReadonlyMap<string, Key> = new Map<string, Key>([
  ['SDPX', 'dpx'],
  ['XPDS', 'dpx'],
  ['\x76\x2f\x31\x01', 'exr'],
  // Tested before file-type, which requires a longer head than these two always have.
  ['IIRO', 'orf'],
  ['IIRS', 'orf'],
  ['MMOR', 'orf'],
  ['IIU\0', 'rw2'],
  ['\0\0\x01\xba', 'mpg'],
  ['\0\0\x01\xb3', 'mpv'],
]);

const SEGMENT_BOXES: ReadonlySet<string> = new Set(['styp', 'moof', 'sidx', 'ssix', 'emsg', 'prft']);

/** ISO/IEC 13818-1 §2.4.3: packets of 188 bytes, optionally preceded by a time stamp or followed by parity. */
const PACKET_LAYOUTS = [
  { bytes: 188, at: 0 },
  { bytes: 192, at: 4 },
  { bytes: 204, at: 0 },
] as const;
const SYNC = 0x47;
/** This many sync bytes in a row are no coincidence. */
const MIN_PACKETS = 4;

function isTransportStream(head: Buffer): boolean {
  // Quick check of both offsets, since most files are no transport stream.
  if (head[0] !== SYNC && head[4] !== SYNC) return false;
  return PACKET_LAYOUTS.some(({ bytes, at }) =>
    Array.from({ length: MIN_PACKETS }, (_, index) => head[at + index * bytes]).every(
      (byte) => byte === SYNC,
    ),
  );
}

/** SMPTE ST 377-1 §6.5: first eleven bytes of the key of a header partition, which must not occur before it. */
const HEADER_PARTITION = Buffer.from('060e2b34020501010d0102', 'hex');

/** Recognises MXF with a run-in of up to 64 KiB. Tested last, because an archive may contain such a file. */
export const detectMxfBehindRunIn = (head: Buffer): Key | undefined =>
  head.includes(HEADER_PARTITION) ? 'mxf' : undefined;

/** [MS-CFB]: Microsoft's compound file. The directory, in UTF-16, shows which program wrote it. */
const COMPOUND_FILE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const STREAMS: readonly [string, Key][] = [
  ['__substg1.0_', 'msg'],
  ['__properties_version1.0', 'msg'],
  ['WordDocument', 'doc'],
  ['PowerPoint Document', 'ppt'],
  ['Workbook', 'xls'],
  ['Book\0', 'xls'],
];
/**
 * Class ids of the programs in the first directory entry. The names alone do not suffice, because documents may embed
 * those of other programs.
 */
const CLASS_IDS: ReadonlyMap<string, Key> = new Map<string, Key>([
  ['0609020000000000c000000000000046', 'doc'],
  ['1008020000000000c000000000000046', 'xls'],
  ['2008020000000000c000000000000046', 'xls'],
  ['108d81649b4fcf1186ea00aa00b929e8', 'ppt'],
]);
const CLASS = { from: 80, to: 96 } as const;

/** §2.2: offsets of the sector size's exponent and of the first directory sector, which may be at the end of the file. */
const SECTOR_SHIFT = 30;
const DIRECTORY = 48;
const DIRECTORY_BYTES = 4096;

function detectCompound(head: Buffer, read: ReadRange): Key {
  const named = (bytes: Buffer) =>
    STREAMS.find(([name]) => bytes.includes(Buffer.from(name, 'utf16le')))?.[1];
  if (head.length < DIRECTORY + 4) return 'cfb';
  const sector = head.readUInt16LE(SECTOR_SHIFT) === 12 ? 4096 : 512;
  const directory = read((head.readUInt32LE(DIRECTORY) + 1) * sector, DIRECTORY_BYTES);
  const known = CLASS_IDS.get(directory.toString('hex', CLASS.from, CLASS.to));
  return known ?? named(directory) ?? named(head) ?? 'cfb';
}

/** Bytes examined as text, only if the first byte can begin one. */
const TEXT_BYTES = 16 * 1024;

function detectText(head: Buffer): Key | undefined {
  if (!/^(?:\xef\xbb\xbf)?[<A-Za-z\s]/.test(head.toString('latin1', 0, 4))) return undefined;
  const text = head.toString('latin1', 0, TEXT_BYTES).replace(/^\xef\xbb\xbf/, '');
  if (text.trimStart().startsWith('<')) return isXmp(text.trimStart()) ? 'xmp' : undefined;
  return isMail(text) ? 'eml' : undefined;
}

/** XMP Specification Part 1 §7: the packet wrapper, the root element, or the RDF element with the XMP namespace. */
function isXmp(text: string): boolean {
  if (text.startsWith('<?xpacket begin')) return true;
  const root = text.replace(/^<\?xml[^>]{0,256}\?>\s*/, '').replace(/^<!--[\s\S]{0,4096}?-->\s*/, '');
  return (
    /^<(?:x:xmpmeta|x:xapmeta|\?xpacket)[\s>]/.test(root) ||
    (/^<rdf:RDF[\s>]/.test(root) && XMP_NAMES.test(root))
  );
}

const XMP_NAMES = /"(?:adobe:ns:meta\/|http:\/\/ns\.adobe\.com\/xap\/1\.0\/)/;

/** RFC 5322 header field: name, colon and text, possibly continued on further lines, up to an empty line. */
const FIELD = /^([A-Za-z][A-Za-z0-9-]{1,63}):(?:[ \t]|$)/;
/** Every mail has some of these fields, and other texts hardly have two. */
const MAIL_FIELDS: ReadonlySet<string> = new Set(
  'from,to,subject,date,received,return-path,message-id,mime-version,delivered-to,reply-to,dkim-signature'.split(
    ',',
  ),
);
const TRACES: ReadonlySet<string> = new Set(
  'received,return-path,message-id,mime-version,delivered-to'.split(','),
);
const MIN_FIELDS = 3;

function isMail(text: string): boolean {
  const known = new Set<string>();
  const lines = text.split(/\r?\n/, 256);
  // An mbox starts each mail with a `From ` line.
  for (const line of lines[0]?.startsWith('From ') ? lines.slice(1) : lines) {
    if (line === '') break;
    if (/^[ \t]/.test(line)) continue;
    const name = FIELD.exec(line)?.[1]?.toLowerCase();
    if (name === undefined) break;
    if (MAIL_FIELDS.has(name)) known.add(name);
  }
  return known.size >= MIN_FIELDS && [...known].some((name) => TRACES.has(name));
}
