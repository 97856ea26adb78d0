import type { Asset } from '../../media/asset.js';
import { selectWalk, type WalkPerContainer } from '../container-reach.js';
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

/** Locators of XMP and, in containers that have them, EXIF and IPTC-IIM. */
const LOCATORS: WalkPerContainer<'xmp' | 'exif' | 'iptcIim', (asset: Asset) => Promise<MetadataBlocks>> = {
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
};

export function readMetadataBlocks(asset: Asset): Promise<MetadataBlocks> {
  const locate = selectWalk(LOCATORS, asset.mediaType.container);
  return cachePerAsset(asset, 'blocks', async () => addExifTagBlocks(await locate(asset)));
}
