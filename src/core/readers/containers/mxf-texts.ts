import { isPrintable, tagText, utf16Text } from '../tag-text.js';

/** Text in items whose type is not known here. Most such items are numbers and identifiers. */

/** Of so many units it is no chance that all are letters. */
const LEAST_UNITS = 2;
const LEAST_BYTES = 4;
/** Numbers, identifiers and UMIDs have these lengths, and as UTF-16 they often come out as rare characters. */
const IDENTIFIER_BYTES: ReadonlySet<number> = new Set([4, 8, 12, 16, 32]);
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ud800-\udfff\ue000-\uf8ff]/u;
const WRITTEN =
  /^[\t\n\r -\u06ff\u0900-\u0dff\u0e00-\u0e7f\u1e00-\u206f\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef]*$/;
/** Labels and UMIDs of SMPTE (ST 298, ST 330). */
const REGISTERED = /^060[ae]2b34/;

/** UTF-16, else UTF-8; undefined where the bytes are no text of either. */
export function textInBytes(bytes: Buffer, order: 'be' | 'le' = 'be'): string | undefined {
  if (REGISTERED.test(bytes.toString('hex', 0, 4))) return undefined;
  if (bytes.length >= 2 * LEAST_UNITS && bytes.length % 2 === 0) {
    const text = utf16Text(bytes, order);
    if (isWritten(text, bytes.length)) return text;
  }
  if (bytes.length < LEAST_BYTES || bytes.every((byte) => byte === 0) || !isPrintable(bytes))
    return undefined;
  const text = tagText(bytes);
  // Bytes of an identifier that happen to be printable are rather no text.
  return IDENTIFIER_BYTES.has(bytes.length) && !/^[ -~]*$/.test(text) ? undefined : text;
}

function isWritten(text: string, bytes: number): boolean {
  if (text.length < LEAST_UNITS || CONTROL.test(text)) return false;
  let latin = 0;
  let small = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x100) latin += 1;
    // Small numbers in two bytes each come out as these.
    else if (code < 0x300) small += 1;
  }
  if (latin * 2 >= text.length) return true;
  if (small * 2 > text.length) return false;
  return !IDENTIFIER_BYTES.has(bytes) && WRITTEN.test(text);
}
