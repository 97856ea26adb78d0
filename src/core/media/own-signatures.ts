import type { ReadRange } from './head-tokenizer.js';
import type { READ_TYPES } from './read-types.js';
import type { UNREAD_TYPES } from './unread-types.js';

/** Formats that file-type does not know, or would have to read much to tell: by their first bytes. */
type Key = keyof typeof READ_TYPES | keyof typeof UNREAD_TYPES;

export function signedKey(head: Buffer, read: ReadRange): Key | undefined {
  const first = head.toString('latin1', 0, 8);
  const box = first.slice(4);
  // ISO/IEC 19566-5: a superbox whose description bears C2PA's type; a manifest store kept beside its file.
  if (box === 'jumb' && head.toString('latin1', 12, 20) === 'jumdc2pa') return 'c2pa';
  // ISO/IEC 14496-12 §8.8 and §8.16: what a segment of a stream begins with; a whole file has `ftyp` or `moov`.
  if (SEGMENT_BOXES.has(box) && head.readUInt32BE(0) >= 8) return 'segment';
  const own = OF_FOUR.get(first.slice(0, 4));
  if (own !== undefined) return own;
  // file-type would unpack its start to see whether it is a tar.
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gz';
  if (isTransportStream(head)) return 'mts';
  if (first === COMPOUND_FILE) return compoundKey(head, read);
  return textKey(head);
}

/** No two of these, nor one and what is asked beside them, are of the same file. */
const OF_FOUR: ReadonlyMap<string, Key> = new Map<string, Key>([
  ['SDPX', 'dpx'],
  ['XPDS', 'dpx'],
  ['\x76\x2f\x31\x01', 'exr'],
  // Before file-type, which asks for more of the head than these two always have.
  ['IIRO', 'orf'],
  ['IIRS', 'orf'],
  ['MMOR', 'orf'],
  ['IIU\0', 'rw2'],
  ['\0\0\x01\xba', 'mpg'],
  ['\0\0\x01\xb3', 'mpv'],
]);

const SEGMENT_BOXES: ReadonlySet<string> = new Set(['styp', 'moof', 'sidx', 'ssix', 'emsg', 'prft']);

/** ISO/IEC 13818-1 §2.4.3: packets of 188 bytes, with a time stamp before them, or with parity behind. */
const PACKETS = [
  { bytes: 188, at: 0 },
  { bytes: 192, at: 4 },
  { bytes: 204, at: 0 },
] as const;
const SYNC = 0x47;
/** So many in a row are no accident; a shorter file has what it has. */
const LEAST_PACKETS = 4;

function isTransportStream(head: Buffer): boolean {
  // Whether at 0 or 4: most files are told to be none here.
  if (head[0] !== SYNC && head[4] !== SYNC) return false;
  return PACKETS.some(({ bytes, at }) =>
    Array.from({ length: LEAST_PACKETS }, (_, index) => head[at + index * bytes]).every(
      (byte) => byte === SYNC,
    ),
  );
}

/** SMPTE ST 377-1 §6.5: the first eleven bytes of a header partition's key, which nothing before it may hold. */
const HEADER_PARTITION = Buffer.from('060e2b34020501010d0102', 'hex');

/** MXF with up to 64 KiB before its header. Asked only of what nothing else tells: an archive may hold such a file. */
export const behindRunIn = (head: Buffer): Key | undefined =>
  head.includes(HEADER_PARTITION) ? 'mxf' : undefined;

/** [MS-CFB]: Microsoft's compound file. Which program's it is, its directory tells, in UTF-16. */
const COMPOUND_FILE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const STREAMS: readonly [string, Key][] = [
  ['__substg1.0_', 'msg'],
  ['__properties_version1.0', 'msg'],
  ['WordDocument', 'doc'],
  ['PowerPoint Document', 'ppt'],
  ['Workbook', 'xls'],
  ['Book\0', 'xls'],
];
/** Classes of the programs, as the first entry of the directory has them: documents may hold those of other programs. */
const CLASSES: ReadonlyMap<string, Key> = new Map<string, Key>([
  ['0609020000000000c000000000000046', 'doc'],
  ['1008020000000000c000000000000046', 'xls'],
  ['2008020000000000c000000000000046', 'xls'],
  ['108d81649b4fcf1186ea00aa00b929e8', 'ppt'],
]);
const CLASS = { from: 80, to: 96 } as const;

