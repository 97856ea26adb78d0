import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { readPngChunks } from '../containers/png-chunks.js';
import { readRiffChunks } from '../containers/riff-chunks.js';
import { cachePerAsset } from '../containers/walk.js';
import { isTextChunk } from '../text/png-text-chunk.js';
import { LowBits } from './low-bits.js';
import {
  type Decoded,
  decodeLeftColumns,
  decodePicture,
  NOT_REQUESTED,
  readPictureSize,
  type Undecoded,
} from './picture.js';
import { decodePngColumns } from './png-columns.js';
import { CHANNELS, MAGIC_BITS, readStealthForm, readStealthInfo, type StealthInfo } from './stealth-info.js';

export type Stealth = StealthInfo | { notRead: Undecoded };

/** Returns the result once for both the carrier itself and the signed text in it. */
export function readStealth(asset: Asset, deep: boolean): Promise<Stealth> {
  return cachePerAsset(asset, 'stealth', () => searchStealth(asset, deep));
}

async function searchStealth(asset: Asset, deep: boolean): Promise<Stealth> {
  const form = asset.mediaType.container === 'png' ? await pngForm(asset) : await webpForm(asset);
  if (form === 'lossy') return { notRead: LOSSY };
  if (!deep && form !== 'bare alpha') return { notRead: NOT_REQUESTED };
  const size = await readPictureSize(asset);
  if ('code' in size) return { notRead: size };
  if (!deep && size.width * size.height > limits.defaultPicturePixels) return { notRead: NOT_REQUESTED };
  // In a deep read the whole picture is decoded anyway; otherwise only the columns that hold 120 bits.
  const columns = Math.ceil(MAGIC_BITS / Math.max(1, size.height));
  const first = deep ? await decodePicture(asset, deep) : await decodeLeftmost(asset, columns);
  if ('fault' in first) return { notRead: first.fault };
  if (!CHANNELS.some((channel) => readStealthForm(new LowBits(first.picture, channel)))) return { texts: [] };
  const all = await decodePicture(asset, deep);
  return 'fault' in all ? { notRead: all.fault } : readStealthInfo(all.picture);
}

/** Avoids loading the library, which takes as long as reading a hundred files. */
async function decodeLeftmost(asset: Asset, columns: number): Promise<Decoded> {
  const own = asset.mediaType.container === 'png' ? await decodePngColumns(asset, columns) : undefined;
  return own === undefined ? decodeLeftColumns(asset, columns, false) : { picture: own };
}

const LOSSY: Undecoded = {
  status: 'unsupported',
  ...fault('carrier.none', { what: 'lossy', format: 'WebP' }),
};

/**
 * `bare alpha`: an alpha channel, and no text of the length that generators write. A generator's file whose text was
 * stripped looks like this, and only this case is examined without a request.
 */
type Form = 'bare alpha' | 'other' | 'lossy';

/** Maximum length of software names and dates; settings of generators are longer. */
const SHORT_TEXT_BYTES = 256;

async function pngForm(asset: Asset): Promise<Form> {
  const { items } = await readPngChunks(asset);
  const colourType = (await asset.read(25, 1))[0];
  if (colourType !== 4 && colourType !== 6) return 'other';
  return items.some((chunk) => isTextChunk(chunk) && chunk.dataBytes > SHORT_TEXT_BYTES)
    ? 'other'
    : 'bare alpha';
}

/** Reads the VP8L header: signature byte, 14 bits of width, 14 of height, then whether alpha is used (RFC 9649 §3.4). */
async function webpForm(asset: Asset): Promise<Form> {
  const { items } = await readRiffChunks(asset);
  const stillImage = items.find(({ id }) => id === 'VP8L');
  if (!stillImage) return items.some(({ id }) => id === 'ANMF') ? 'other' : 'lossy';
  const head = await asset.read(stillImage.dataOffset, 5);
  const hasAlpha = head.length === 5 && ((head[4] ?? 0) & 0x10) !== 0;
  const hasText = items.some(({ id, dataBytes }) => id === 'EXIF' && dataBytes > SHORT_TEXT_BYTES);
  return hasAlpha && !hasText ? 'bare alpha' : 'other';
}
