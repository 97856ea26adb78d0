import type { SeiMessage } from '../evidence/evidence.js';
import { limits } from '../ground/limits.js';
import type { Asset } from '../media/asset.js';
import { conclude, type WalkFault } from './conclude.js';
import { aviFrames } from './containers/avi-frames.js';
import { bmffFrames } from './containers/bmff-frames.js';
import { flvFrames } from './containers/flv-frames.js';
import { decoderConfiguration, isSei, userData } from './containers/h26x-units.js';
import { heifFrames } from './containers/heif-frames.js';
import { matroskaFrames } from './containers/matroska-frames.js';
import type { VideoFrames } from './containers/video-frames.js';
import { bounded, malformed } from './containers/walk.js';
import { type InEach, reach, walkIn } from './reach.js';
import type { Reader } from './reader.js';

const READ = 'heif bmff matroska avi flv';

const FRAMES: InEach<typeof READ, (asset: Asset) => Promise<VideoFrames | undefined>> = {
  bmff: bmffFrames,
  heif: heifFrames,
  matroska: matroskaFrames,
  flv: flvFrames,
  avi: aviFrames,
};

/** Messages that encoders and generators leave in the video itself: they outlive a change of container. */
export const seiReader: Reader<'sei'> = {
  carrier: 'sei',
  reach: reach({
    read: READ,
    unreached: 'mxf ts ps asf',
    none: 'jpeg png webp gif tiff jxl svg mp3 wav flac ogg aiff aac pdf cr3 raf psd jp2 zip tar mail cfb dpx exr bmp',
  }),

  async read(asset) {
    const video = await walkIn(FRAMES, asset.mediaType.container)(asset);
    if (!video) return { status: 'absent' };
    const messages = new Messages(asset, video);
    await messages.read();
    return conclude(messages.found, messages.found.length === 0, messages.fault ?? video.fault);
  },
};

const START_CODE = Buffer.from([0, 0, 1]);

class Messages {
  readonly found: SeiMessage[] = [];
  fault: WalkFault | undefined;
  #units = 0;
  readonly #seen = new Set<string>();

  constructor(
    readonly asset: Asset,
    readonly video: VideoFrames,
  ) {}

  async read(): Promise<void> {
    const { configuration, codec, frames } = this.video;
    if (configuration && configuration.bytes > limits.seiMessageBytes) this.#tooLong();
    const bytes = configuration
      ? await this.asset.read(configuration.offset, Math.min(configuration.bytes, limits.seiMessageBytes))
      : undefined;
    const decoded = bytes ? decoderConfiguration(codec, bytes) : undefined;
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
      const sei = size > 0 && isSei(this.video.codec, head[lengthBytes] ?? 0);
      if (sei && size > limits.seiMessageBytes) this.#tooLong();
      if (sei) this.#add(await this.asset.read(unit, Math.min(size, limits.seiMessageBytes)), unit);
      at = unit + size;
    }
  }

  /** Units parted by start codes. SEI stands before the picture, so the start of a frame is enough. */
  async #readStream(start: number, bytes: number): Promise<void> {
    const data = await this.asset.read(start, Math.min(bytes, limits.seiMessageBytes));
    let at = data.indexOf(START_CODE);
    while (at >= 0 && this.#count()) {
      const unit = at + START_CODE.length;
      at = data.indexOf(START_CODE, unit);
      const sei = unit < data.length && isSei(this.video.codec, data[unit] ?? 0);
      if (sei && at < 0 && data.length < bytes) this.#tooLong();
      if (sei) this.#add(data.subarray(unit, at < 0 ? data.length : at), start + unit);
    }
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
    for (const { uuid, text } of userData(this.video.codec, unit)) {
      const key = `${uuid} ${text}`;
      if (this.#seen.has(key)) continue;
      if (this.found.length >= limits.tagsPerCarrier) {
        this.fault ??= bounded('bound.seiMessages', { most: limits.tagsPerCarrier });
        return;
      }
      this.#seen.add(key);
      this.found.push({ codec: this.video.codec, uuid, text, offset });
    }
  }
}
