import type { Asset } from '../../asset.js';
import { trustLimits } from '../../trust/trust-limits.js';
import type { WalkFault } from '../conclude.js';
import { bounded, malformed } from '../containers/walk.js';
import { tooLarge } from './located.js';

export interface Id3Frame {
  /** Of the frame's content in the file; undefined in a tag that was unsynchronised as a whole. */
  offset?: number;
  content: Buffer;
}

const HEADER_BYTES = 10;
const FLAG = { unsynchronised: 0x80, extendedHeader: 0x40 } as const;

/**
 * GEOB frames of the ID3v2.3 or v2.4 tag that the file starts with. Only frames of that kind are read; the
 * rest is stepped over by its size.
 */
export async function geobFrames(asset: Asset): Promise<{ frames: Id3Frame[]; fault?: WalkFault }> {
  const header = await asset.read(0, HEADER_BYTES);
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, 3) !== 'ID3') return { frames: [] };
  const version = header.readUInt8(3);
  if (version !== 3 && version !== 4) {
    return {
      frames: [],
      fault: bounded('id3.version', `ID3v2.${version} tags are not read for manifest stores.`),
    };
  }
  const flags = header.readUInt8(5);
  const size = synchsafe(header, 6);
  if (size === undefined)
    return { frames: [], fault: malformed('id3.size', 'The ID3 tag gives no readable size.') };
  // v2.3 unsynchronises the tag as a whole, v2.4 each frame; frame sizes of v2.3 count the bytes before that.
  const whole = version === 3 && (flags & FLAG.unsynchronised) !== 0;
  if (whole) {
    const large = tooLarge(size);
    if (large) return { frames: [], fault: large };
  }
  const body = whole ? resynchronised(await asset.read(HEADER_BYTES, size)) : undefined;
  const source: Source = body
    ? { bytes: body.length, read: async (at, length) => body.subarray(at, at + length) }
    : {
        bytes: Math.min(size, asset.bytes - HEADER_BYTES),
        offset: HEADER_BYTES,
        read: (at, length) => asset.read(HEADER_BYTES + at, length),
      };
  const start = (flags & FLAG.extendedHeader) === 0 ? 0 : await extendedHeaderBytes(source, version);
  return walkFrames(source, start, version);
}

interface Source {
  bytes: number;
  offset?: number;
  read(at: number, length: number): Promise<Buffer>;
}

async function walkFrames(
  source: Source,
  start: number,
  version: 3 | 4,
): Promise<{ frames: Id3Frame[]; fault?: WalkFault }> {
  const frames: Id3Frame[] = [];
  let gathered = 0;
  let at = start;
  for (let count = 0; count < trustLimits.id3Frames; count++) {
    if (at + HEADER_BYTES > source.bytes) return { frames };
    const head = await source.read(at, HEADER_BYTES);
    // A zero byte where an identifier should be is the padding that ends the tag.
    if (head.length < HEADER_BYTES || head[0] === 0) return { frames };
    const id = head.toString('latin1', 0, 4);
    if (!/^[A-Z0-9]{4}$/.test(id))
      return { frames, fault: malformed('id3.frame', 'The ID3 tag holds bytes that are no frame.') };
    const size = version === 4 ? synchsafe(head, 4) : head.readUInt32BE(4);
    if (size === undefined || at + HEADER_BYTES + size > source.bytes) {
      return {
        frames,
        fault: malformed('id3.frameSize', `The ID3 frame ${id} gives a size that does not fit the tag.`),
      };
    }
    if (id === 'GEOB') {
      // All that is gathered counts: a tag can hold thousands of such frames.
      gathered += size;
      const large = tooLarge(gathered);
      if (large) return { frames, fault: large };
      const frame = unpackFrame(await source.read(at + HEADER_BYTES, size), head.readUInt8(9), version);
      if (!frame)
        return {
          frames,
          fault: bounded('id3.packedFrame', 'A GEOB frame is compressed or encrypted; it was not read.'),
        };
      frames.push(
        source.offset === undefined || frame.moved
          ? { content: frame.content }
          : { content: frame.content, offset: source.offset + at + HEADER_BYTES + frame.skipped },
      );
    }
    at += HEADER_BYTES + size;
  }
  return {
    frames,
    fault: bounded(
      'bound.id3Frames',
      `More than ${trustLimits.id3Frames} ID3 frames; later ones were not read.`,
    ),
  };
}

/** ID3v2.3 §3.3.1 and v2.4 §4.1.2: what stands before a frame's content, and how the content is packed. */
function unpackFrame(
  bytes: Buffer,
  flags: number,
  version: 3 | 4,
): { content: Buffer; skipped: number; moved: boolean } | undefined {
  const v4 = version === 4;
  const packed = v4 ? (flags & 0x0c) !== 0 : (flags & 0xc0) !== 0;
  if (packed) return undefined;
  const grouped = (flags & (v4 ? 0x40 : 0x20)) !== 0;
  const lengthGiven = v4 && (flags & 0x01) !== 0;
  const skipped = (grouped ? 1 : 0) + (lengthGiven ? 4 : 0);
  const unsynchronised = v4 && (flags & 0x02) !== 0;
  const content = bytes.subarray(skipped);
  return { content: unsynchronised ? resynchronised(content) : content, skipped, moved: unsynchronised };
}

async function extendedHeaderBytes(source: Source, version: 3 | 4): Promise<number> {
  const head = await source.read(0, 4);
  if (head.length < 4) return source.bytes;
  // v2.3 does not count the size field itself, v2.4 does and is synchsafe.
  return version === 4 ? (synchsafe(head, 0) ?? source.bytes) : 4 + head.readUInt32BE(0);
}

/** Four bytes of seven bits each; undefined where a top bit is set. */
function synchsafe(bytes: Buffer, at: number): number | undefined {
  const raw = bytes.readUInt32BE(at);
  if ((raw & 0x80808080) !== 0) return undefined;
  return ((raw >>> 24) << 21) | (((raw >>> 16) & 0x7f) << 14) | (((raw >>> 8) & 0x7f) << 7) | (raw & 0x7f);
}

/** ID3v2 §5: a zero after 0xff was put in so that no MPEG sync appears. */
function resynchronised(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  let filled = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    out[filled++] = byte;
    if (byte === 0xff && bytes[at + 1] === 0) at += 1;
  }
  return out.subarray(0, filled);
}
