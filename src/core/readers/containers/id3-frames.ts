import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { readSynchsafe, undoUnsynchronisation } from './id3-bytes.js';
import { bounded, malformed } from './walk.js';

/** ID3v2 tags, versions 2.2 to 2.4: frames with their offsets. Frame contents are not interpreted here. */

export interface Id3Frame {
  /** Frame id of four characters, or three in v2.2. */
  id: string;
  /** Length of the stored content. */
  bytes: number;
  /** Set if the content is encrypted, or compressed so that `content` cannot return it without inflating. */
  packed?: 'compressed' | 'encrypted';
  /** Reads the content or the start of it. `offset` is absent if bytes were inserted into it. */
  content(most: number): Promise<{ content: Buffer; offset?: number }>;
}

export interface Id3Tag {
  version: 2 | 3 | 4;
  /** First byte after the tag. */
  end: number;
  frames: Id3Frame[];
  fault?: WalkFault;
}

const HEADER_BYTES = 10;
const FLAG = { unsynchronised: 0x80, extendedHeader: 0x40, footer: 0x10 } as const;

type Version = Id3Tag['version'];

interface Source {
  bytes: number;
  offset?: number;
  read(at: number, length: number): Promise<Buffer>;
}

/** Reads the tag that begins at `start`; `undefined` if there is none. `wanted` frames are listed, the rest skipped. */
export async function readId3Tag(
  asset: Asset,
  start: number,
  wanted: (id: string) => boolean = () => true,
): Promise<Id3Tag | undefined> {
  const header = await asset.read(start, HEADER_BYTES);
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, 3) !== 'ID3') return undefined;
  const version = header.readUInt8(3);
  const flags = header.readUInt8(5);
  const size = readSynchsafe(header, 6);
  const body = start + HEADER_BYTES;
  const end = body + (size ?? 0) + ((flags & FLAG.footer) !== 0 ? HEADER_BYTES : 0);
  if (version !== 2 && version !== 3 && version !== 4)
    return {
      version: 4,
      end,
      frames: [],
      fault: bounded('id3.version', { version, sought: 'other' }),
    };
  if (size === undefined) return { version, end, frames: [], fault: malformed('id3.size') };
  if (version === 2 && (flags & FLAG.extendedHeader) !== 0)
    return { version, end, frames: [], fault: bounded('id3.packedTag') };
  // v2.4 unsynchronises each frame, other versions the tag as a whole; their frame sizes count the bytes before that
  // step.
  const whole = version !== 4 && (flags & FLAG.unsynchronised) !== 0;
  if (whole && size > limits.id3TagBytes) {
    const fault = bounded('bound.bytes', { place: 'ID3', most: limits.id3TagBytes });
    return { version, end, frames: [], fault };
  }
  const source = whole
    ? inMemory(undoUnsynchronisation(await asset.read(body, size)))
    : inFile(asset, body, Math.min(size, asset.bytes - body));
  const extended = version !== 2 && (flags & FLAG.extendedHeader) !== 0;
  const first = extended ? await extendedHeaderBytes(source, version) : 0;
  return { version, end, ...(await walkFrames(source, first, version, wanted)) };
}

/** Reads all tags at the start, because some programs prepend a tag to an existing one. */
export async function readId3TagsAtStart(asset: Asset): Promise<Id3Tag[]> {
  const tags: Id3Tag[] = [];
  let at = 0;
  for (;;) {
    const tag = await readId3Tag(asset, at);
    if (!tag) break;
    const last = tags.at(-1);
    if (last && tags.length >= limits.id3Tags) {
      last.fault ??= TOO_MANY_TAGS;
      break;
    }
    tags.push(tag);
    at = tag.end;
  }
  return tags;
}

export const TOO_MANY_TAGS = bounded('bound.entries', { place: 'ID3', most: limits.id3Tags });

const inMemory = (bytes: Buffer): Source => ({
  bytes: bytes.length,
  read: async (at, length) => bytes.subarray(at, at + length),
});

const inFile = (asset: Asset, offset: number, bytes: number): Source => ({
  bytes,
  offset,
  read: (at, length) => asset.read(offset + at, Math.min(length, bytes - at)),
});

