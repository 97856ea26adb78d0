import type { VideoCodec } from './video-frames.js';

/** Start codes of MPEG-1, MPEG-2 and MPEG-4 (ISO/IEC 13818-2 §6.2.1): sequence header, group of pictures, picture. */
const MPEG_STARTS: ReadonlySet<number> = new Set([0xb3, 0xb8, 0x00, 0xb0]);
/** Parameter sets and delimiter of H.265, whose second byte is 1. */
const H265_STARTS: ReadonlySet<number> = new Set([0x40, 0x42, 0x44, 0x46]);
/** Slices, SEI, parameter sets and delimiter of H.264. */
const H264_TYPES: ReadonlySet<number> = new Set([1, 5, 6, 7, 8, 9]);
const MAX_ZEROS = 16;

/** Returns the coding of a video from its first unit; `undefined` if it starts with none. */
export function detectCodec(bytes: Buffer): VideoCodec | undefined {
  let at = 0;
  while (at < MAX_ZEROS && bytes[at] === 0) at += 1;
  if (at < 2 || bytes[at] !== 1) return undefined;
  const first = bytes[at + 1];
  if (first === undefined) return undefined;
  if (MPEG_STARTS.has(first)) return 'mpeg';
  if (H265_STARTS.has(first) && bytes[at + 2] === 1) return 'h265';
  return first < 0x80 && H264_TYPES.has(first & 0x1f) ? 'h264' : undefined;
}
