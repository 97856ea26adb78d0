import type { Sharp } from 'sharp';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { Read } from '../../media/carrier.js';
import { once } from '../containers/walk.js';
import { headerSize, type PictureSize, sizeBeyondDecoders } from '../picture-size.js';
import { openPicture } from './open-picture.js';

/** Decoded samples, 8 bits each, row by row. */
export interface Picture {
  width: number;
  height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
  channels: number;
  data: Buffer;
}

/** Why there are no pixels: in the terms of a `Read`. */
export type Undecoded = Exclude<Read<never>, { status: 'found' } | { status: 'absent' }>;

export type Decoded = { picture: Picture } | { fault: Undecoded };

/** Media types that sharp decodes here. Camera raws and SVG are no pixels of their own; HEIC and JXL it lacks. */
const DECODED: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/webp',
  'image/tiff',
  'image/avif',
]);

export const canDecode = ({ mediaType }: Asset): boolean => DECODED.has(mediaType.mime);

/** Of most pictures, and of several carriers: what a Report has of it is made once (analyze.ts). */
export const NOT_ASKED = Object.freeze({
  status: 'unsupported',
  ...fault('carrier.notAsked'),
} as const satisfies Undecoded);

export const notDecodable = ({ mediaType }: Asset): Undecoded => ({
  status: 'unsupported',
  ...fault('carrier.notRead', { what: 'pixels', format: mediaType.format }),
});

/** The stored samples of the first frame: no profile applied, no rotation. Kept for the readers that share them. */
export function decoded(asset: Asset, deep: boolean): Promise<Decoded> {
  return once(asset, 'pixels', () => samples(asset, mostPixels(deep), (image) => image));
}

/** Only the leftmost columns: a look at a few bits needs no memory for the whole. */
export function leftColumns(asset: Asset, columns: number, deep: boolean): Promise<Decoded> {
  return samples(asset, mostPixels(deep), (image, { width, height }) =>
    image.extract({ left: 0, top: 0, width: Math.min(columns, width), height }),
  );
}

export const mostPixels = (deep: boolean): number =>
  deep ? limits.picturePixels : limits.unaskedPicturePixels;

/** As the header gives it. A PNG's is read here: libvips takes it from the same bytes, on another thread. */
export async function pictureSize(asset: Asset): Promise<PictureSize | Undecoded> {
  const own = asset.mediaType.container === 'png' ? await headerSize(asset) : undefined;
  if (own) return own;
  try {
    const { width, height, pageHeight } = await (await openPicture(await asset.source(), false)).metadata();
    return { width, height: pageHeight ?? height };
  } catch (error) {
    return (await sizeBeyondDecoders(asset)) ?? undecoded(error);
  }
}

async function samples(
  asset: Asset,
  most: number,
  part: (image: Sharp, size: { width: number; height: number }) => Sharp,
): Promise<Decoded> {
  if (!canDecode(asset)) return { fault: notDecodable(asset) };
  // A few hundred bytes may claim any size: the header is asked before memory is taken.
  const size = await pictureSize(asset);
  if ('code' in size) return { fault: size };
  if (size.width * size.height > most) return { fault: tooManyPixels(most) };
  try {
    const image = part(await openPicture(await asset.source(), most), size);
    const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    return { picture: { width: info.width, height: info.height, channels: info.channels, data } };
  } catch (error) {
    return { fault: undecoded(error) };
  }
}

export const tooManyPixels = (most: number): Undecoded => ({
  status: 'failed',
  ...fault('bound.pixels', { most }),
});

/** sharp's words may hold paths and what the file says: only their kind is told. */
export function undecoded(error: unknown): Undecoded {
  const words = error instanceof Error ? error.message : '';
  if (/out of memory/i.test(words)) {
    return { status: 'failed', ...fault('reader.memory.picture') };
  }
  return { status: 'malformed', ...fault('pixels.unreadable') };
}
