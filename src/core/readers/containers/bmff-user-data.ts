import { decodeTagText, decodeUtf16, formatTagValue, isPrintable } from '../text/tag-text.js';

/**
 * Texts in the children of `udta`: QuickTime international text, 3GPP text, Microsoft's `Xtra`, Samsung's `smta`, or
 * anything else.
 */

export interface UserText {
  /** Name within the box; empty for the box itself. */
  name: string;
  value: string;
}

/** Boxes of 3GPP TS 26.244 §8: version and flags, language, text. */
const THREE_GPP: ReadonlySet<string> = new Set(['titl', 'dscp', 'cprt', 'perf', 'auth', 'gnre', 'albm']);

/** Canon writes six bytes of its own before the text (ExifTool QuickTime.pm). */
const MAKE_AND_MODEL: ReadonlySet<string> = new Set(['manu', 'modl']);
const CANON_HEAD = 6;

/** Returns the texts of one box. `bytes` is its content or the start of it, `total` the full length. */
export function parseUserData(type: string, bytes: Buffer, total: number): UserText[] {
  if (type === 'Xtra') return xtraTexts(bytes);
  if (type === 'smta') return samsungTexts(bytes);
  if (MAKE_AND_MODEL.has(type) && bytes.length > CANON_HEAD && bytes.readUInt32BE(0) === 0)
    return [{ name: '', value: boundedText(bytes.subarray(CANON_HEAD)) }];
  // Some writers put the iTunes form, a `data` box with type and locale before the value, into plain user data.
  if (bytes.toString('latin1', 4, 8) === 'data')
    return [{ name: '', value: formatTagValue(bytes.subarray(16), Math.max(0, total - 16)) }];
  if (type.startsWith('©')) {
    const texts = internationalTexts(bytes);
    if (texts) return texts.map((value) => ({ name: '', value }));
  }
  if (THREE_GPP.has(type) && bytes.length > 6 && !isPrintable(bytes))
    return [{ name: '', value: boundedText(bytes.subarray(6)) }];
  if (type === 'loci') return [{ name: '', value: placeText(bytes) ?? formatTagValue(bytes, total) }];
  return [{ name: '', value: formatTagValue(bytes, total) }];
}

/** Reads 16-bit length, 16-bit language and text for each language; `undefined` if the lengths do not fit. */
function internationalTexts(bytes: Buffer): string[] | undefined {
  const texts: string[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const end = at + 4 + bytes.readUInt16BE(at);
    if (end > bytes.length) return undefined;
    texts.push(boundedText(bytes.subarray(at + 4, end)));
    at = end;
  }
  return texts.length > 0 && bytes.subarray(at).every((byte) => byte === 0) ? texts : undefined;
}

/** Decodes UTF-16 if a byte order mark is present. */
function boundedText(bytes: Buffer): string {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  return mark === 0xfeff || mark === 0xfffe ? decodeUtf16(bytes, 'be') : decodeTagText(bytes);
}

/** Formats 3GPP `loci` (name, role, then longitude, latitude and altitude in 16.16) in the order of ISO 6709. */
function placeText(bytes: Buffer): string | undefined {
  const end = bytes.indexOf(0, 6);
  if (end < 0 || end + 14 > bytes.length) return undefined;
  const degrees = (at: number) => {
    const value = bytes.readInt32BE(at) / 65_536;
    return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
  };
  return `${degrees(end + 6)}${degrees(end + 2)}${degrees(end + 10)}/ ${decodeTagText(bytes.subarray(6, end))}`.trim();
}

/** Samsung's boxes follow four bytes of version and flags; `mdln` names the model (ExifTool Samsung.pm). */
function samsungTexts(bytes: Buffer): UserText[] {
  let at = 4;
  while (at + 8 <= bytes.length) {
    const end = at + bytes.readUInt32BE(at);
    if (end < at + 8 || end > bytes.length) break;
    if (bytes.toString('latin1', at + 4, at + 8) === 'mdln')
      return [{ name: 'mdln', value: boundedText(bytes.subarray(at + 8, end)) }];
    at = end;
  }
  return [{ name: '', value: formatTagValue(bytes) }];
}

const XTRA_TEXT = 8;

/** Reads Microsoft's list: size, name with its length, number of values, then each value with size and type. */
function xtraTexts(bytes: Buffer): UserText[] {
  const found: UserText[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const end = at + bytes.readUInt32BE(at);
    const nameEnd = at + 8 + bytes.readUInt32BE(at + 4);
    if (end <= at + 8 || end > bytes.length || nameEnd + 4 > end) break;
    const name = decodeTagText(bytes.subarray(at + 8, nameEnd));
    for (let value = nameEnd + 4; value + 6 <= end; ) {
      const next = value + bytes.readUInt32BE(value);
      if (next < value + 6 || next > end) break;
      const data = bytes.subarray(value + 6, next);
      const text = bytes.readUInt16BE(value + 4) === XTRA_TEXT;
      found.push({ name, value: text ? decodeUtf16(data, 'le') : formatTagValue(data) });
      value = next;
    }
    at = end;
  }
  return found.length > 0 ? found : [{ name: '', value: formatTagValue(bytes) }];
}
