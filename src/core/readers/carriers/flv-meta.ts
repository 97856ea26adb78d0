import { limits } from '../../../base/limits.js';
import { AmfReader } from '../containers/amf0-values.js';
import { FLV, readFlvTags } from '../containers/flv-tags.js';
import { bounded } from '../containers/walk.js';
import type { Reader } from '../reader.js';
import { TagList } from '../text/tag-list.js';

const NAME = 'onMetaData';
/** Type, 16-bit length and name precede the value. */
const BEFORE_VALUE_BYTES = 3 + NAME.length;

/** Reads the entries of FLV's `onMetaData` script tags (Adobe FLV specification E.5). No library used here reads FLV. */
export const flvMetaReader: Reader<'flvMeta'> = {
  carrier: 'flvMeta',

  async read(asset) {
    const { items, fault } = await readFlvTags(asset);
    const list = new TagList();
    for (const tag of items.filter((t) => t.type === FLV.script)) {
      const head = await asset.read(tag.dataOffset, BEFORE_VALUE_BYTES);
      if (head.toString('latin1', 3) !== NAME) continue;
      if (tag.dataBytes > limits.carrierTextCharacters) {
        list.addFault(bounded('bound.bytes', { place: 'onMetaData', most: limits.carrierTextCharacters }));
        continue;
      }
      const amf = new AmfReader(
        await asset.read(tag.dataOffset + BEFORE_VALUE_BYTES, tag.dataBytes - BEFORE_VALUE_BYTES),
      );
      amf.value();
      for (const { key, value, at } of amf.texts)
        list.add({
          system: `FLV ${NAME}`,
          key,
          value,
          offset: tag.dataOffset + BEFORE_VALUE_BYTES + at,
        });
      list.addFault(amf.fault);
    }
    list.addFault(fault);
    return list.conclude();
  },
};
