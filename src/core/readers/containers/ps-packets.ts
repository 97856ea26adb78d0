import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { type AssembledStream, StreamAssembler } from './held-stream.js';
import {
  type MpegDescriptor,
  parseDescriptors,
  UNREAD_VIDEO_TYPES,
  VIDEO_TYPES,
} from './mpeg-descriptors.js';
import { detectCodec } from './start-codes.js';
import { unseenVideo, type VideoCodec, type VideoFrames } from './video-frames.js';
import { ByteWindow, bounded, cachePerAsset, malformed, type Walk } from './walk.js';

/** MPEG program streams (ISO/IEC 13818-1 §2.5, and 11172-1 of MPEG-1), up to the start of their videos. */

type Fault = NonNullable<Walk<unknown>['fault']>;

export interface PsStreams {
  descriptors: MpegDescriptor[];
  videos: VideoFrames[];
  fault?: Fault;
}

const CODE = { end: 0xb9, pack: 0xba, system: 0xbb, map: 0xbc, padding: 0xbe } as const;
const HEAD_BYTES = 6;
const RESYNC_BYTES = 64 * 1024;
const PACK_START = Buffer.from([0, 0, 1, CODE.pack]);

export function readPsStreams(asset: Asset): Promise<PsStreams> {
  return cachePerAsset(asset, 'ps', () => new PsWalk(asset).walk());
}

class PsWalk {
  readonly #window: ByteWindow;
  readonly #videos = new Map<number, { start: StreamAssembler; scrambled: boolean }>();
  readonly #types = new Map<number, number>();
  readonly #descriptors: MpegDescriptor[] = [];
  #fault: Fault | undefined;

  constructor(readonly asset: Asset) {
    this.#window = new ByteWindow(asset);
  }

  async walk(): Promise<PsStreams> {
    let at = 0;
    for (let packets = 0; at < this.asset.bytes && !this.#over(); packets++) {
      if (packets >= limits.psPackets) {
        // The start of one video is enough. Without any, the rest of the file might contain one.
        if (this.#videos.size === 0)
          this.#fault ??= bounded('bound.entries', { place: 'MPEG-PS', most: limits.psPackets });
        break;
      }
      const next = await this.#packet(at);
      if (next === undefined) break;
      at = next;
    }
    return this.#told();
  }

  #over(): boolean {
    const videos = [...this.#videos.values()];
    return videos.length > 0 && videos.every(({ start, scrambled }) => start.isFull || scrambled);
  }

  /** Returns the offset of the next packet; `undefined` if it is unknown. */
  async #packet(at: number): Promise<number | undefined> {
    const head = await this.#window.bytes(at, HEAD_BYTES + 8);
    if (head.length < 4) return undefined;
    if (head.readUIntBE(0, 3) !== 1 || (head[3] ?? 0) < CODE.end) return this.#resync(at, head);
    const code = head[3] ?? 0;
    if (code === CODE.end) return at + 4;
    if (code === CODE.pack) {
      // MPEG-2 states the number of stuffing bytes that follow; MPEG-1 has none.
      const second = ((head[4] ?? 0) & 0xc0) === 0x40;
      return at + (second ? 14 + ((head[13] ?? 0) & 7) : 12);
    }
    if (head.length < HEAD_BYTES) return this.#truncated();
    const bytes = head.readUInt16BE(4);
    const end = at + HEAD_BYTES + bytes;
    const isVideo = code >= 0xe0 && code <= 0xef;
    if (isVideo || code === CODE.map) {
      const body = await this.#window.bytes(at + HEAD_BYTES, bytes);
      if (isVideo) this.#take(code, body, at + HEAD_BYTES);
      else this.#readMap(body, at + HEAD_BYTES);
    }
    return end > this.asset.bytes ? this.#truncated() : end;
  }

