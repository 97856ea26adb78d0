import { readApeItems } from '../containers/ape-items.js';
import type { Reader } from '../reader.js';
import { TagList } from '../text/tag-list.js';
import { decodeTagText, formatByteCount } from '../text/tag-text.js';

const CONTROL = /[\x01-\x08\x0b\x0c\x0e-\x1f]/;

/** Reads APE tags at the start of a sound file or at its end, before ID3v1. */
export const apeTagsReader: Reader<'apeTags'> = {
  carrier: 'apeTags',

  async read(asset) {
    const list = new TagList();
    const fault = await readApeItems(asset, ({ system, key, holds, value, offset }) => {
      if (list.isFull) return false;
      // Zero bytes separate the values of one item. Some writers mark binary data as text, so control characters make
      // it bytes.
      const text = decodeTagText(value);
      const values =
        holds === 'bytes' || CONTROL.test(text) ? [formatByteCount(value.length)] : text.split('\0');
      for (const one of values) list.add({ system, key, value: one, offset });
      return !list.isFull;
    });
    list.addFault(fault);
    return list.conclude();
  },
};