async function walkFrames(
  source: Source,
  start: number,
  version: Version,
  wanted: (id: string) => boolean,
): Promise<{ frames: Id3Frame[]; fault?: WalkFault }> {
  const frames: Id3Frame[] = [];
  const header = version === 2 ? 6 : HEADER_BYTES;
  let at = start;
  for (let count = 0; count < limits.id3Frames; count++) {
    if (at + header > source.bytes) return { frames };
    const head = await source.read(at, header);
    // A zero byte in place of an identifier is the padding that ends the tag.
    if (head.length < header || head[0] === 0) return { frames };
    const id = frameId(head, version);
    if (id === undefined) return { frames, fault: malformed('id3.frame') };
    const size = await frameSize(source, at, head, version);
    if (size === undefined || at + header + size > source.bytes) {
      return {
        frames,
        fault: malformed('id3.frameSize', { frame: id }),
      };
    }
    const flags = version === 2 ? 0 : head.readUInt8(9);
    if (wanted(id)) frames.push(frameOf(source, id, at + header, size, flags, version));
    at += header + size;
  }
  return {
    frames,
    fault: bounded('bound.entries', { place: 'ID3', most: limits.id3Frames }),
  };
}

/** Early iTunes versions wrote v2.2 names into v2.3 tags and padded them with a zero. */
function frameId(head: Buffer, version: Version): string | undefined {
  const id = head.toString('latin1', 0, version === 2 ? 3 : 4);
  return /^[A-Za-z][A-Za-z0-9]{2}[A-Za-z0-9 \0]?$/.test(id) ? id.replace(/[ \0]$/, '') : undefined;
}

/**
 * Reads a frame's size. v2.4 uses seven bits per byte, but iTunes did not: the plain number applies if only it leads to
 * a next frame.
 */
async function frameSize(
  source: Source,
  at: number,
  head: Buffer,
  version: Version,
): Promise<number | undefined> {
  if (version === 2) return head.readUIntBE(3, 3);
  const plain = head.readUInt32BE(4);
  if (version === 3) return plain;
  const safe = readSynchsafe(head, 4);
  if (safe === plain) return safe;
  const leadsOn = async (size: number) => {
    const next = at + HEADER_BYTES + size;
    if (next === source.bytes) return true;
    if (next > source.bytes) return false;
    const following = await source.read(next, 4);
    return following[0] === 0 || (following.length === 4 && frameId(following, 4) !== undefined);
  };
  if (safe !== undefined && (await leadsOn(safe))) return safe;
  return (await leadsOn(plain)) ? plain : safe;
}

/** Reads the fields before a frame's content and its packing (ID3v2.3 §3.3.1 and v2.4 §4.1.2). */
function frameOf(
  source: Source,
  id: string,
  at: number,
  bytes: number,
  flags: number,
  version: Version,
): Id3Frame {
  const v4 = version === 4;
  const encrypted = (flags & (v4 ? 0x04 : 0x40)) !== 0;
  const compressed = (flags & (v4 ? 0x08 : 0x80)) !== 0;
  const grouped = (flags & (v4 ? 0x40 : 0x20)) !== 0;
  const lengthGiven = v4 ? (flags & 0x01) !== 0 : compressed;
  const skipped = (grouped ? 1 : 0) + (encrypted ? 1 : 0) + (lengthGiven ? 4 : 0);
  const unsynchronised = v4 && (flags & 0x02) !== 0;
  const packed = encrypted ? 'encrypted' : compressed ? 'compressed' : undefined;
  return {
    id,
    bytes: Math.max(0, bytes - skipped),
    ...(packed ? { packed } : {}),
    async content(most) {
      const stored = await source.read(at + skipped, Math.max(0, Math.min(bytes - skipped, most)));
      if (unsynchronised) return { content: undoUnsynchronisation(stored) };
      return source.offset === undefined
        ? { content: stored }
        : { content: stored, offset: source.offset + at + skipped };
    },
  };
}

async function extendedHeaderBytes(source: Source, version: Version): Promise<number> {
  const head = await source.read(0, 4);
  if (head.length < 4) return source.bytes;
  // The v2.3 size excludes the size field itself; the v2.4 size includes it and is synchsafe.
  return version === 4 ? (readSynchsafe(head, 0) ?? source.bytes) : 4 + head.readUInt32BE(0);
}
