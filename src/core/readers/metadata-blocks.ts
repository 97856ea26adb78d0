import type { Asset } from '../asset.js';
import type { Container } from '../media-types.js';
import type { MetadataBlocks } from './blocks/block.js';
import { bmffBlocks } from './blocks/bmff.js';
import { cr3Blocks } from './blocks/cr3.js';
import { gifBlocks } from './blocks/gif.js';
import { heifBlocks } from './blocks/heif.js';
import { jpegBlocks } from './blocks/jpeg.js';
import { jxlBlocks } from './blocks/jxl.js';
import { pdfBlocks } from './blocks/pdf.js';
import { pngBlocks } from './blocks/png.js';
import { rafBlocks } from './blocks/raf.js';
import { riffBlocks } from './blocks/riff.js';
import { aiffBlocks, id3Blocks } from './blocks/sound.js';
import { svgBlocks } from './blocks/svg.js';
import { tiffBlocks } from './blocks/tiff.js';
import { once } from './containers/walk.js';

const LOCATORS = {
  jpeg: jpegBlocks,
  png: pngBlocks,
  webp: riffBlocks,
  tiff: tiffBlocks,
  heif: heifBlocks,
  gif: gifBlocks,
  jxl: jxlBlocks,
  svg: svgBlocks,
  bmff: bmffBlocks,
  avi: riffBlocks,
  wav: riffBlocks,
  cr3: cr3Blocks,
  raf: rafBlocks,
  mp3: id3Blocks,
  aac: id3Blocks,
  aiff: aiffBlocks,
  pdf: pdfBlocks,
} as const satisfies Partial<Record<Container, (asset: Asset) => Promise<MetadataBlocks>>>;

type Located = keyof typeof LOCATORS;

/** Containers whose XMP is found here. */
export const XMP_CONTAINERS = Object.keys(LOCATORS).filter(isLocated);
/** Those of them that hold EXIF too. */
export const EXIF_CONTAINERS = [
  'jpeg',
  'png',
  'webp',
  'tiff',
  'heif',
  'jxl',
  'cr3',
  'raf',
] as const satisfies readonly Located[];
/** Those of them that hold IPTC-IIM too. */
export const IIM_CONTAINERS = ['jpeg', 'png', 'tiff', 'gif', 'raf'] as const satisfies readonly Located[];

export function metadataBlocks(asset: Asset): Promise<MetadataBlocks> {
  const { container } = asset.mediaType;
  if (!isLocated(container)) throw new Error(`no metadata blocks are located in ${container}`);
  return once(asset, 'blocks', () => LOCATORS[container](asset));
}

function isLocated(container: string): container is Located {
  return Object.hasOwn(LOCATORS, container);
}
