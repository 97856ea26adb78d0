/** How ID3v2 keeps its own bytes from looking like the start of an MPEG frame. */

/** Four bytes of seven bits each; undefined where a top bit is set. */
export function synchsafe(bytes: Buffer, at: number): number | undefined {
  const raw = bytes.readUInt32BE(at);
  if ((raw & 0x80808080) !== 0) return undefined;
  return ((raw >>> 24) << 21) | (((raw >>> 16) & 0x7f) << 14) | (((raw >>> 8) & 0x7f) << 7) | (raw & 0x7f);
}

/** ID3v2 §5: a zero after 0xff was put in so that no MPEG sync appears. */
export function resynchronised(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  let filled = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    out[filled++] = byte;
    if (byte === 0xff && bytes[at + 1] === 0) at += 1;
  }
  return out.subarray(0, filled);
}
