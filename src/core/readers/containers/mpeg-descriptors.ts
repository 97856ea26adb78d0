import type { AssembledStream } from './held-stream.js';

/** Raw descriptor of a programme, one of its streams or a service (ISO/IEC 13818-1 §2.6). */
export interface MpegDescriptor {
  tag: number;
  locator: string;
  offset: number;
  bytes: Buffer;
}

/** Parses consecutive descriptors: tag, length, data. */
export function parseDescriptors(
  { bytes, offsetOf }: Pick<AssembledStream, 'bytes' | 'offsetOf'>,
  from: number,
  end: number,
  locator: string,
): MpegDescriptor[] {
  const found: MpegDescriptor[] = [];
  for (let at = from; at + 2 <= end; ) {
    const length = bytes[at + 1] ?? 0;
    const value = bytes.subarray(at + 2, Math.min(at + 2 + length, end));
    found.push({ tag: bytes[at] ?? 0, locator, offset: offsetOf(at + 2), bytes: value });
    at += 2 + length;
  }
  return found;
}

/** Stream types of video codings that are read here (§2.4.4.9, Table 2-34). */
export const VIDEO_TYPES: ReadonlyMap<number, 'mpeg' | 'h264' | 'h265'> = new Map([
  [0x01, 'mpeg'],
  [0x02, 'mpeg'],
  [0x10, 'mpeg'],
  [0x1b, 'h264'],
  [0x1f, 'h264'],
  [0x20, 'h264'],
  [0x24, 'h265'],
  [0x25, 'h265'],
]);

/** Stream types of video codings that may contain such messages but are not read: VVC and the three of AVS. */
export const UNREAD_VIDEO_TYPES: ReadonlyMap<number, string> = new Map([
  [0x33, 'H.266'],
  [0x34, 'H.266'],
  [0x42, 'AVS'],
  [0xd2, 'AVS2'],
  [0xd4, 'AVS3'],
]);
