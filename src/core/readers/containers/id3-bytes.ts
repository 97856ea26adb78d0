/** Encodings by which ID3v2 keeps its bytes from looking like the start of an MPEG frame. */

/** Reads four bytes of seven bits each; `undefined` if a top bit is set. */
export function readSynchsafe(bytes: Buffer, at: number): number | undefined {
  const raw = bytes.readUInt32BE(at);
  if ((raw & 0x80808080) !== 0) return undefined;
  return ((raw >>> 24) << 21) | (((raw >>> 16) & 0x7f) << 14) | (((raw >>> 8) & 0x7f) << 7) | (raw & 0x7f);
}

/** Removes the zeros that were inserted after 0xff so that no MPEG sync appears (ID3v2 §5). */
export function undoUnsynchronisation(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  let filled = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    out[filled++] = byte;
    if (byte === 0xff && bytes[at + 1] === 0) at += 1;
  }
  return out.subarray(0, filled);
}
