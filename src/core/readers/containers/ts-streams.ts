import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { Gathered, type HeldStream } from './held-stream.js';
import { type MpegDescriptor, UNREAD_VIDEO_TYPES, VIDEO_TYPES } from './mpeg-descriptors.js';
import { TsSections } from './ts-sections.js';
import { unseen, type VideoCodec, type VideoFrames } from './video-frames.js';
import { bounded, malformed, once, type Walk } from './walk.js';

/** MPEG transport streams (ISO/IEC 13818-1 §2.4), up to the first frames of their videos. */

type Fault = NonNullable<Walk<unknown>['fault']>;

export interface TsStreams {
  descriptors: MpegDescriptor[];
  videos: VideoFrames[];
  /** Timed metadata (stream type 0x15), packet by packet. */
  timed: HeldStream[];
  /** What kept the tables from being read. */
  fault?: Fault;
  /** What kept the timed metadata from being read to their end. */
  timedFault?: Fault;
}

/** ISO/IEC 13818-1 Table 2-34: metadata in packets of their own, ID3 among them. */
const TIMED_METADATA = 0x15;
/** AES-128 of HLS, sample by sample (Apple, “MPEG-2 Stream Encryption Format for HTTP Live Streaming”). */
const ENCRYPTED_VIDEO = 0xdb;

const SYNC = 0x47;
const PACKET_BYTES = 188;
/** Before each packet, and from one to the next. */
const SHAPES = [
  { before: 0, step: 188 },
  { before: 4, step: 192 },
  { before: 0, step: 204 },
] as const;
const PROBED = 4;
const BLOCK_PACKETS = 1_024;
const RESYNC_BYTES = 64 * 1024;
const RESYNC_PACKETS = 3;

export function tsStreams(asset: Asset): Promise<TsStreams> {
  return once(asset, 'ts', () => new TsWalk(asset).walk());
}

interface Video {
  pid: number;
  codec: VideoCodec;
  frames: Gathered[];
  done: boolean;
  scrambled: boolean;
}

class TsWalk {
  readonly #tables = new TsSections();
  readonly #videos = new Map<number, Video>();
  readonly #timedPids = new Set<number>();
  readonly #timed: { pid: number; piece: Gathered }[] = [];
  #timedBytes = 0;
  #timedFault: Fault | undefined;
  #fault: Fault | undefined;
  #tooMany = false;
  /** The coding of a video that is not looked into. */
  #unread: string | undefined;

  constructor(readonly asset: Asset) {}

  async walk(): Promise<TsStreams> {
    const head = await this.asset.read(0, PROBED * 204);
    const shape =
      SHAPES.find(({ before, step }) =>
        Array.from({ length: PROBED }, (_, index) => head[before + index * step]).every(
          (byte) => byte === SYNC,
        ),
      ) ?? SHAPES[0];
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
        this.#fault ??= malformed('ts.sync', { at });
        const next = await this.#resync(at, step);
        if (next === undefined) return this.#told();
        at = next;
      }
    }
    // What is left of a packet is less than one.
    if (at < this.asset.bytes && !this.#over() && at + PACKET_BYTES > this.asset.bytes)
      this.#fault ??= malformed('ts.truncated');
    if (!this.#tables.complete) this.#fault ??= malformed('ts.noProgram');
    return this.#told();
  }

  /** Where three packets follow on one another again. */
  async #resync(from: number, step: number): Promise<number | undefined> {
    const bytes = await this.asset.read(from, RESYNC_BYTES);
    for (let at = bytes.indexOf(SYNC, 1); at >= 0; at = bytes.indexOf(SYNC, at + 1)) {
      const found = Array.from({ length: RESYNC_PACKETS }, (_, index) => bytes[at + index * step]);
      if (found.every((byte) => byte === SYNC)) return from + at;
    }
    return undefined;
  }

  /** All that is looked for at the start has been seen, and nothing runs through the whole file. */
  #over(): boolean {
    return (
      this.#tables.complete &&
      !this.#tables.servicesOpen &&
      this.#timedPids.size === 0 &&
      [...this.#videos.values()].every(({ done, scrambled }) => done || scrambled)
    );
  }

  /** The bound on packets was met. */
  #stopped(): void {
    const fault = bounded('bound.tsPackets', { most: limits.tsPackets });
    const unseen = [...this.#videos.values()].some(
      ({ frames, scrambled }) => frames.length === 0 && !scrambled,
    );
    if (!this.#tables.complete || this.#tables.servicesOpen || unseen) this.#fault ??= fault;
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
      else takeFrame(video, payload, starts, offset + skip);
    } else if (this.#timedPids.has(pid)) this.#takeTimed(pid, payload, starts, offset + skip);
    else if (!scrambled && this.#tables.take(pid, payload, starts, offset + skip)) this.#learn();
  }

  /** What a table that has just been read says of the streams. */
  #learn(): void {
    for (const { pid, type } of this.#tables.streams) {
      const codec = VIDEO_TYPES.get(type);
      this.#unread ??= UNREAD_VIDEO_TYPES.get(type);
      if (type === TIMED_METADATA && !this.#timedPids.has(pid)) {
        if (this.#timedPids.size < limits.tsVideos) this.#timedPids.add(pid);
        else this.#timedFault ??= bounded('bound.tsVideos', { most: limits.tsVideos });
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
      this.#timed.push({ pid, piece: new Gathered(limits.timedMetadataBytes - this.#timedBytes) });
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
      this.#timedFault ??= bounded('bound.timedMetadata', { most: limits.timedMetadataBytes });
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
        held: frames.map((frame) => frame.held()),
        ...(scrambled ? { fault: bounded('ts.scrambled') } : {}),
      }),
    );
    if (this.#unread !== undefined) videos.push(unseen(bounded('sei.codecNotRead', { codec: this.#unread })));
    const [first] = videos;
    if (first && this.#tooMany) first.fault ??= bounded('bound.tsVideos', { most: limits.tsVideos });
    const timedFault = this.#timedFault;
    const tables = fault ?? this.#tables.fault;
    return {
      descriptors: this.#tables.descriptors,
      videos,
      timed: this.#timed.map(({ piece }) => piece.held()),
      ...(tables ? { fault: tables } : {}),
      ...(timedFault ? { timedFault } : {}),
    };
  }
}

/** A frame begins where a packet of the elementary stream does; what stands before its picture is near its start. */
function takeFrame(video: Video, payload: Buffer, starts: boolean, offset: number): void {
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
  const frame = new Gathered(limits.seiMessageBytes);
  frame.add(payload.subarray(skip), offset + skip);
  video.frames.push(frame);
}

const PES_HEAD_BYTES = 9;

/** §2.4.3.6: start code, length, flags, and how much follows them. Undefined where no packet begins. */
export function pesHeaderBytes(payload: Buffer): number | undefined {
  if (payload.length < PES_HEAD_BYTES || payload.readUIntBE(0, 3) !== 1) return undefined;
  return Math.min(payload.length, PES_HEAD_BYTES + (payload[8] ?? 0));
}
