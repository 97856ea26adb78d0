import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { readId3Tag, TOO_MANY_TAGS } from './id3-frames.js';
import { ByteWindow, bounded, malformed, type Walk } from './walk.js';

/** Locates Vorbis comments: a metadata block of FLAC, and the second packet of each stream of an Ogg file. */

export interface CommentPacket {
  /** `vorbis`, or a name that includes the codec of the stream. */
  system: string;
  bytes: Buffer;
  /** Returns the file offset of a byte of the packet, which may span several pages. */
  offsetOf(at: number): number;
}

export interface CommentPackets {
  packets: CommentPacket[];
  fault?: WalkFault;
}

const COMMENT_BLOCK = 4;
const LAST_BLOCK = 0x80;

const TOO_LARGE = bounded('bound.bytes', { place: 'Vorbis Comment', most: limits.vorbisCommentBytes });

export interface FlacBlock {
  type: number;
  dataOffset: number;
  dataBytes: number;
}

/**
 * Returns the offset after the ID3 tags that some programs put before a FLAC stream; `undefined` if there are more than
 * the limit.
 */
export async function findFlacStart(asset: Asset): Promise<number | undefined> {
  let at = 0;
  for (let count = 0; count <= limits.id3Tags; count++) {
    const tag = await readId3Tag(asset, at, () => false);
    if (!tag) return at;
    at = tag.end;
  }
  return undefined;
}

/** Lists the metadata blocks of a FLAC stream (RFC 9639 §8); `start` is the offset of the stream's mark. */
export async function readFlacBlocks(asset: Asset, start: number | undefined): Promise<Walk<FlacBlock>> {
  const items: FlacBlock[] = [];
  if (start === undefined) return { items, fault: TOO_MANY_TAGS };
  const mark = await asset.read(start, 4);
  if (mark.toString('latin1') !== 'fLaC') return { items, fault: malformed('flac.mark') };
  let at = start + 4;
  for (let count = 0; count < limits.flacBlocks; count++) {
    const head = await asset.read(at, 4);
    if (head.length < 4) return { items, fault: malformed('flac.truncated') };
    const type = head.readUInt8(0);
    const dataBytes = head.readUIntBE(1, 3);
    const dataOffset = at + 4;
    if (dataOffset + dataBytes > asset.bytes) return { items, fault: malformed('flac.truncated') };
    items.push({ type: type & 0x7f, dataOffset, dataBytes });
    if ((type & LAST_BLOCK) !== 0) return { items };
    at = dataOffset + dataBytes;
  }
  return {
    items,
    fault: bounded('bound.entries', { place: 'FLAC', most: limits.flacBlocks }),
  };
}

/** Returns the comments of a FLAC stream. */
export async function readFlacComments(asset: Asset, start: number | undefined): Promise<CommentPackets> {
  const { items, fault } = await readFlacBlocks(asset, start);
  const packets: CommentPacket[] = [];
  let gathered = 0;
  for (const { dataOffset, dataBytes } of items.filter(({ type }) => type === COMMENT_BLOCK)) {
    gathered += dataBytes;
    if (gathered > limits.vorbisCommentBytes) return { packets, fault: TOO_LARGE };
    packets.push({
      system: 'vorbis',
      bytes: await asset.read(dataOffset, dataBytes),
      offsetOf: (within) => dataOffset + within,
    });
  }
  return fault ? { packets, fault } : { packets };
}

/** First bytes of each codec's first packet and comment packet. */
const CODECS: readonly { name: string; first: string; comment: string }[] = [
  { name: 'vorbis', first: '\x01vorbis', comment: '\x03vorbis' },
  { name: 'opus', first: 'OpusHead', comment: 'OpusTags' },
  { name: 'theora', first: '\x80theora', comment: '\x81theora' },
  { name: 'flac', first: '\x7fFLAC', comment: '' },
  { name: 'speex', first: 'Speex   ', comment: '' },
];
/** A FLAC block in Ogg retains its own header. */
const FLAC_HEADER_BYTES = 4;

interface Stream {
  codec: (typeof CODECS)[number] | undefined;
  /** Parts of the current packet. The first packet identifies the codec, the second is the comment. */
  parts: { bytes: Buffer; offset: number }[];
  packets: number;
  done: boolean;
}

const PAGE_HEADER_BYTES = 27;

/**
 * Reads the comments of Ogg (RFC 3533): pages with a table of segments; a packet ends with the first segment shorter
 * than 255 bytes.
 */
