import type { StealthText } from '../../evidence/evidence.js';
import type { Picture } from './picture.js';

/** Lowest bit of each sample, column by column from the top, packed eight to a byte with the first bit highest. */
export class LowBits {
  readonly count: number;
  readonly #perPixel: number;
  readonly #firstChannel: number;

  constructor(
    readonly picture: Picture,
    readonly channel: StealthText['channel'],
  ) {
    const { width, height, channels } = picture;
    this.#perPixel = channel === 'rgb' ? 3 : 1;
    this.#firstChannel = channel === 'rgb' ? 0 : channels - 1;
    this.count = hasChannel(picture, channel) ? width * height * this.#perPixel : 0;
  }

  /** Returns fewer bytes at the end of the picture. */
  bytes(fromBit: number, length: number): Buffer {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, Math.floor((this.count - fromBit) / 8))));
    for (let i = 0; i < bytes.length; i++) {
      let byte = 0;
      for (let bit = 0; bit < 8; bit++) byte = (byte << 1) | this.#bit(fromBit + i * 8 + bit);
      bytes[i] = byte;
    }
    return bytes;
  }

  #bit(index: number): number {
    const { width, height, channels, data } = this.picture;
    const pixel = Math.floor(index / this.#perPixel);
    const at = (pixel % height) * width + Math.floor(pixel / height);
    return (data[at * channels + this.#firstChannel + (index % this.#perPixel)] ?? 0) & 1;
  }
}

function hasChannel({ channels }: Picture, channel: StealthText['channel']): boolean {
  return channel === 'rgb' ? channels >= 3 : channels === 2 || channels === 4;
}
