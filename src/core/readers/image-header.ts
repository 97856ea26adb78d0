import type { ContainerTag } from '../evidence/evidence.js';
import { conclude } from './conclude.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';

/** Fields of the headers of DPX (SMPTE ST 268) and OpenEXR. */
export const imageHeaderReader: Reader<'imageHeader'> = {
  carrier: 'imageHeader',
  reach: reach({
    read: '',
    unreached: 'dpx exr',
    none: 'jpeg png webp gif tiff heif jxl svg bmff matroska avi flv mp3 wav flac ogg aiff aac pdf cr3 raf psd jp2 zip tar mail cfb mxf ts ps asf bmp',
  }),

  async read() {
    return conclude<ContainerTag[]>([], true);
  },
};
