import { limits } from '../../../base/limits.js';
import type { SeiMessage } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { conclude, type WalkFault } from '../conclude.js';
import { selectWalk, type WalkPerContainer } from '../container-reach.js';
import { readAsfFrames } from '../containers/asf-frames.js';
import { readAviFrames } from '../containers/avi-frames.js';
import { readBmffFrames } from '../containers/bmff-frames.js';
import { readFlvFrames } from '../containers/flv-frames.js';
import { isSei, parseDecoderConfiguration, parseSeiUserData } from '../containers/h26x-units.js';
import { readHeifFrames } from '../containers/heif-frames.js';
import type { AssembledStream } from '../containers/held-stream.js';
import { readMatroskaFrames } from '../containers/matroska-frames.js';
import { readMxfFrames } from '../containers/mxf-frames.js';
import { readPsStreams } from '../containers/ps-packets.js';
import { readTsStreams } from '../containers/ts-streams.js';
import { unseenVideo, type VideoFrames } from '../containers/video-frames.js';
import { bounded, malformed } from '../containers/walk.js';
import type { Reader } from '../reader.js';
import { decodePrintablePart } from '../text/tag-text.js';

const FRAMES: WalkPerContainer<'sei', (asset: Asset) => Promise<VideoFrames | VideoFrames[] | undefined>> = {
  bmff: readBmffFrames,
  heif: readHeifFrames,
  matroska: readMatroskaFrames,
  flv: readFlvFrames,
  avi: readAviFrames,
  mxf: readMxfFrames,
  ts: async (asset) => listStreamVideos(await readTsStreams(asset)),
  ps: async (asset) => listStreamVideos(await readPsStreams(asset)),
  asf: readAsfFrames,
};

/** Returns all videos of a stream, and the fault that hid others. */
const listStreamVideos = ({ videos, fault }: { videos: VideoFrames[]; fault?: WalkFault }): VideoFrames[] =>
  fault ? [...videos, unseenVideo(fault)] : videos;

/** Reads messages that encoders and generators put into the video itself. They survive a change of container. */
export const seiReader: Reader<'sei'> = {
  carrier: 'sei',

  async read(asset) {
    const videos = [(await selectWalk(FRAMES, asset.mediaType.container)(asset)) ?? []].flat();
    const found: SeiMessage[] = [];
    let fault: WalkFault | undefined;
    for (const video of videos) {
      const messages = new MessageCollector(asset, video, found);
      await messages.read();
      fault ??= messages.fault ?? video.fault;
    }
    return conclude(found, found.length === 0, fault);
  },
};

const START_CODE = Buffer.from([0, 0, 1]);

/**
 * Start code of `user_data`, which follows the headers of a sequence, a group or a picture (ISO/IEC 13818-2
 * §6.2.2.2.2).
 */
const MPEG_USER_DATA = 0xb2;
/** Captions and similar data begin with a four-character identifier. */
const IDENTIFIER_CHARACTERS = 4;

function parseMpegUserData(unit: Buffer): { uuid: string; text: string }[] {
  const text = decodePrintablePart(unit.subarray(1));
  return text.length > IDENTIFIER_CHARACTERS ? [{ uuid: 'user_data', text }] : [];
}

class MessageCollector {
  fault: WalkFault | undefined;
  #units = 0;
  readonly #seen = new Set<string>();

  constructor(
    readonly asset: Asset,
    readonly video: VideoFrames,
    readonly found: SeiMessage[],
  ) {}

  async read(): Promise<void> {
    const { configuration, codec, frames, assembled: held = [] } = this.video;
    for (const stream of held) this.#readHeld(stream);
    if (configuration && configuration.bytes > limits.seiMessageBytes) this.#tooLong();
    const bytes = configuration
      ? await this.asset.read(configuration.offset, Math.min(configuration.bytes, limits.seiMessageBytes))
      : undefined;
    const decoded = bytes && codec !== 'mpeg' ? parseDecoderConfiguration(codec, bytes) : undefined;
    if (bytes && !decoded) this.fault = malformed('sei.configuration');
    for (const unit of decoded?.units ?? []) this.#add(unit.bytes, (configuration?.offset ?? 0) + unit.at);
    for (const frame of frames) {
      if (this.fault?.kind === 'malformed') return;
      if (decoded) await this.#readFrame(frame.offset, frame.bytes, decoded.lengthBytes);
      else await this.#readStream(frame.offset, frame.bytes);
    }
  }

  /** Reads consecutive units, each with its length before it. Only SEI is read; picture data are skipped. */
  async #readFrame(start: number, bytes: number, lengthBytes: number): Promise<void> {
    const end = start + bytes;
    if (end > this.asset.bytes) {
      this.fault ??= malformed('sei.truncated');
      return;
    }
    for (let at = start; at + lengthBytes < end; ) {
      const head = await this.asset.read(at, lengthBytes + 1);
      const unit = at + lengthBytes;
      const size = head.length < lengthBytes ? end : head.readUIntBE(0, lengthBytes);
      if (unit + size > end) {
        this.fault ??= malformed('sei.unit');
        return;
      }
      if (!this.#count()) return;
      const sei = size > 0 && this.#isMessage(head[lengthBytes] ?? 0);
      if (sei && size > limits.seiMessageBytes) this.#tooLong();
      if (sei) this.#add(await this.asset.read(unit, Math.min(size, limits.seiMessageBytes)), unit);
      at = unit + size;
    }
  }

  /** Reads units separated by start codes. SEI precedes the picture, so the start of a frame is sufficient. */
  async #readStream(start: number, bytes: number): Promise<void> {
    const data = await this.asset.read(start, Math.min(bytes, limits.seiMessageBytes));
    this.#readHeld({ bytes: data, offsetOf: (at) => start + at, isCut: data.length < bytes });
  }

  /** Reads units from bytes that were assembled from pieces. */
  #readHeld({ bytes: data, offsetOf, isCut: cut }: AssembledStream): void {
    let at = data.indexOf(START_CODE);
    while (at >= 0) {
      const unit = at + START_CODE.length;
      at = data.indexOf(START_CODE, unit);
      if (unit >= data.length || !this.#isMessage(data[unit] ?? 0)) continue;
      if (!this.#count()) return;
      if (at < 0 && cut) this.#tooLong();
      this.#add(data.subarray(unit, at < 0 ? data.length : at), offsetOf(unit));
    }
  }

  #isMessage(first: number): boolean {
    const { codec } = this.video;
    return codec === 'mpeg' ? first === MPEG_USER_DATA : isSei(codec, first);
  }

  #tooLong(): void {
    this.fault ??= bounded('bound.bytes', { place: 'SEI', most: limits.seiMessageBytes });
  }

  #count(): boolean {
    this.#units += 1;
    if (this.#units <= limits.seiUnits) return true;
    this.fault ??= bounded('bound.entries', { place: 'SEI', most: limits.seiUnits });
    return false;
  }

  /** A message that is repeated before every key frame counts once. */
  #add(unit: Buffer, offset: number): void {
    const { codec } = this.video;
    for (const { uuid, text } of codec === 'mpeg' ? parseMpegUserData(unit) : parseSeiUserData(codec, unit)) {
      const key = `${uuid} ${text}`;
      if (this.#seen.has(key)) continue;
      if (this.found.length >= limits.tagsPerCarrier) {
        this.fault ??= bounded('bound.entries', { place: 'SEI', most: limits.tagsPerCarrier });
        return;
      }
      this.#seen.add(key);
      this.found.push({ codec, uuid, text, offset });
    }
  }
}
