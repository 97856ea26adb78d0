import type { Asset } from '../../media/asset.js';
import { conclude } from '../conclude.js';
import { readStealth } from '../pixels/stealth.js';
import type { Reader } from '../reader.js';

/** Reads text in the lowest bits of the pixels. Lossy pictures cannot contain any. */
export const stealthTextReader: Reader<'stealthText'> = {
  carrier: 'stealthText',

  async read(asset: Asset, { deep = false }) {
    const stealth = await readStealth(asset, deep);
    if ('notRead' in stealth) return stealth.notRead;
    const texts = stealth.texts.map(({ whole: _whole, ...text }) => text);
    return conclude(texts, texts.length === 0, stealth.fault);
  },
};
