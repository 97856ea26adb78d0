import type { Asset } from '../../media/asset.js';
import type { Container } from '../../media/media-kinds.js';
import { cachePerAsset } from '../containers/walk.js';
import { readAsfBlocks } from './asf.js';
import type { MetadataBlocks } from './block.js';
import { readCr3Blocks } from './cr3.js';
import { addExifTagBlocks } from './exif-tags.js';
import { readExrBlocks } from './exr.js';
import { readFlvBlocks } from './flv.js';
import { readGifMetadataBlocks } from './gif.js';
import { readHeifBlocks } from './heif.js';
import { readJp2Blocks } from './jp2.js';
import { readJpegBlocks } from './jpeg.js';
import { readJxlBlocks } from './jxl.js';
import { readMxfBlocks } from './mxf.js';
import { readPdfBlocks } from './pdf.js';
import { readPngBlocks } from './png.js';
import { readPostScriptBlocks } from './postscript.js';
import { readPsdBlocks } from './psd.js';
import { readRafBlocks } from './raf.js';
import { readRiffBlocks } from './riff.js';
import { readAiffBlocks, readId3Blocks } from './sound.js';
import { readSvgBlocks } from './svg.js';
import { readTiffBlocks } from './tiff.js';
import { readXmpFileBlocks } from './xmp-file.js';

/** Locators of XMP and, in containers that have them, EXIF and IPTC-IIM. Each reader's `reach` lists its containers. */
const LOCATORS = {
  jpeg: readJpegBlocks,
  png: readPngBlocks,
  webp: readRiffBlocks,
  tiff: readTiffBlocks,
  heif: readHeifBlocks,
  gif: readGifMetadataBlocks,
  jxl: readJxlBlocks,
  svg: readSvgBlocks,
  bmff: readHeifBlocks,
  avi: readRiffBlocks,
  wav: readRiffBlocks,
  cr3: readCr3Blocks,
  raf: readRafBlocks,
  mp3: readId3Blocks,
  aac: readId3Blocks,
  flac: readId3Blocks,
  aiff: readAiffBlocks,
  pdf: readPdfBlocks,
  flv: readFlvBlocks,
  psd: readPsdBlocks,
  jp2: readJp2Blocks,
  mxf: readMxfBlocks,
  asf: readAsfBlocks,
  exr: readExrBlocks,
  postscript: readPostScriptBlocks,
  xmp: readXmpFileBlocks,
} as const satisfies Partial<Record<Container, (asset: Asset) => Promise<MetadataBlocks>>>;

type Located = keyof typeof LOCATORS;

export function readMetadataBlocks(asset: Asset): Promise<MetadataBlocks> {
  const { container } = asset.mediaType;
  if (!isLocated(container)) throw new Error(`no metadata blocks are located in ${container}`);
  return cachePerAsset(asset, 'blocks', async () => addExifTagBlocks(await LOCATORS[container](asset)));
}

function isLocated(container: string): container is Located {
  return Object.hasOwn(LOCATORS, container);
}
