import { decodePrintablePart } from '../text/tag-text.js';

/** NAL units of H.264 and H.265 and the SEI messages in them (ITU-T H.264 and H.265, §7.3.1 and §7.3.2). */

export type Codec = 'h264' | 'h265';

/** Returns whether a unit holds supplemental enhancement information; `first` is its first byte. */
export function isSei(codec: Codec, first: number): boolean {
  if (codec === 'h264') return (first & 0x1f) === 6;
  const type = (first >> 1) & 0x3f;
  return type === 39 || type === 40;
}

export interface UserData {
  uuid: string;
  text: string;
}

const USER_DATA_UNREGISTERED = 5;
const UUID_BYTES = 16;

/** Returns the `user_data_unregistered` messages of one SEI unit with its header: an identifier, then arbitrary data. */
export function parseSeiUserData(codec: Codec, unit: Buffer): UserData[] {
  const bytes = removeEmulationPrevention(unit.subarray(codec === 'h264' ? 1 : 2));
  const found: UserData[] = [];
  let at = 0;
  // A final byte of 0x80 ends the unit.
  while (at + 2 <= bytes.length) {
    const type = extended(bytes, at);
    const size = extended(bytes, type.end);
    const body = bytes.subarray(size.end, size.end + size.value);
    if (type.value === USER_DATA_UNREGISTERED && body.length > UUID_BYTES)
      found.push({
        uuid: body.toString('hex', 0, UUID_BYTES),
        text: decodePrintablePart(body.subarray(UUID_BYTES)),
      });
    at = size.end + size.value;
  }
  return found;
}

/** Reads an extended number: each 0xff adds 255; the first other byte ends it. */
function extended(bytes: Buffer, start: number): { value: number; end: number } {
  let at = start;
  let value = 0;
  while (bytes[at] === 0xff) {
    value += 255;
    at += 1;
  }
  return { value: value + (bytes[at] ?? 0), end: at + 1 };
}

/** Removes the 3 that encoders insert after two zeros so that no start code appears (§7.4.1). */
export function removeEmulationPrevention(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  let filled = 0;
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    out[filled++] = byte;
  }
  return out.subarray(0, filled);
}

export interface DecoderConfiguration {
  /** Length in bytes of the size field of each unit in a frame. */
  lengthBytes: number;
  /** SEI units in the configuration itself, with their offsets in it. */
  units: { at: number; bytes: Buffer }[];
}

/** Parses `avcC` or `hvcC` (ISO/IEC 14496-15 §5.3.3.1, §8.3.3.1); `undefined` if the bytes are neither. */
export function parseDecoderConfiguration(codec: Codec, bytes: Buffer): DecoderConfiguration | undefined {
  if (codec === 'h264')
    return bytes.length < 7 || bytes[0] !== 1
      ? undefined
      : { lengthBytes: ((bytes[4] ?? 0) & 3) + 1, units: [] };
  if (bytes.length < 23) return undefined;
  const units: DecoderConfiguration['units'] = [];
  let at = 23;
  for (let array = bytes[22] ?? 0; array > 0 && at + 3 <= bytes.length; array--) {
    let count = bytes.readUInt16BE(at + 1);
    at += 3;
    for (; count > 0 && at + 2 <= bytes.length; count--) {
      const size = bytes.readUInt16BE(at);
      const unit = bytes.subarray(at + 2, at + 2 + size);
      if (unit.length > 0 && isSei('h265', unit[0] ?? 0)) units.push({ at: at + 2, bytes: unit });
      at += 2 + size;
    }
  }
  return { lengthBytes: ((bytes[21] ?? 0) & 3) + 1, units };
}