  #truncated(): undefined {
    this.#fault ??= malformed('ps.truncated');
  }

  /** Finds the next pack. Padding with zeros is allowed between packs; anything else is reported. */
  async #resync(at: number, head: Buffer): Promise<number | undefined> {
    const bytes = await this.asset.read(at, RESYNC_BYTES);
    const found = bytes.indexOf(PACK_START);
    const between = found < 0 ? bytes : bytes.subarray(0, found);
    const goesOn = found < 0 && at + bytes.length < this.asset.bytes;
    if (head[0] !== 0 || goesOn || between.some((byte) => byte !== 0))
      this.#fault ??= malformed('data.unknownAt', { place: 'MPEG-PS', at });
    return found < 0 ? undefined : at + found;
  }

  /** Reads a stream map (§2.5.4): descriptors of the programme, then each stream with its type and its descriptors. */
  #readMap(body: Buffer, offset: number): void {
    if (body.length < 8 || this.#types.size > 0 || this.#descriptors.length > limits.privateChunks) return;
    const source = { bytes: body, offsetOf: (at: number) => offset + at };
    const own = body.readUInt16BE(2);
    this.#describe(parseDescriptors(source, 4, Math.min(4 + own, body.length), 'program'));
    for (let at = 6 + own; at + 4 <= body.length - 4; ) {
      const [type = 0, id = 0] = body.subarray(at, at + 2);
      const bytes = body.readUInt16BE(at + 2);
      this.#types.set(id, type);
      const end = Math.min(at + 4 + bytes, body.length);
      this.#describe(parseDescriptors(source, at + 4, end, `stream ${id}`));
      at += 4 + bytes;
    }
  }

  /**
   * Adds one descriptor more than the limit, so that the reader can report that there are more. A map may hold 32,000,
   * and a file a thousand maps.
   */
  #describe(found: readonly MpegDescriptor[]): void {
    this.#descriptors.push(...found.slice(0, limits.privateChunks + 1 - this.#descriptors.length));
  }

  #take(id: number, body: Buffer, offset: number): void {
    const video = this.#videos.get(id) ?? {
      start: new StreamAssembler(limits.videoStartBytes),
      scrambled: false,
    };
    if (!this.#videos.has(id) && this.#videos.size >= limits.tsVideos) {
      this.#fault ??= bounded('bound.entries', { place: 'MPEG-PS', most: limits.tsVideos });
      return;
    }
    this.#videos.set(id, video);
    const second = ((body[0] ?? 0) & 0xc0) === 0x80;
    if (second && ((body[0] ?? 0) & 0x30) !== 0) {
      video.scrambled = true;
      return;
    }
    const skip = second ? 3 + (body[2] ?? 0) : mpeg1HeaderBytes(body);
    video.start.add(body.subarray(skip), offset + skip);
  }

  #told(): PsStreams {
    const fault = this.#fault;
    const videos = [...this.#videos].flatMap(([id, { start, scrambled }]): VideoFrames[] => {
      if (scrambled) return [{ codec: 'mpeg', frames: [], fault: bounded('ts.scrambled') }];
      const held = start.assemble();
      const codec = this.#codec(id, held);
      if (codec !== undefined) return [{ codec, frames: [], assembled: [held] }];
      const type = this.#types.get(id) ?? 0;
      const name = UNREAD_VIDEO_TYPES.get(type) ?? `0x${type.toString(16).padStart(2, '0')}`;
      return [unseenVideo(bounded('sei.codecNotRead', { codec: name }))];
    });
    return { descriptors: this.#descriptors, videos, ...(fault ? { fault } : {}) };
  }

  #codec(id: number, { bytes }: AssembledStream): VideoCodec | undefined {
    return detectCodec(bytes) ?? VIDEO_TYPES.get(this.#types.get(id) ?? 0);
  }
}

/** Returns the header length of an MPEG-1 packet: stuffing, buffer size, and up to two times (ISO/IEC 11172-1 §2.4.3.3). */
function mpeg1HeaderBytes(body: Buffer): number {
  let at = 0;
  while (body[at] === 0xff) at += 1;
  if (((body[at] ?? 0) & 0xc0) === 0x40) at += 2;
  const times = (body[at] ?? 0) >> 4;
  return at + (times === 2 ? 5 : times === 3 ? 10 : 1);
}
