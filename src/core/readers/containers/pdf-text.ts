import { lookupTable } from '../../../base/table.js';
import { decodeUtf16 } from '../text/tag-text.js';
import { decodeBytes } from '../text/text-bytes.js';
import type { PdfText } from './pdf-values.js';

const ESCAPES: Readonly<Record<string, number>> = lookupTable({ n: 10, r: 13, t: 9, b: 8, f: 12 });
const [OPENING, BACKSLASH, LF, CR] = [0x28, 0x5c, 10, 13];

/** Decodes a string (ISO 32000-2, 7.9.2): UTF-16 or UTF-8 by its byte order mark, else by its bytes. */
export function decodePdfText({ raw }: PdfText): string {
  const stored = Buffer.from(raw, 'latin1');
  const bytes = stored[0] === OPENING ? unescaped(stored.subarray(1, -1)) : decodeHex(raw);
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  if (mark === 0xfeff || mark === 0xfffe) return decodeUtf16(bytes, 'be');
  // Some writers omit the mark of UTF-8; the two encodings possible without a mark share ASCII.
  return decodeBytes(bytes).replace(/^\uFEFF/, '');
}

/** An odd last digit counts as if a zero followed. */
function decodeHex(raw: string): Buffer {
  const digits = raw.replaceAll(/[^\da-f]/gi, '');
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
}

function unescaped(bytes: Buffer): Buffer {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte !== BACKSLASH) {
      out.push(byte);
      continue;
    }
    at += 1;
    const octal = /^[0-7]{1,3}/.exec(bytes.toString('latin1', at, at + 3))?.[0];
    if (octal !== undefined) {
      out.push(Number.parseInt(octal, 8) & 0xff);
      at += octal.length - 1;
    } else if (bytes[at] === LF || bytes[at] === CR) {
      // A backslash continues the line in the next one.
      if (bytes[at] === CR && bytes[at + 1] === LF) at += 1;
    } else if (at < bytes.length) {
      const next = bytes[at] ?? 0;
      out.push(ESCAPES[String.fromCharCode(next)] ?? next);
    }
  }
  return Buffer.from(out);
}
