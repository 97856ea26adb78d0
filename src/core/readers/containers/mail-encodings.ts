import { lookupTable } from '../../../base/table.js';

/** Transfer encodings of mail parts (RFC 2045 §6). */

/** Decodes a body; `undefined` if it is damaged. */
export type BodyDecoder = (raw: Buffer) => Buffer | undefined;

/** Decoders by the lower-case name in Content-Transfer-Encoding. `asIs`: the body is the part. */
export const ENCODINGS: Readonly<Record<string, BodyDecoder | 'asIs'>> = lookupTable({
  '': 'asIs',
  '7bit': 'asIs',
  '8bit': 'asIs',
  binary: 'asIs',
  base64: decodeBase64,
  'quoted-printable': decodeQuotedPrintable,
});

/** Encodings that preserve line ends. With any other encoding a relay may change the line ends of the part. */
export const LINE_END_PRESERVING: ReadonlySet<string> = new Set(['base64', 'binary']);

/**
 * Decodes Base64. Other characters mean that the mail was damaged in transit, unless they follow the padding, where
 * mailing lists append text. Some programs pad every line.
 */
function decodeBase64(raw: Buffer): Buffer | undefined {
  const text = raw.toString('latin1').replace(/[\r\n\t ]+/g, '');
  const end = text.indexOf('=');
  if (end < 0) return ONLY_BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
  if (!ONLY_BASE64.test(text.slice(0, end))) return undefined;
  const behind = text.slice(end).replace(/^=+/, '');
  if (behind === '' || !ONLY_PADDED.test(behind)) return Buffer.from(text.slice(0, end), 'base64');
  return decodePaddedLines(text);
}

/** Minimum length of an encoded line. */
const MIN_LINE_CHARACTERS = 8;

function decodePaddedLines(text: string): Buffer | undefined {
  const out = Buffer.allocUnsafe(text.length);
  let length = 0;
  let pieces = Math.ceil(text.length / MIN_LINE_CHARACTERS);
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

/** Decodes quoted-printable. Blanks at the end of a line were added in transit; a final `=` joins the line to the next. */
function decodeQuotedPrintable(raw: Buffer): Buffer {
  const out = Buffer.allocUnsafe(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length; ) {
    const lineFeed = raw.indexOf(LINE_FEED, at);
    const next = lineFeed < 0 ? raw.length : lineFeed;
    let end = next;
    while (end > at && BLANKS.has(raw[end - 1])) end -= 1;
    const joins = end > at && raw[end - 1] === EQUALS;
    length = unescapeLine(raw.subarray(at, joins ? end - 1 : end), out, length);
    if (!joins && lineFeed >= 0) {
      if (lineFeed > at && raw[lineFeed - 1] === RETURN) out[length++] = RETURN;
      out[length++] = LINE_FEED;
    }
    at = next + 1;
  }
  return out.subarray(0, length);
}

/**
 * Decodes one line into `out` and returns the new end of `out`. An `=` without two hexadecimal digits stands for
 * itself.
 */
function unescapeLine(line: Buffer, out: Buffer, from: number): number {
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
