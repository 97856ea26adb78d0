import type { ContainerTag } from '../evidence/evidence.js';
import { conclude } from './conclude.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';

/** Content description and attributes of ASF: WMV and WMA files. */
export const asfMetaReader: Reader<'asfMeta'> = {
  carrier: 'asfMeta',
  reach: reach({
    read: '',
    unreached: 'asf',
    none: 'jpeg png webp gif tiff heif jxl svg bmff matroska avi flv mp3 wav flac ogg aiff aac pdf cr3 raf psd jp2 zip tar mail cfb mxf ts ps dpx exr bmp',
  }),

  async read() {
    return conclude<ContainerTag[]>([], true);
  },
};
