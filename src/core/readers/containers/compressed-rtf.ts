/** The text of a mail in RTF, as Outlook packs it ([MS-OXRTFCP] §2 and 3). */

/** §2.1.2.1: what stands in the dictionary before the first byte. */
const BEGUN = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
);
const HEAD = { bytes: 16, rawSize: 4, kind: 8 } as const;
const KIND = { packed: 0x75465a4c, asItIs: 0x414c454d } as const;
const DICTIONARY_BYTES = 4096;

/** Up to `most` bytes of it; undefined where it is of neither kind. */
export function unpackedRtf(bytes: Buffer, most: number): Buffer | undefined {
  if (bytes.length < HEAD.bytes) return undefined;
  const size = Math.min(bytes.readUInt32LE(HEAD.rawSize), most);
  const kind = bytes.readUInt32LE(HEAD.kind);
  const content = bytes.subarray(HEAD.bytes);
  if (kind === KIND.asItIs) return content.subarray(0, size);
  return kind === KIND.packed ? unpacked(content, size) : undefined;
}

/** Two bytes give at most 17: no more is set aside than can come of them. */
function unpacked(content: Buffer, size: number): Buffer {
  const out = Buffer.alloc(Math.min(size, content.length * 9));
  const dictionary = Buffer.alloc(DICTIONARY_BYTES);
  BEGUN.copy(dictionary);
  let length = 0;
  let write = BEGUN.length;
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
