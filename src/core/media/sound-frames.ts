/**
 * Returns whether bytes begin like MPEG audio or ADTS: with a tag, or with consecutive frames (ISO/IEC 11172-3
 * §2.4.1.3, 13818-7 §6.2). The type detection requires only two bytes, which also begin many texts. That suffices for a
 * file that is declared as sound, but not for one of many in an archive.
 */
export function startsWithSoundFrames(head: Buffer): boolean {
  if (head.toString('latin1', 0, 3) === 'ID3') return true;
  let at = 0;
  for (let count = 0; count < MIN_FRAMES; count++) {
    const bytes = frameBytes(head, at);
    if (bytes === undefined) return false;
    at += bytes;
    // A short sound ends after its last frame.
    if (at === head.length) return true;
  }
  return true;
}

const MIN_FRAMES = 3;

/** kbit/s by layer (1, 2, 3) for MPEG 1, and for layers 1 and 2/3 of MPEG 2 and 2.5. Index 0 is free format. */
const RATES = {
  v1l1: [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  v1l2: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  v1l3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  v2l1: [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  v2l23: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const HERTZ = [44_100, 48_000, 32_000] as const;

function frameBytes(head: Buffer, at: number): number | undefined {
  if (at + 6 > head.length || head.readUInt16BE(at) >> 4 !== 0xfff) {
    // The sync mark of MPEG 2.5 is one bit shorter.
    if (at + 6 > head.length || head.readUInt16BE(at) >> 5 !== 0x7ff) return undefined;
  }
  const second = head[at + 1] ?? 0;
  const layer = 4 - ((second >> 1) & 3);
  if (layer === 4) {
    const bytes = (head.readUInt32BE(at + 2) >>> 5) & 0x1fff || 0;
    return second >> 4 === 0xf && bytes > 7 ? bytes : undefined;
  }
  const version = (second >> 3) & 3;
  const third = head[at + 2] ?? 0;
  const hertz = HERTZ[(third >> 2) & 3];
  if (version === 1 || hertz === undefined) return undefined;
  const isFirst = version === 3;
  const rates = isFirst
    ? [RATES.v1l1, RATES.v1l2, RATES.v1l3][layer - 1]
    : layer === 1
      ? RATES.v2l1
      : RATES.v2l23;
  const rate = (rates?.[third >> 4] ?? 0) * 1000;
  const perSecond = hertz / (isFirst ? 1 : version === 2 ? 2 : 4);
  const padding = (third >> 1) & 1;
  if (rate === 0) return undefined;
  if (layer === 1) return (Math.floor((12 * rate) / perSecond) + padding) * 4;
  const samples = layer === 3 && !isFirst ? 72 : 144;
  return Math.floor((samples * rate) / perSecond) + padding;
}
