import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { ByteWindow, bounded, cachePerAsset, malformed, type Walk } from './walk.js';

export const FLV = { audio: 8, video: 9, script: 18 } as const;

export interface FlvTag {
  type: number;
  dataOffset: number;
  dataBytes: number;
}

const TAG_HEADER_BYTES = 11;
/** Number of video tags to read: codec settings and the first frames, some of which take two tags. */
const VIDEO_TAGS = 4 * limits.seiFrames;

/**
 * Returns the relevant tags of an FLV (Adobe FLV specification E.4.1): every script tag at any position, and the first
 * video tags, which hold codec settings and the first frames. A recording has a tag for every frame, so the others are
 * skipped by their headers.
 */
export function readFlvTags(asset: Asset): Promise<Walk<FlvTag>> {
  return cachePerAsset(asset, 'flv', async () => {
    const window = new ByteWindow(asset);
    const header = await window.bytes(0, 9);
    const items: FlvTag[] = [];
    if (header.length < 9) return { items, fault: malformed('flv.truncated', { where: 'header' }) };
    // PreviousTagSize precedes each tag.
    const start = header.readUInt32BE(5) + 4;
    let at = start;
    let videos = 0;
    for (let count = 0; at + TAG_HEADER_BYTES <= asset.bytes; count++) {
      if (count >= limits.flvTags)
        return {
          items,
          fault: bounded('bound.entries', { place: 'FLV', most: limits.flvTags }),
        };
      const head = await window.bytes(at, TAG_HEADER_BYTES);
      const tag = {
        type: (head[0] ?? 0) & 0x1f,
        dataOffset: at + TAG_HEADER_BYTES,
        dataBytes: head.readUIntBE(1, 3),
      };
      if (tag.dataOffset + tag.dataBytes > asset.bytes)
        return { items, fault: malformed('flv.truncated', { where: 'tag' }) };
      if (tag.type === FLV.video) videos += 1;
      if (tag.type === FLV.script || (tag.type === FLV.video && videos <= VIDEO_TAGS)) items.push(tag);
      at = tag.dataOffset + tag.dataBytes + 4;
    }
    return at > start ? { items } : { items, fault: malformed('flv.truncated', { where: 'other' }) };
  });
}
