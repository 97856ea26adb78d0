/** Decompresses the RTF text of a mail as Outlook stores it ([MS-OXRTFCP] §2 and 3). */

/** Initial content of the dictionary (§2.1.2.1). */
const INITIAL_DICTIONARY = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
);
const HEAD = { bytes: 16, rawSize: 4, kind: 8, sum: 12 } as const;
const KIND = { packed: 0x75465a4c, asItIs: 0x414c454d } as const;
const DICTIONARY_BYTES = 4096;

export interface Rtf {
  bytes: Buffer;
  /** Whether the text has the stated length and, if compressed, the stated checksum. */
  isWhole: boolean;
}

/** Returns up to `most` bytes of the text; `undefined` if the format is unknown. */
export function unpackRtf(bytes: Buffer, most: number): Rtf | undefined {
  if (bytes.length < HEAD.bytes) return undefined;
  const stated = bytes.readUInt32LE(HEAD.rawSize);
  const size = Math.min(stated, most);
  const kind = bytes.readUInt32LE(HEAD.kind);
  // The size does not count itself; bytes beyond it are ignored (§2.1.3.1).
  const end = Math.min(bytes.length, bytes.readUInt32LE(0) + SIZE_BYTES);
  const content = bytes.subarray(HEAD.bytes, Math.max(HEAD.bytes, end));
  if (kind === KIND.asItIs) {
    const text = content.subarray(0, size);
    return { bytes: text, isWhole: text.length === stated };
  }
  if (kind !== KIND.packed) return undefined;
  const text = decompress(content, size);
  return {
    bytes: text,
    isWhole: text.length === stated && computeCrc(content) === bytes.readUInt32LE(HEAD.sum),
  };
}

const SIZE_BYTES = 4;
const SUMS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum >>> 0;
});

/** CRC with the polynomial of ZIP, initial value zero and no inversion (§2.1.3.1.1). */
function computeCrc(bytes: Buffer): number {
  let sum = 0;
  for (const byte of bytes) sum = ((SUMS[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8)) >>> 0;
  return sum;
}

/** Two bytes decompress to at most 17, which limits the allocation. */
function decompress(content: Buffer, size: number): Buffer {
  const out = Buffer.alloc(Math.min(size, content.length * 9));
  const dictionary = Buffer.alloc(DICTIONARY_BYTES);
  INITIAL_DICTIONARY.copy(dictionary);
  let length = 0;
  let write = INITIAL_DICTIONARY.length;
  const put = (byte: number) => {
    if (length < out.length) out[length++] = byte;
    dictionary[write] = byte;
    write = (write + 1) % DICTIONARY_BYTES;
  };
  for (let at = 0; at < content.length && length < out.length; ) {
    const flags = content[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < content.length; bit++) {
      const byte = content[at++] ?? 0;
      if ((flags & (1 << bit)) === 0) {
        put(byte);
        continue;
      }
      const pair = byte * 256 + (content[at++] ?? 0);
      const from = pair >> 4;
      if (from === write) return out.subarray(0, length);
      for (let step = 0; step < (pair & 15) + 2; step++)
        put(dictionary[(from + step) % DICTIONARY_BYTES] ?? 0);
    }
  }
  return out.subarray(0, length);
}
