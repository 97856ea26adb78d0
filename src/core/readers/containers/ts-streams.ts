import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { type AssembledStream, StreamAssembler } from './held-stream.js';
import { type MpegDescriptor, UNREAD_VIDEO_TYPES, VIDEO_TYPES } from './mpeg-descriptors.js';
import { TsSections } from './ts-sections.js';
import { unseenVideo, type VideoCodec, type VideoFrames } from './video-frames.js';
import { bounded, cachePerAsset, malformed, type Walk } from './walk.js';

/** MPEG transport streams (ISO/IEC 13818-1 §2.4), up to the first frames of their videos. */

type Fault = NonNullable<Walk<unknown>['fault']>;

export interface TsStreams {
  descriptors: MpegDescriptor[];
  videos: VideoFrames[];
  /** Timed metadata (stream type 0x15), one entry per packet. */
  timed: AssembledStream[];
  /** Fault that prevented reading the tables. */
  fault?: Fault;
  /** Fault that ended the timed metadata early. */
  timedFault?: Fault;
}

/** Metadata in PES packets, including ID3 (ISO/IEC 13818-1 Table 2-34). */
const TIMED_METADATA = 0x15;
/** Video encrypted with AES-128 sample by sample (Apple, “MPEG-2 Stream Encryption Format for HTTP Live Streaming”). */
const ENCRYPTED_VIDEO = 0xdb;

const SYNC = 0x47;
const PACKET_BYTES = 188;
/** Packet layouts: bytes before each packet, and distance from one packet to the next. */
const PACKET_LAYOUTS = [
  { before: 0, step: 188 },
  { before: 4, step: 192 },
  { before: 0, step: 204 },
] as const;
const PROBED = 4;
const BLOCK_PACKETS = 1_024;
const RESYNC_BYTES = 64 * 1024;
const RESYNC_PACKETS = 3;

export function readTsStreams(asset: Asset): Promise<TsStreams> {
  return cachePerAsset(asset, 'ts', () => new TsWalk(asset).walk());
}

interface Video {
  pid: number;
  codec: VideoCodec;
  frames: StreamAssembler[];
  done: boolean;
  scrambled: boolean;
}

class TsWalk {
  readonly #tables = new TsSections();
  readonly #videos = new Map<number, Video>();
  readonly #timedPids = new Set<number>();
  readonly #timed: { pid: number; piece: StreamAssembler }[] = [];
  #timedBytes = 0;
  #timedFault: Fault | undefined;
  #fault: Fault | undefined;
  #tooMany = false;
  /** Coding of a video that is not supported. */
  #unread: string | undefined;

  constructor(readonly asset: Asset) {}

