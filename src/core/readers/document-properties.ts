import type { Asset } from '../media/asset.js';
import { oleProperties } from './ole-properties.js';
import { pdfProperties } from './pdf-properties.js';
import { postScriptProperties } from './postscript-properties.js';
import { type InEach, reach, walkIn } from './reach.js';
import type { Reader } from './reader.js';
import { TagList } from './tag-list.js';
import { zipProperties } from './zip-properties.js';

const READ = 'pdf zip cfb postscript';

/** Properties of documents: the document information of a PDF, OOXML `docProps/`, ODF `meta.xml`, the package file of an EPUB, property sets of
 * compound files, comments of PostScript. */
export const documentPropertiesReader: Reader<'documentProperties'> = {
  carrier: 'documentProperties',
  reach: reach({
    read: READ,
    none: 'jpeg png webp gif tiff heif jxl svg bmff matroska avi flv mp3 wav flac ogg aiff aac cr3 raf psd jp2 tar mail mxf ts ps asf dpx exr bmp xmp',
  }),

  async read(asset) {
    const list = new TagList();
    await walkIn(PROPERTIES, asset.mediaType.container)(asset, list);
    return list.conclude();
  },
};

const PROPERTIES: InEach<typeof READ, (asset: Asset, list: TagList) => Promise<void>> = {
  pdf: pdfProperties,
  zip: zipProperties,
  cfb: oleProperties,
  postscript: postScriptProperties,
};
