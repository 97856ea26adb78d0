import type { Asset } from '../media/asset.js';
import { conclude } from './conclude.js';
import { stealthOf } from './pixels/stealth.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';

/** Text in the lowest bits of the pixels. Lossy pictures cannot hold any. */
export const stealthTextReader: Reader<'stealthText'> = {
  carrier: 'stealthText',
  reach: reach({
    read: 'png webp',
    none: 'jpeg gif tiff heif jxl svg bmff matroska avi flv mp3 wav flac ogg aiff aac pdf cr3 raf psd jp2 zip tar mail cfb mxf ts ps asf dpx exr bmp postscript xmp',
  }),

  async read(asset: Asset, { deep = false }) {
    const stealth = await stealthOf(asset, deep);
    if ('notRead' in stealth) return stealth.notRead;
    const texts = stealth.texts.map(({ whole: _whole, ...text }) => text);
    return conclude(texts, texts.length === 0, stealth.fault);
  },
};
