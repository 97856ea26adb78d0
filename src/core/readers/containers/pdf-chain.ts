import { constants, inflateSync } from 'node:zlib';

/** `damaged`: the filter does not read it; `larger`: it comes to more bytes than it may. */
export type Undone = Buffer | 'damaged' | 'larger';

/** Filters of a stream that stand before the one that makes it a picture: each as it is written, or in its short form. */
const DECODERS: ReadonlyMap<string, (bytes: Buffer, most: number) => Undone> = new Map([
  ['FlateDecode', inflated],
  ['Fl', inflated],
  ['ASCII85Decode', ofAscii85],
  ['A85', ofAscii85],
  ['ASCIIHexDecode', ofAsciiHex],
  ['AHx', ofAsciiHex],
  ['RunLengthDecode', ofRunLengths],
  ['RL', ofRunLengths],
]);

/** What those do not undo: predictors make no sense of a picture’s file, and LZW is no longer written. */
export const isUndone = (filters: readonly string[]): boolean =>
  filters.length <= MOST_FILTERS && filters.every((filter) => DECODERS.has(filter));

const MOST_FILTERS = 8;

/** What a stream holds once these are undone, from the first to the last (ISO 32000-2, 7.4). */
export function undone(raw: Buffer, filters: readonly string[], most: number): Undone {
  let bytes: Undone = raw;
  for (const filter of filters) {
    bytes = DECODERS.get(filter)?.(bytes, most) ?? 'damaged';
    if (typeof bytes === 'string') return bytes;
  }
  return bytes.length > most ? 'larger' : bytes;
}

const MOST_HEAD_BYTES = 8 * 1024 ** 2;

/** What the bytes begin with that these are the beginning of; undefined where that cannot be told. */
export function headOf(raw: Buffer, filters: readonly string[]): Buffer | undefined {
  const [filter, ...more] = filters;
  if (filter === undefined) return raw;
  if (more.length > 0 || DECODERS.get(filter) !== inflated) return undefined;
  try {
    return inflateSync(raw, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_HEAD_BYTES });
  } catch {
    return undefined;
  }
}

function inflated(bytes: Buffer, most: number): Undone {
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

/** ISO 32000-2, 7.4.3: five characters for four bytes, `z` for four zeros, up to `~>`. */
function ofAscii85(text: Buffer, most: number): Undone {
  // `z` alone makes it longer than it is.
  const out = Buffer.alloc(Math.min(text.length * 4, most) + 4);
  const group: number[] = [];
  let at = 0;
  /** Of a last group that is short, fewer bytes count. */
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

/** ISO 32000-2, 7.4.2: two digits a byte, up to `>`. */
function ofAsciiHex(text: Buffer): Undone {
  const end = text.indexOf(ANGLE);
  const digits = (end < 0 ? text : text.subarray(0, end)).toString('latin1').replaceAll(/[\s\0]+/g, '');
  if (/[^\da-f]/i.test(digits)) return 'damaged';
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
}

const END_OF_RUNS = 128;

/**
 * ISO 32000-2, 7.4.5: so many bytes as they are, or one so many times. Counted first: there may be a run for every two bytes,
 * and an object for each would take a hundred times as much as they hold.
 */
function ofRunLengths(bytes: Buffer, most: number): Undone {
  let length = 0;
  for (let at = 0; at < bytes.length && bytes[at] !== END_OF_RUNS; at = behindRun(bytes, at)) {
    length += runBytes(bytes, at);
    if (length > most) return 'larger';
  }
  const out = Buffer.alloc(length);
  let end = 0;
  for (let at = 0; end < length; at = behindRun(bytes, at)) {
    const step = (bytes[at] ?? 0) > END_OF_RUNS ? 0 : 1;
    const next = end + runBytes(bytes, at);
    for (let from = at + 1; end < next; from += step) out[end++] = bytes[from] ?? 0;
  }
  return out;
}

/** What one run comes to; bytes as they are may be cut off. */
function runBytes(bytes: Buffer, at: number): number {
  const head = bytes[at] ?? END_OF_RUNS;
  return head > END_OF_RUNS ? 257 - head : Math.min(head + 1, bytes.length - at - 1);
}

function behindRun(bytes: Buffer, at: number): number {
  const head = bytes[at] ?? END_OF_RUNS;
  return at + (head > END_OF_RUNS ? 2 : 2 + head);
}