/** §2.2: the exponent of a sector’s length, and the first sector of the directory, which may stand at the end of the file. */
const SECTOR_SHIFT = 30;
const DIRECTORY = 48;
const DIRECTORY_BYTES = 4096;

function compoundKey(head: Buffer, read: ReadRange): Key {
  const named = (bytes: Buffer) =>
    STREAMS.find(([name]) => bytes.includes(Buffer.from(name, 'utf16le')))?.[1];
  if (head.length < DIRECTORY + 4) return 'cfb';
  const sector = head.readUInt16LE(SECTOR_SHIFT) === 12 ? 4096 : 512;
  const directory = read((head.readUInt32LE(DIRECTORY) + 1) * sector, DIRECTORY_BYTES);
  const known = CLASSES.get(directory.toString('hex', CLASS.from, CLASS.to));
  return known ?? named(directory) ?? named(head) ?? 'cfb';
}

/** What is text: looked at only where the first byte can begin it. */
const TEXT_BYTES = 16 * 1024;

function textKey(head: Buffer): Key | undefined {
  if (!/^(?:\xef\xbb\xbf)?[<A-Za-z\s]/.test(head.toString('latin1', 0, 4))) return undefined;
  const text = head.toString('latin1', 0, TEXT_BYTES).replace(/^\xef\xbb\xbf/, '');
  if (text.trimStart().startsWith('<')) return isXmp(text.trimStart()) ? 'xmp' : undefined;
  return isMail(text) ? 'eml' : undefined;
}

/** XMP Specification Part 1 §7: the packet’s wrapper, or its root, or the RDF element alone with XMP’s namespace for it. */
function isXmp(text: string): boolean {
  if (text.startsWith('<?xpacket begin')) return true;
  const root = text.replace(/^<\?xml[^>]{0,256}\?>\s*/, '').replace(/^<!--[\s\S]{0,4096}?-->\s*/, '');
  return (
    /^<(?:x:xmpmeta|x:xapmeta|\?xpacket)[\s>]/.test(root) ||
    (/^<rdf:RDF[\s>]/.test(root) && XMP_NAMES.test(root))
  );
}

const XMP_NAMES = /"(?:adobe:ns:meta\/|http:\/\/ns\.adobe\.com\/xap\/1\.0\/)/;

/** RFC 5322: lines of a name, a colon and text, some of them continued, up to an empty line. */
const FIELD = /^([A-Za-z][A-Za-z0-9-]{1,63}):(?:[ \t]|$)/;
/** No mail is without some of these, and little else bears two. */
const MAIL_FIELDS: ReadonlySet<string> = new Set(
  'from,to,subject,date,received,return-path,message-id,mime-version,delivered-to,reply-to,dkim-signature'.split(
    ',',
  ),
);
const TRACES: ReadonlySet<string> = new Set(
  'received,return-path,message-id,mime-version,delivered-to'.split(','),
);
const LEAST_FIELDS = 3;

function isMail(text: string): boolean {
  const known = new Set<string>();
  const lines = text.split(/\r?\n/, 256);
  // An mbox begins each mail with a line of its own.
  for (const line of lines[0]?.startsWith('From ') ? lines.slice(1) : lines) {
    if (line === '') break;
    if (/^[ \t]/.test(line)) continue;
    const name = FIELD.exec(line)?.[1]?.toLowerCase();
    if (name === undefined) break;
    if (MAIL_FIELDS.has(name)) known.add(name);
  }
  return known.size >= LEAST_FIELDS && [...known].some((name) => TRACES.has(name));
}
