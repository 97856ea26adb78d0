import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { pngChunks } from '../containers/png-chunks.js';
import { riffChunks } from '../containers/riff-chunks.js';
import { once } from '../containers/walk.js';
import { isTextChunk } from '../png-text-chunk.js';
import { LowBits } from './low-bits.js';
import { type Decoded, decoded, leftColumns, NOT_ASKED, pictureSize, type Undecoded } from './picture.js';
import { pngColumns } from './png-columns.js';
import { announced, CHANNELS, MAGIC_BITS, type StealthInfo, stealthInfo } from './stealth-info.js';

export type Stealth = StealthInfo | { notRead: Undecoded };

/** Once for the carrier itself and for the signed text that may stand in it. */
export function stealthOf(asset: Asset, deep: boolean): Promise<Stealth> {
  return once(asset, 'stealth', () => look(asset, deep));
}

async function look(asset: Asset, deep: boolean): Promise<Stealth> {
  const form = asset.mediaType.container === 'png' ? await pngForm(asset) : await webpForm(asset);
  if (form === 'lossy') return { notRead: LOSSY };
  if (!deep && form !== 'bare alpha') return { notRead: NOT_ASKED };
  const size = await pictureSize(asset);
  if ('code' in size) return { notRead: size };
  if (!deep && size.width * size.height > limits.unaskedPicturePixels) return { notRead: NOT_ASKED };
  // Asked for, the whole is decoded anyway; else only the columns that 120 bits take.
  const columns = Math.ceil(MAGIC_BITS / Math.max(1, size.height));
  const first = deep ? await decoded(asset, deep) : await leftmost(asset, columns);
  if ('fault' in first) return { notRead: first.fault };
  if (!CHANNELS.some((channel) => announced(new LowBits(first.picture, channel)))) return { texts: [] };
  const all = await decoded(asset, deep);
  return 'fault' in all ? { notRead: all.fault } : stealthInfo(all.picture);
}

/** To load the library for such a look takes as long as to read a hundred files. */
async function leftmost(asset: Asset, columns: number): Promise<Decoded> {
  const own = asset.mediaType.container === 'png' ? await pngColumns(asset, columns) : undefined;
  return own === undefined ? leftColumns(asset, columns, false) : { picture: own };
}

const LOSSY: Undecoded = {
  status: 'unsupported',
  ...fault('carrier.none', { what: 'lossy', format: 'WebP' }),
};

/**
 * `bare alpha`: an alpha channel, and no text of a generator's length beside it. That is what is left of a
 * generator's file when its text was stripped, and the only case looked into without being asked.
 */
type Form = 'bare alpha' | 'other' | 'lossy';

/** Settings of generators are longer than this, names of software and dates shorter. */
const SHORT_TEXT_BYTES = 256;

async function pngForm(asset: Asset): Promise<Form> {
  const { items } = await pngChunks(asset);
  const colourType = (await asset.read(25, 1))[0];
  if (colourType !== 4 && colourType !== 6) return 'other';
  return items.some((chunk) => isTextChunk(chunk) && chunk.dataBytes > SHORT_TEXT_BYTES)
    ? 'other'
    : 'bare alpha';
}

/** VP8L header: signature byte, 14 bits of width, 14 of height, then whether alpha is used (RFC 9649 §3.4). */
async function webpForm(asset: Asset): Promise<Form> {
  const { items } = await riffChunks(asset);
  const still = items.find(({ id }) => id === 'VP8L');
  if (!still) return items.some(({ id }) => id === 'ANMF') ? 'other' : 'lossy';
  const head = await asset.read(still.dataOffset, 5);
  const hasAlpha = head.length === 5 && ((head[4] ?? 0) & 0x10) !== 0;
  const hasText = items.some(({ id, dataBytes }) => id === 'EXIF' && dataBytes > SHORT_TEXT_BYTES);
  return hasAlpha && !hasText ? 'bare alpha' : 'other';
}
