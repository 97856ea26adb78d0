import type { Asset } from '../../media/asset.js';
import { selectWalk, type WalkPerContainer } from '../container-reach.js';
import { readOleProperties } from '../documents/ole-properties.js';
import { readPdfProperties } from '../documents/pdf-properties.js';
import { readPostScriptProperties } from '../documents/postscript-properties.js';
import { readZipProperties } from '../documents/zip-properties.js';
import type { Reader } from '../reader.js';
import { TagList } from '../text/tag-list.js';

/**
 * Reads the properties of documents: the document information of a PDF, OOXML `docProps/`, ODF `meta.xml`, the package
 * file of an EPUB, property sets of compound files, comments of PostScript.
 */
export const documentPropertiesReader: Reader<'documentProperties'> = {
  carrier: 'documentProperties',

  async read(asset) {
    const list = new TagList();
    await selectWalk(PROPERTIES, asset.mediaType.container)(asset, list);
    return list.conclude();
  },
};

const PROPERTIES: WalkPerContainer<'documentProperties', (asset: Asset, list: TagList) => Promise<void>> = {
  pdf: readPdfProperties,
  zip: readZipProperties,
  cfb: readOleProperties,
  postscript: readPostScriptProperties,
};