  async walk(): Promise<TsStreams> {
    const head = await this.asset.read(0, PROBED * 204);
    const shape =
      PACKET_LAYOUTS.find(({ before, step }) =>
        Array.from({ length: PROBED }, (_, index) => head[before + index * step]).every(
          (byte) => byte === SYNC,
        ),
      ) ?? PACKET_LAYOUTS[0];
    const { step } = shape;
    let at: number = shape.before;
    let packets = 0;
    while (at + PACKET_BYTES <= this.asset.bytes && !this.#over()) {
      if (packets >= limits.tsPackets) {
        this.#stopped();
        return this.#told();
      }
      const block = await this.asset.read(at, BLOCK_PACKETS * step);
      let used = 0;
      while (used + PACKET_BYTES <= block.length && packets < limits.tsPackets && block[used] === SYNC) {
        this.#packet(block.subarray(used, used + PACKET_BYTES), at + used);
        used += step;
        packets += 1;
      }
      at += used;
      if (packets >= limits.tsPackets || this.#over()) continue;
      if (at + PACKET_BYTES > this.asset.bytes) break;
      if (used < block.length && block[used] !== SYNC && used + PACKET_BYTES <= block.length) {
        this.#fault ??= malformed('data.unknownAt', { place: 'MPEG-TS', at });
        const next = await this.#resync(at, step);
        if (next === undefined) return this.#told();
        at = next;
      }
    }
    // The remainder is shorter than a packet.
    if (at < this.asset.bytes && !this.#over() && at + PACKET_BYTES > this.asset.bytes)
      this.#fault ??= malformed('ts.truncated');
    if (!this.#tables.isComplete) this.#fault ??= malformed('ts.noProgram');
    return this.#told();
  }

  /** Returns the next offset at which three packets follow each other. */
  async #resync(from: number, step: number): Promise<number | undefined> {
    const bytes = await this.asset.read(from, RESYNC_BYTES);
    for (let at = bytes.indexOf(SYNC, 1); at >= 0; at = bytes.indexOf(SYNC, at + 1)) {
      const found = Array.from({ length: RESYNC_PACKETS }, (_, index) => bytes[at + index * step]);
      if (found.every((byte) => byte === SYNC)) return from + at;
    }
    return undefined;
  }

  /** Returns whether everything expected at the start was read and no stream has to be read to the end of the file. */
  #over(): boolean {
    return (
      this.#tables.isComplete &&
      !this.#tables.hasOpenServices &&
      this.#timedPids.size === 0 &&
      [...this.#videos.values()].every(({ done, scrambled }) => done || scrambled)
    );
  }

  /** Records that the packet limit was reached. */
  #stopped(): void {
    const fault = bounded('bound.entries', { place: 'MPEG-TS', most: limits.tsPackets });
    const unseen = [...this.#videos.values()].some(
      ({ frames, scrambled }) => frames.length === 0 && !scrambled,
    );
    if (!this.#tables.isComplete || this.#tables.hasOpenServices || unseen) this.#fault ??= fault;
    if (this.#timedPids.size > 0) this.#timedFault ??= fault;
  }

  #packet(packet: Buffer, offset: number): void {
    const second = packet[1] ?? 0;
    const pid = ((second & 0x1f) << 8) | (packet[2] ?? 0);
    const control = packet[3] ?? 0;
    const broken = (second & 0x80) !== 0;
    const hasPayload = (control & 0x10) !== 0;
    if (broken || !hasPayload) return;
    const skip = (control & 0x20) !== 0 ? 5 + (packet[4] ?? 0) : 4;
    if (skip >= PACKET_BYTES) return;
    const payload = packet.subarray(skip);
    const starts = (second & 0x40) !== 0;
    const scrambled = (control & 0xc0) !== 0;
    const video = this.#videos.get(pid);
    if (video) {
      if (scrambled) video.scrambled = true;
      else addFramePayload(video, payload, starts, offset + skip);
    } else if (this.#timedPids.has(pid)) this.#takeTimed(pid, payload, starts, offset + skip);
    else if (!scrambled && this.#tables.addPayload(pid, payload, starts, offset + skip)) this.#learn();
  }

  /** Registers the streams of a table that was just read. */
  #learn(): void {
    for (const { pid, type } of this.#tables.streams) {
      const codec = VIDEO_TYPES.get(type);
      this.#unread ??= UNREAD_VIDEO_TYPES.get(type);
      if (type === TIMED_METADATA && !this.#timedPids.has(pid)) {
        if (this.#timedPids.size < limits.tsVideos) this.#timedPids.add(pid);
        else this.#timedFault ??= bounded('bound.entries', { place: 'MPEG-TS', most: limits.tsVideos });
      }
      if ((codec === undefined && type !== ENCRYPTED_VIDEO) || this.#videos.has(pid)) continue;
      if (this.#videos.size >= limits.tsVideos) this.#tooMany = true;
      else
        this.#videos.set(pid, {
          pid,
          codec: codec ?? 'h264',
          frames: [],
          done: false,
          scrambled: type === ENCRYPTED_VIDEO,
        });
    }
  }

  #takeTimed(pid: number, payload: Buffer, starts: boolean, offset: number): void {
    if (starts) {
      const skip = pesHeaderBytes(payload);
      if (skip === undefined) return;
      this.#timed.push({ pid, piece: new StreamAssembler(limits.timedMetadataBytes - this.#timedBytes) });
      this.#addTimed(pid, payload.subarray(skip), offset + skip);
    } else this.#addTimed(pid, payload, offset);
  }

  #addTimed(pid: number, payload: Buffer, offset: number): void {
    const piece = this.#timed.findLast((one) => one.pid === pid)?.piece;
    if (!piece) return;
    if (
      this.#timedBytes + payload.length > limits.timedMetadataBytes ||
      this.#timed.length > limits.id3Tags * BLOCK_PACKETS
    ) {
      this.#timedFault ??= bounded('bound.bytes', { place: 'MPEG-TS', most: limits.timedMetadataBytes });
      return;
    }
    this.#timedBytes += payload.length;
    piece.add(payload, offset);
  }

  #told(): TsStreams {
    const fault = this.#fault;
    const videos = [...this.#videos.values()].map(
      ({ codec, frames, scrambled }): VideoFrames => ({
        codec,
        frames: [],
        assembled: frames.map((frame) => frame.assemble()),
        ...(scrambled ? { fault: bounded('ts.scrambled') } : {}),
      }),
    );
    if (this.#unread !== undefined)
      videos.push(unseenVideo(bounded('sei.codecNotRead', { codec: this.#unread })));
    const [first] = videos;
    if (first && this.#tooMany)
      first.fault ??= bounded('bound.entries', { place: 'MPEG-TS', most: limits.tsVideos });
    const timedFault = this.#timedFault;
    const tables = fault ?? this.#tables.fault;
    return {
      descriptors: this.#tables.descriptors,
      videos,
      timed: this.#timed.map(({ piece }) => piece.assemble()),
      ...(tables ? { fault: tables } : {}),
      ...(timedFault ? { timedFault } : {}),
    };
  }
}

/** Adds a payload. A frame begins at the start of a PES packet; the headers before its picture data are near that start. */
function addFramePayload(video: Video, payload: Buffer, starts: boolean, offset: number): void {
  if (!starts) {
    video.frames.at(-1)?.add(payload, offset);
    return;
  }
  if (video.frames.length >= limits.seiFrames) {
    video.done = true;
    return;
  }
  const skip = pesHeaderBytes(payload);
  if (skip === undefined) return;
  const frame = new StreamAssembler(limits.seiMessageBytes);
  frame.add(payload.subarray(skip), offset + skip);
  video.frames.push(frame);
}

const PES_HEAD_BYTES = 9;

/**
 * Returns the header length of a PES packet (§2.4.3.6): start code, length, flags, and the length of the optional
 * fields; `undefined` if no packet begins there.
 */
export function pesHeaderBytes(payload: Buffer): number | undefined {
  if (payload.length < PES_HEAD_BYTES || payload.readUIntBE(0, 3) !== 1) return undefined;
  return Math.min(payload.length, PES_HEAD_BYTES + (payload[8] ?? 0));
}
