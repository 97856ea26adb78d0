import { constants, inflateSync } from 'node:zlib';

/** `damaged`: the filter cannot decode the bytes; `larger`: the output exceeds the limit. */
export type DecodedStream = Buffer | 'damaged' | 'larger';

/** Filters that may precede the one that encodes a picture, by full and short name. */
const DECODERS: ReadonlyMap<string, (bytes: Buffer, most: number) => DecodedStream> = new Map([
  ['FlateDecode', inflate],
  ['Fl', inflate],
  ['ASCII85Decode', decodeAscii85],
  ['A85', decodeAscii85],
  ['ASCIIHexDecode', decodeAsciiHex],
  ['AHx', decodeAsciiHex],
  ['RunLengthDecode', decodeRunLengths],
  ['RL', decodeRunLengths],
]);

/**
 * Returns whether all filters can be undone. Others cannot: predictors are meaningless for a picture file, and LZW is
 * no longer written.
 */
export const canUndoFilters = (filters: readonly string[]): boolean =>
  filters.length <= MAX_FILTERS && filters.every((filter) => DECODERS.has(filter));

const MAX_FILTERS = 8;

/** Decodes a stream through these filters, from the first to the last (ISO 32000-2, 7.4). */
export function undoFilters(raw: Buffer, filters: readonly string[], most: number): DecodedStream {
  let bytes: DecodedStream = raw;
  for (const filter of filters) {
    bytes = DECODERS.get(filter)?.(bytes, most) ?? 'damaged';
    if (typeof bytes === 'string') return bytes;
  }
  return bytes.length > most ? 'larger' : bytes;
}

const MAX_HEAD_BYTES = 8 * 1024 ** 2;

/** Decodes the start of a stream from the start of its raw bytes; `undefined` if that is impossible. */
export function decodeHead(raw: Buffer, filters: readonly string[]): Buffer | undefined {
  const [filter, ...more] = filters;
  if (filter === undefined) return raw;
  if (more.length > 0 || DECODERS.get(filter) !== inflate) return undefined;
  try {
    return inflateSync(raw, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_HEAD_BYTES });
  } catch {
    return undefined;
  }
}

function inflate(bytes: Buffer, most: number): DecodedStream {
  try {
    return inflateSync(bytes, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
      ? 'larger'
      : 'damaged';
  }
}

const [TILDE, ANGLE, Z, FIRST, LAST] = [0x7e, 0x3e, 0x7a, 0x21, 0x75];
const isBlank = (byte: number) => byte === 0 || (byte >= 9 && byte <= 13) || byte === 32;
const ZEROS = [0, 0, 0, 0, 0];

/** Decodes ASCII85: five characters for four bytes, `z` for four zeros, up to `~>` (ISO 32000-2, 7.4.3). */
function decodeAscii85(text: Buffer, most: number): DecodedStream {
  // Only `z` makes the output longer than the input.
  const out = Buffer.alloc(Math.min(text.length * 4, most) + 4);
  const group: number[] = [];
  let at = 0;
  /** A short last group yields fewer bytes. */
  const put = (digits: readonly number[], bytes = 4): 'damaged' | 'larger' | undefined => {
    const value = digits.reduce((sum, digit) => sum * 85 + digit, 0);
    if (value > 0xffffffff) return 'damaged';
    if (at + 4 > out.length) return 'larger';
    out.writeUInt32BE(value, at);
    at += bytes;
    return undefined;
  };
  for (const byte of text) {
    if (isBlank(byte)) continue;
    if (byte === TILDE) break;
    let full: readonly number[] = ZEROS;
    if (byte !== Z || group.length > 0) {
      if (byte < FIRST || byte > LAST) return 'damaged';
      group.push(byte - FIRST);
      if (group.length < 5) continue;
      full = group.splice(0);
    }
    const stopped = put(full);
    if (stopped) return stopped;
  }
  if (group.length === 1) return 'damaged';
  const stopped = group.length > 1 ? put([...group, 84, 84, 84].slice(0, 5), group.length - 1) : undefined;
  return stopped ?? out.subarray(0, at);
}

/** Decodes hexadecimal, two digits per byte, up to `>` (ISO 32000-2, 7.4.2). */
function decodeAsciiHex(text: Buffer): DecodedStream {
  const end = text.indexOf(ANGLE);
  const digits = (end < 0 ? text : text.subarray(0, end)).toString('latin1').replaceAll(/[\s\0]+/g, '');
  if (/[^\da-f]/i.test(digits)) return 'damaged';
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
}

const END_OF_RUNS = 128;

/**
 * Decodes run lengths: a number of literal bytes, or one byte repeated (ISO 32000-2, 7.4.5). Measures the output first:
 * there may be a run for every two bytes, and an object for each would take a hundred times their size.
 */
function decodeRunLengths(bytes: Buffer, most: number): DecodedStream {
  let length = 0;
  for (let at = 0; at < bytes.length && bytes[at] !== END_OF_RUNS; at = skipRun(bytes, at)) {
    length += countRunBytes(bytes, at);
    if (length > most) return 'larger';
  }
  const out = Buffer.alloc(length);
  let end = 0;
  for (let at = 0; end < length; at = skipRun(bytes, at)) {
    const step = (bytes[at] ?? 0) > END_OF_RUNS ? 0 : 1;
    const next = end + countRunBytes(bytes, at);
    for (let from = at + 1; end < next; from += step) out[end++] = bytes[from] ?? 0;
  }
  return out;
}

/** Returns the output length of one run; literal bytes may be truncated. */
function countRunBytes(bytes: Buffer, at: number): number {
  const head = bytes[at] ?? END_OF_RUNS;
  return head > END_OF_RUNS ? 257 - head : Math.min(head + 1, bytes.length - at - 1);
}

function skipRun(bytes: Buffer, at: number): number {
  const head = bytes[at] ?? END_OF_RUNS;
  return at + (head > END_OF_RUNS ? 2 : 2 + head);
}
