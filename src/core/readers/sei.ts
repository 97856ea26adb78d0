import type { SeiMessage } from '../evidence/evidence.js';
import { limits } from '../ground/limits.js';
import type { Asset } from '../media/asset.js';
import { conclude, type WalkFault } from './conclude.js';
import { asfFrames } from './containers/asf-frames.js';
import { aviFrames } from './containers/avi-frames.js';
import { bmffFrames } from './containers/bmff-frames.js';
import { flvFrames } from './containers/flv-frames.js';
import { decoderConfiguration, isSei, userData } from './containers/h26x-units.js';
import { heifFrames } from './containers/heif-frames.js';
import type { HeldStream } from './containers/held-stream.js';
import { matroskaFrames } from './containers/matroska-frames.js';
import { mxfFrames } from './containers/mxf-frames.js';
import { psStreams } from './containers/ps-packets.js';
import { tsStreams } from './containers/ts-streams.js';
import { unseen, type VideoFrames } from './containers/video-frames.js';
import { bounded, malformed } from './containers/walk.js';
import { type InEach, reach, walkIn } from './reach.js';
import type { Reader } from './reader.js';
import { printablePart } from './tag-text.js';

const READ = 'heif bmff matroska avi flv mxf ts ps asf';

const FRAMES: InEach<typeof READ, (asset: Asset) => Promise<VideoFrames | VideoFrames[] | undefined>> = {
  bmff: bmffFrames,
  heif: heifFrames,
  matroska: matroskaFrames,
  flv: flvFrames,
  avi: aviFrames,
  mxf: mxfFrames,
  ts: async (asset) => inStreams(await tsStreams(asset)),
  ps: async (asset) => inStreams(await psStreams(asset)),
  asf: asfFrames,
};

/** All videos of a stream, and what kept others from being seen. */
const inStreams = ({ videos, fault }: { videos: VideoFrames[]; fault?: WalkFault }): VideoFrames[] =>
  fault ? [...videos, unseen(fault)] : videos;

/** Messages that encoders and generators leave in the video itself: they outlive a change of container. */
export const seiReader: Reader<'sei'> = {
  carrier: 'sei',
  reach: reach({
    read: READ,
    none: 'jpeg png webp gif tiff jxl svg mp3 wav flac ogg aiff aac pdf cr3 raf psd jp2 zip tar mail cfb dpx exr bmp postscript xmp',
  }),

  async read(asset) {
    const videos = [(await walkIn(FRAMES, asset.mediaType.container)(asset)) ?? []].flat();
    const found: SeiMessage[] = [];
    let fault: WalkFault | undefined;
    for (const video of videos) {
      const messages = new Messages(asset, video, found);
      await messages.read();
      fault ??= messages.fault ?? video.fault;
    }
    return conclude(found, found.length === 0, fault);
  },
};

const START_CODE = Buffer.from([0, 0, 1]);

/** ISO/IEC 13818-2 §6.2.2.2.2: `user_data` behind the headers of a sequence, a group or a picture. */
const MPEG_USER_DATA = 0xb2;
/** Captions and such begin with four characters that say what they are. */
const IDENTIFIER_CHARACTERS = 4;

function mpegUserData(unit: Buffer): { uuid: string; text: string }[] {
  const text = printablePart(unit.subarray(1));
  return text.length > IDENTIFIER_CHARACTERS ? [{ uuid: 'user_data', text }] : [];
}

class Messages {
  fault: WalkFault | undefined;
  #units = 0;
  readonly #seen = new Set<string>();

  constructor(
    readonly asset: Asset,
    readonly video: VideoFrames,
    readonly found: SeiMessage[],
  ) {}

  async read(): Promise<void> {
    const { configuration, codec, frames, held = [] } = this.video;
    for (const stream of held) this.#readHeld(stream);
    if (configuration && configuration.bytes > limits.seiMessageBytes) this.#tooLong();
    const bytes = configuration
      ? await this.asset.read(configuration.offset, Math.min(configuration.bytes, limits.seiMessageBytes))
      : undefined;
    const decoded = bytes && codec !== 'mpeg' ? decoderConfiguration(codec, bytes) : undefined;
    if (bytes && !decoded) this.fault = malformed('sei.configuration');
    for (const unit of decoded?.units ?? []) this.#add(unit.bytes, (configuration?.offset ?? 0) + unit.at);
    for (const frame of frames) {
      if (this.fault?.kind === 'malformed') return;
      if (decoded) await this.#readFrame(frame.offset, frame.bytes, decoded.lengthBytes);
      else await this.#readStream(frame.offset, frame.bytes);
    }
  }

  /** Units one after the other, each with its length before it. Only SEI is read; pictures are stepped over. */
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

  /** Units parted by start codes. SEI stands before the picture, so the start of a frame is enough. */
  async #readStream(start: number, bytes: number): Promise<void> {
    const data = await this.asset.read(start, Math.min(bytes, limits.seiMessageBytes));
    this.#readHeld({ bytes: data, offsetOf: (at) => start + at, cut: data.length < bytes });
  }

  /** The same of bytes that were put together. */
  #readHeld({ bytes: data, offsetOf, cut }: HeldStream): void {
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
    this.fault ??= bounded('bound.seiMessage', { most: limits.seiMessageBytes });
  }

  #count(): boolean {
    this.#units += 1;
    if (this.#units <= limits.seiUnits) return true;
    this.fault ??= bounded('bound.seiUnits', { most: limits.seiUnits });
    return false;
  }

  /** The same message before every key frame is one message. */
  #add(unit: Buffer, offset: number): void {
    const { codec } = this.video;
    for (const { uuid, text } of codec === 'mpeg' ? mpegUserData(unit) : userData(codec, unit)) {
      const key = `${uuid} ${text}`;
      if (this.#seen.has(key)) continue;
      if (this.found.length >= limits.tagsPerCarrier) {
        this.fault ??= bounded('bound.seiMessages', { most: limits.tagsPerCarrier });
        return;
      }
      this.#seen.add(key);
      this.found.push({ codec, uuid, text, offset });
    }
  }
}
