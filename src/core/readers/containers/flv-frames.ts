import { limits } from '../../../base/limits.js';
import { lookupTable } from '../../../base/table.js';
import type { Asset } from '../../media/asset.js';
import { FLV, readFlvTags } from './flv-tags.js';
import type { Codec } from './h26x-units.js';
import { unseenVideo, type VideoFrames } from './video-frames.js';

/** Codec numbers in the first byte. Chinese players agreed on 12 for H.265. */
const CODECS: Readonly<Record<number, Codec>> = { 7: 'h264', 12: 'h265' };
/** Enhanced RTMP names the codec by four characters instead. */
const NAMES: Readonly<Record<string, Codec>> = lookupTable({ avc1: 'h264', hvc1: 'h265' });
const ENHANCED = 0x80;
const PACKET = { configuration: 0, frames: 1, framesWithoutTime: 3 } as const;

/** Returns the frames of the video tags: codec, packet type, time; then the decoder configuration or one frame. */
export async function readFlvFrames(asset: Asset): Promise<VideoFrames | undefined> {
  const { items, fault } = await readFlvTags(asset);
  let found: VideoFrames | undefined;
  for (const tag of items.filter((t) => t.type === FLV.video)) {
    const head = await asset.read(tag.dataOffset, 8);
    const first = head[0] ?? 0;
    const enhanced = (first & ENHANCED) !== 0;
    const codec = enhanced ? NAMES[head.toString('latin1', 1, 5)] : CODECS[first & 0x0f];
    if (!codec) continue;
    found ??= { codec, frames: [] };
    const packet = enhanced ? first & 0x0f : head[1];
    const skip = enhanced ? 5 + (packet === PACKET.frames ? 3 : 0) : 5;
    const part = { offset: tag.dataOffset + skip, bytes: Math.max(0, tag.dataBytes - skip) };
    if (packet === PACKET.configuration) found.configuration ??= part;
    const isFrame = packet === PACKET.frames || (enhanced && packet === PACKET.framesWithoutTime);
    if (isFrame && found.frames.length < limits.seiFrames) found.frames.push(part);
  }
  if (!fault) return found;
  return found ? { ...found, fault } : unseenVideo(fault);
}
