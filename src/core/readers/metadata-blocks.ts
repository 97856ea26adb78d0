import type { Asset } from '../media/asset.js';
import type { Container } from '../media/media-kinds.js';
import { asfBlocks } from './blocks/asf.js';
import type { MetadataBlocks } from './blocks/block.js';
import { cr3Blocks } from './blocks/cr3.js';
import { withExifTags } from './blocks/exif-tags.js';
import { exrBlocks } from './blocks/exr.js';
import { flvBlocks } from './blocks/flv.js';
import { gifBlocks } from './blocks/gif.js';
import { heifBlocks } from './blocks/heif.js';
import { jp2Blocks } from './blocks/jp2.js';
import { jpegBlocks } from './blocks/jpeg.js';
import { jxlBlocks } from './blocks/jxl.js';
import { mxfBlocks } from './blocks/mxf.js';
import { pdfBlocks } from './blocks/pdf.js';
import { pngBlocks } from './blocks/png.js';
import { postScriptBlocks } from './blocks/postscript.js';
import { psdBlocks } from './blocks/psd.js';
import { rafBlocks } from './blocks/raf.js';
import { riffBlocks } from './blocks/riff.js';
import { aiffBlocks, id3Blocks } from './blocks/sound.js';
import { svgBlocks } from './blocks/svg.js';
import { tiffBlocks } from './blocks/tiff.js';
import { xmpFileBlocks } from './blocks/xmp-file.js';
import { once } from './containers/walk.js';

/** Where XMP is found, and EXIF and IPTC-IIM where a container has them: each reader’s `reach` says which. */
const LOCATORS = {
  jpeg: jpegBlocks,
  png: pngBlocks,
  webp: riffBlocks,
  tiff: tiffBlocks,
  heif: heifBlocks,
  gif: gifBlocks,
  jxl: jxlBlocks,
  svg: svgBlocks,
  bmff: heifBlocks,
  avi: riffBlocks,
  wav: riffBlocks,
  cr3: cr3Blocks,
  raf: rafBlocks,
  mp3: id3Blocks,
  aac: id3Blocks,
  flac: id3Blocks,
  aiff: aiffBlocks,
  pdf: pdfBlocks,
  flv: flvBlocks,
  psd: psdBlocks,
  jp2: jp2Blocks,
  mxf: mxfBlocks,
  asf: asfBlocks,
  exr: exrBlocks,
  postscript: postScriptBlocks,
  xmp: xmpFileBlocks,
} as const satisfies Partial<Record<Container, (asset: Asset) => Promise<MetadataBlocks>>>;

type Located = keyof typeof LOCATORS;

export function metadataBlocks(asset: Asset): Promise<MetadataBlocks> {
  const { container } = asset.mediaType;
  if (!isLocated(container)) throw new Error(`no metadata blocks are located in ${container}`);
  return once(asset, 'blocks', async () => withExifTags(await LOCATORS[container](asset)));
}

function isLocated(container: string): container is Located {
  return Object.hasOwn(LOCATORS, container);
}
