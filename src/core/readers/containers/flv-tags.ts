import type { Asset } from '../../asset.js';
import { limits } from '../../limits.js';
import { ByteWindow, malformed, once, type Walk } from './walk.js';

export const FLV = { audio: 8, video: 9, script: 18 } as const;

export interface FlvTag {
  type: number;
  dataOffset: number;
  dataBytes: number;
}

const TAG_HEADER_BYTES = 11;

/**
 * The first tags of an FLV (Adobe FLV specification E.4.1): metadata, codec settings and the first frames stand
 * there. It does not go on to the end: a recording has a tag for every frame.
 */
export function firstFlvTags(asset: Asset): Promise<Walk<FlvTag>> {
  return once(asset, 'flv', async () => {
    const window = new ByteWindow(asset);
    const header = await window.bytes(0, 9);
    const items: FlvTag[] = [];
    if (header.length < 9) return { items, fault: malformed('flv.truncated', 'The FLV header is cut off.') };
    // PreviousTagSize stands before each tag.
    let at = header.readUInt32BE(5) + 4;
    while (items.length < limits.flvTags && at + TAG_HEADER_BYTES <= asset.bytes) {
      const head = await window.bytes(at, TAG_HEADER_BYTES);
      const tag = {
        type: (head[0] ?? 0) & 0x1f,
        dataOffset: at + TAG_HEADER_BYTES,
        dataBytes: head.readUIntBE(1, 3),
      };
      if (tag.dataOffset + tag.dataBytes > asset.bytes)
        return { items, fault: malformed('flv.truncated', 'The FLV ends inside one of its first tags.') };
      items.push(tag);
      at = tag.dataOffset + tag.dataBytes + 4;
    }
    return items.length > 0
      ? { items }
      : { items, fault: malformed('flv.truncated', 'The FLV ends before its first tag.') };
  });
}
