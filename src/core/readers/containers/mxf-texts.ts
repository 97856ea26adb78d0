import { decodeTagText, decodeUtf16, isPrintable } from '../text/tag-text.js';

/** Text in items of unknown type. Most such items are numbers and identifiers. */

/** Minimum length at which it is no coincidence that all units are letters. */
const MIN_UNITS = 2;
const MIN_BYTES = 4;
/** Lengths of numbers, identifiers and UMIDs, which often decode to rare characters in UTF-16. */
const IDENTIFIER_BYTES: ReadonlySet<number> = new Set([4, 8, 12, 16, 32]);
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ud800-\udfff\ue000-\uf8ff]/u;
const WRITTEN =
  /^[\t\n\r -\u06ff\u0900-\u0dff\u0e00-\u0e7f\u1e00-\u206f\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef]*$/;
/** Start of SMPTE labels and UMIDs (ST 298, ST 330). */
const REGISTERED = /^060[ae]2b34/;

/** Decodes UTF-16, else UTF-8; `undefined` if the bytes are text in neither. */
export function decodeText(bytes: Buffer, order: 'be' | 'le' = 'be'): string | undefined {
  if (REGISTERED.test(bytes.toString('hex', 0, 4))) return undefined;
  if (bytes.length >= 2 * MIN_UNITS && bytes.length % 2 === 0) {
    const text = decodeUtf16(bytes, order);
    if (isText(text, bytes.length)) return text;
  }
  if (bytes.length < MIN_BYTES || bytes.every((byte) => byte === 0) || !isPrintable(bytes)) return undefined;
  const text = decodeTagText(bytes);
  // An identifier may happen to decode as text, so text of such a length must be ASCII.
  return IDENTIFIER_BYTES.has(bytes.length) && !/^[ -~]*$/.test(text) ? undefined : text;
}

function isText(text: string, bytes: number): boolean {
  if (text.length < MIN_UNITS || CONTROL.test(text)) return false;
  let latin = 0;
  let small = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x100) latin += 1;
    // Pairs of bytes with small numbers decode to these characters.
    else if (code < 0x300) small += 1;
  }
  if (latin * 2 >= text.length) return true;
  if (small * 2 > text.length) return false;
  return !IDENTIFIER_BYTES.has(bytes) && WRITTEN.test(text);
}
