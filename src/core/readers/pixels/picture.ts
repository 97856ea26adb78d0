import type { Sharp } from 'sharp';
import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { Read } from '../../media/carrier.js';
import { cachePerAsset } from '../containers/walk.js';
import { type PictureSize, readHeaderSize, readSizeBeyondDecoders } from '../pictures/picture-size.js';
import { openPicture } from './open-picture.js';

/** Decoded samples with 8 bits each, in row order. */
export interface Picture {
  width: number;
  height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
  channels: number;
  data: Buffer;
}

/** Reason why there are no pixels, as a read result. */
export type Undecoded = Exclude<Read<never>, { status: 'found' } | { status: 'absent' }>;

export type Decoded = { picture: Picture } | { fault: Undecoded };

/** Media types that sharp decodes. Camera raws and SVG have no stored pixels; sharp lacks HEIC and JXL. */
const DECODED: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/webp',
  'image/tiff',
  'image/avif',
]);

export const canDecode = ({ mediaType }: Asset): boolean => DECODED.has(mediaType.mime);

/**
 * Shared result for carriers that were not requested. Most pictures have it for several carriers, so its Report form is
 * built once (analyze.ts).
 */
export const NOT_REQUESTED = Object.freeze({
  status: 'unsupported',
  ...fault('carrier.notRequested'),
} as const satisfies Undecoded);

export const notDecodable = ({ mediaType }: Asset): Undecoded => ({
  status: 'unsupported',
  ...fault('carrier.notRead', { what: 'pixels', format: mediaType.format }),
});

/** Returns the stored samples of the first frame without profile or rotation. Cached for the readers that share them. */
export function decodePicture(asset: Asset, deep: boolean): Promise<Decoded> {
  return cachePerAsset(asset, 'pixels', () => decodeSamples(asset, maxPixels(deep), (image) => image));
}

/** Returns only the leftmost columns, so that reading a few bits needs no memory for the whole picture. */
export function decodeLeftColumns(asset: Asset, columns: number, deep: boolean): Promise<Decoded> {
  return decodeSamples(asset, maxPixels(deep), (image, { width, height }) =>
    image.extract({ left: 0, top: 0, width: Math.min(columns, width), height }),
  );
}

export const maxPixels = (deep: boolean): number =>
  deep ? limits.picturePixels : limits.defaultPicturePixels;

/** Returns the size in the header. A PNG header is parsed here, because libvips would do the same on another thread. */
export async function readPictureSize(asset: Asset): Promise<PictureSize | Undecoded> {
  const own = asset.mediaType.container === 'png' ? await readHeaderSize(asset) : undefined;
  if (own) return own;
  try {
    const { width, height, pageHeight } = await (await openPicture(await asset.source(), false)).metadata();
    return { width, height: pageHeight ?? height };
  } catch (error) {
    return (await readSizeBeyondDecoders(asset)) ?? toUndecoded(error);
  }
}

async function decodeSamples(
  asset: Asset,
  most: number,
  part: (image: Sharp, size: { width: number; height: number }) => Sharp,
): Promise<Decoded> {
  if (!canDecode(asset)) return { fault: notDecodable(asset) };
  // Checks the size in the header before allocating memory, because a few hundred bytes may claim any size.
  const size = await readPictureSize(asset);
  if ('code' in size) return { fault: size };
  if (size.width * size.height > most) return { fault: tooManyPixels(most) };
  try {
    const image = part(await openPicture(await asset.source(), most), size);
    const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    return { picture: { width: info.width, height: info.height, channels: info.channels, data } };
  } catch (error) {
    return { fault: toUndecoded(error) };
  }
}

export const tooManyPixels = (most: number): Undecoded => ({
  status: 'failed',
  ...fault('bound.pixels', { most }),
});

/**
 * Converts an error of sharp. Its text may contain paths and content of the file, so only the kind of error is
 * reported.
 */
export function toUndecoded(error: unknown): Undecoded {
  const words = error instanceof Error ? error.message : '';
  if (/out of memory/i.test(words)) {
    return { status: 'failed', ...fault('reader.memory.picture') };
  }
  return { status: 'malformed', ...fault('pixels.unreadable') };
}
