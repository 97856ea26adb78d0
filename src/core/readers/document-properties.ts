import type { ContainerTag } from '../evidence/evidence.js';
import { conclude } from './conclude.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';

/** Properties of documents: OOXML `docProps/`, ODF `meta.xml`, the package file of an EPUB, property sets of compound files. */
export const documentPropertiesReader: Reader<'documentProperties'> = {
  carrier: 'documentProperties',
  reach: reach({
    read: '',
    unreached: 'zip cfb',
    none: 'jpeg png webp gif tiff heif jxl svg bmff matroska avi flv mp3 wav flac ogg aiff aac pdf cr3 raf psd jp2 tar mail mxf ts ps asf dpx exr bmp',
  }),

  async read() {
    return conclude<ContainerTag[]>([], true);
  },
};
