import { apeItems } from './containers/ape-items.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';
import { TagList } from './tag-list.js';
import { bytesWords, tagText } from './tag-text.js';

const CONTROL = /[\x01-\x08\x0b\x0c\x0e-\x1f]/;

/** APE tags at the end of a sound file, before ID3v1, or at its start. */
export const apeTagsReader: Reader<'apeTags'> = {
  carrier: 'apeTags',
  reach: reach({
    read: 'mp3 wav flac aac',
    none: 'jpeg png webp gif tiff heif jxl svg bmff matroska avi flv ogg aiff pdf cr3 raf psd jp2 zip tar mail cfb mxf ts ps asf dpx exr bmp postscript xmp',
  }),

  async read(asset) {
    const list = new TagList();
    const fault = await apeItems(asset, ({ system, key, holds, value, offset }) => {
      if (list.full) return false;
      // Several values of one item are parted by zero bytes; some writers call text what is none.
      const text = tagText(value);
      const values = holds === 'bytes' || CONTROL.test(text) ? [bytesWords(value.length)] : text.split('\0');
      for (const one of values) list.add({ system, key, value: one, offset });
      return !list.full;
    });
    list.fault(fault);
    return list.conclude();
  },
};
