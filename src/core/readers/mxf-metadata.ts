import type { ContainerTag } from '../evidence/evidence.js';
import { conclude } from './conclude.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';

/** Header metadata of MXF (SMPTE ST 377-1): sets of descriptive and structural facts. */
export const mxfMetadataReader: Reader<'mxfMetadata'> = {
  carrier: 'mxfMetadata',
  reach: reach({
    read: '',
    unreached: 'mxf',
    none: 'jpeg png webp gif tiff heif jxl svg bmff matroska avi flv mp3 wav flac ogg aiff aac pdf cr3 raf psd jp2 zip tar mail cfb ts ps asf dpx exr bmp',
  }),

  async read() {
    return conclude<ContainerTag[]>([], true);
  },
};