export async function readOggComments(asset: Asset): Promise<CommentPackets> {
  const window = new ByteWindow(asset);
  const streams = new Map<number, Stream>();
  const packets: CommentPacket[] = [];
  const gathered = { bytes: 0 };
  let at = 0;
  for (let count = 0; count < limits.oggPages; count++) {
    const head = Buffer.from(await window.bytes(at, PAGE_HEADER_BYTES));
    const open = [...streams.values()].filter((s) => !s.done).length;
    if (head.length < PAGE_HEADER_BYTES)
      return open > 0 || streams.size === 0 ? { packets, fault: malformed('ogg.truncated') } : { packets };
    if (head.toString('latin1', 0, 4) !== 'OggS')
      return { packets, fault: malformed('data.unknownAt', { place: 'Ogg', at }) };
    const begins = (head.readUInt8(5) & 2) !== 0;
    // All streams begin before any of them continues, so every comment was read.
    if (!begins && streams.size > 0 && open === 0) return { packets };
    const table = Buffer.from(await window.bytes(at + PAGE_HEADER_BYTES, head.readUInt8(26)));
    const data = at + PAGE_HEADER_BYTES + table.length;
    const bytes = table.reduce((sum, part) => sum + part, 0);
    const serial = head.readUInt32LE(14);
    if (begins && streams.size >= limits.oggStreams)
      return {
        packets,
        fault: bounded('bound.entries', { place: 'Ogg', most: limits.oggStreams }),
      };
    if (begins) streams.set(serial, { codec: undefined, parts: [], packets: 0, done: false });
    const stream = streams.get(serial);
    if (stream && !stream.done) {
      const fault = await readPage(asset, stream, data, table, packets, gathered);
      if (fault) return { packets, fault };
    }
    at = data + bytes;
  }
  return {
    packets,
    fault: bounded('bound.entries', { place: 'Ogg', most: limits.oggPages }),
  };
}

async function readPage(
  asset: Asset,
  stream: Stream,
  start: number,
  table: Buffer,
  into: CommentPacket[],
  gathered: { bytes: number },
): Promise<WalkFault | undefined> {
  let at = start;
  let run = 0;
  for (const [index, segment] of table.entries()) {
    run += segment;
    const ends = segment < 255;
    if (!ends && index < table.length - 1) continue;
    gathered.bytes += run;
    if (gathered.bytes > limits.vorbisCommentBytes) return TOO_LARGE;
    const bytes = await asset.read(at, run);
    if (bytes.length < run) return malformed('ogg.truncated');
    stream.parts.push({ bytes, offset: at });
    at += run;
    run = 0;
    if (!ends) continue;
    endPacket(stream, into);
    if (stream.done) return undefined;
  }
  return undefined;
}

function endPacket(stream: Stream, into: CommentPacket[]): void {
  const { parts } = stream;
  const bytes = Buffer.concat(parts.map((p) => p.bytes));
  stream.parts = [];
  stream.packets += 1;
  if (stream.packets === 1) {
    const start = bytes.toString('latin1', 0, 8);
    stream.codec = CODECS.find((codec) => start.startsWith(codec.first));
    // Skeleton, subtitles and other streams have no known comments.
    stream.done = stream.codec === undefined;
    return;
  }
  stream.done = true;
  const { codec } = stream;
  if (!codec || !bytes.toString('latin1', 0, 8).startsWith(codec.comment)) return;
  const skip = codec.name === 'flac' ? FLAC_HEADER_BYTES : codec.comment.length;
  into.push({
    system: codec.name === 'vorbis' ? 'vorbis' : `vorbis (${codec.name})`,
    bytes: bytes.subarray(skip),
    offsetOf: (at) => fileOffset(parts, at + skip),
  });
}

function fileOffset(parts: Stream['parts'], at: number): number {
  let before = 0;
  for (const { bytes, offset } of parts) {
    if (at < before + bytes.length) return offset + at - before;
    before += bytes.length;
  }
  return parts[0]?.offset ?? 0;
}

/** Yields each comment with its offset in the packet, up to one that does not fit (Vorbis I §5). */
export function* parseVorbisComments(bytes: Buffer): Generator<{ key: string; value: Buffer; at: number }> {
  const length = (at: number) => (at + 4 <= bytes.length ? bytes.readUInt32LE(at) : undefined);
  const vendor = length(0);
  const count = vendor === undefined ? undefined : length(4 + vendor);
  let at = 8 + (vendor ?? 0);
  for (let comment = 0; comment < (count ?? 0); comment++) {
    const size = length(at);
    if (size === undefined || at + 4 + size > bytes.length) return;
    const entry = bytes.subarray(at + 4, at + 4 + size);
    const equals = entry.subarray(0, LONGEST_KEY_BYTES).indexOf('=');
    if (equals >= 0)
      yield {
        key: entry.toString('latin1', 0, equals),
        value: entry.subarray(equals + 1),
        at: at + 4 + equals + 1,
      };
    at += 4 + size;
  }
}

const LONGEST_KEY_BYTES = 256;
