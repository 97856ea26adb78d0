import type { Asset } from '../../media/asset.js';
import { conclude } from '../conclude.js';
import { defineReach } from '../container-reach.js';
import { readStealth } from '../pixels/stealth.js';
import type { Reader } from '../reader.js';

/** Reads text in the lowest bits of the pixels. Lossy pictures cannot contain any. */
export const stealthTextReader: Reader<'stealthText'> = {
  carrier: 'stealthText',
  reach: defineReach({
    read: 'png webp',
    none: 'jpeg gif tiff heif jxl svg bmff matroska avi flv mp3 wav flac ogg aiff aac pdf cr3 raf psd jp2 zip tar mail cfb mxf ts ps asf dpx exr bmp postscript xmp',
  }),

  async read(asset: Asset, { deep = false }) {
    const stealth = await readStealth(asset, deep);
    if ('notRead' in stealth) return stealth.notRead;
    const texts = stealth.texts.map(({ whole: _whole, ...text }) => text);
    return conclude(texts, texts.length === 0, stealth.fault);
  },
};
