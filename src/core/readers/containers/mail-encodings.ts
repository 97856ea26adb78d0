import { table } from '../../ground/table.js';

/** How the bytes of a part are written in a mail (RFC 2045 §6). */

/** Undefined where they are damaged. */
export type Decode = (raw: Buffer) => Buffer | undefined;

/** By the name in Content-Transfer-Encoding, lower case. `undefined`: the body is the part, as it stands. */
export const ENCODINGS: Readonly<Record<string, Decode | 'asIs'>> = table({
  '': 'asIs',
  '7bit': 'asIs',
  '8bit': 'asIs',
  binary: 'asIs',
  base64,
  'quoted-printable': quotedPrintable,
});

/** Encodings of text: whatever hands the mail on may change the line ends of the part. */
export const KEEPS_LINE_ENDS: ReadonlySet<string> = new Set(['base64', 'binary']);

/**
 * Other characters than those of Base64 mean that the mail was damaged on its way, unless they stand behind the padding: what
 * a mailing list adds to each mail stands there. Some programs pad every line.
 */
function base64(raw: Buffer): Buffer | undefined {
  const text = raw.toString('latin1').replace(/[\r\n\t ]+/g, '');
  const end = text.indexOf('=');
  if (end < 0) return ONLY_BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
  if (!ONLY_BASE64.test(text.slice(0, end))) return undefined;
  const behind = text.slice(end).replace(/^=+/, '');
  if (behind === '' || !ONLY_PADDED.test(behind)) return Buffer.from(text.slice(0, end), 'base64');
  return paddedOften(text);
}

/** Shorter pieces than these are no lines of a mail. */
const LEAST_PIECE_CHARACTERS = 8;

function paddedOften(text: string): Buffer | undefined {
  const out = Buffer.allocUnsafe(text.length);
  let length = 0;
  let pieces = Math.ceil(text.length / LEAST_PIECE_CHARACTERS);
  for (let at = 0; at < text.length; pieces--) {
    if (pieces === 0) return undefined;
    const padding = text.indexOf('=', at);
    const end = padding < 0 ? text.length : padding;
    length += out.write(text.slice(at, end), length, 'base64');
    at = end;
    while (text[at] === '=') at += 1;
  }
  return out.subarray(0, length);
}

const ONLY_BASE64 = /^[A-Za-z0-9+/]*$/;
const ONLY_PADDED = /^[A-Za-z0-9+/=]*$/;

const EQUALS = 0x3d;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const BLANKS: ReadonlySet<number | undefined> = new Set([0x20, 0x09, RETURN]);

/** Blanks at the end of a line were added on the way; an `=` there joins it to the next. */
function quotedPrintable(raw: Buffer): Buffer {
  const out = Buffer.allocUnsafe(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length; ) {
    const lineFeed = raw.indexOf(LINE_FEED, at);
    const next = lineFeed < 0 ? raw.length : lineFeed;
    let end = next;
    while (end > at && BLANKS.has(raw[end - 1])) end -= 1;
    const joins = end > at && raw[end - 1] === EQUALS;
    length = unescaped(raw.subarray(at, joins ? end - 1 : end), out, length);
    if (!joins && lineFeed >= 0) {
      if (lineFeed > at && raw[lineFeed - 1] === RETURN) out[length++] = RETURN;
      out[length++] = LINE_FEED;
    }
    at = next + 1;
  }
  return out.subarray(0, length);
}

/** What is no byte in hexadecimal behind an `=` stands for itself. Gives where `out` then ends. */
function unescaped(line: Buffer, out: Buffer, from: number): number {
  let length = from;
  for (let at = 0; at < line.length; at++) {
    const byte = line[at] ?? 0;
    const high = byte === EQUALS ? hex(line[at + 1]) : undefined;
    const low = high === undefined ? undefined : hex(line[at + 2]);
    if (high === undefined || low === undefined) out[length++] = byte;
    else {
      out[length++] = high * 16 + low;
      at += 2;
    }
  }
  return length;
}

function hex(byte = 0): number | undefined {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined;
}
