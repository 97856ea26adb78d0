import type { Asset } from '../asset.js';
import type { Container } from '../media-types.js';
import { jpegBlocks } from './blocks/jpeg.js';
import { pngBlocks } from './blocks/png.js';
import { sharpBlocks } from './blocks/sharp.js';
import { tiffBlocks } from './blocks/tiff.js';
import { webpBlocks } from './blocks/webp.js';
import type { WalkFault } from './conclude.js';
import { once } from './containers/walk.js';

/** A run of metadata bytes with where it stands; what the bytes say is another reader's knowledge. */
export interface MetadataBlock {
  place: string;
  offset?: number;
  bytes: Buffer;
}

/** The EXIF (a TIFF stream), XMP and IPTC-IIM blocks of a picture. */
export interface MetadataBlocks {
  exif: MetadataBlock[];
  xmp: MetadataBlock[];
  iim: MetadataBlock[];
  /** What kept the walk from its end; blocks past that were not seen. */
  fault?: WalkFault;
  /** What kept one block of that kind from being taken out. */
  exifFault?: WalkFault;
  xmpFault?: WalkFault;
}

type Locate = (asset: Asset) => Promise<MetadataBlocks>;

const LOCATORS: Partial<Record<Container, Locate>> = {
  jpeg: jpegBlocks,
  png: pngBlocks,
  webp: webpBlocks,
  tiff: tiffBlocks,
  heif: sharpBlocks,
};

/** Containers whose blocks are found here, for the readers' lists. */
export const BLOCK_CONTAINERS = [
  'jpeg',
  'png',
  'webp',
  'tiff',
  'heif',
] as const satisfies readonly Container[];

export function metadataBlocks(asset: Asset): Promise<MetadataBlocks> {
  const locate = LOCATORS[asset.mediaType.container];
  if (!locate) throw new Error(`no metadata blocks are located in ${asset.mediaType.container}`);
  return once(asset, 'blocks', () => locate(asset));
}
