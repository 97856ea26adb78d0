import { isPrintable, tagText, tagTextOrBytes, utf16Text } from '../tag-text.js';

/** What a child of `udta` says: QuickTime international text, 3GPP text, Microsoft's `Xtra`, Samsung's `smta`, or anything else. */

export interface UserText {
  /** Empty for the box itself, else a name within it. */
  name: string;
  value: string;
}

/** 3GPP TS 26.244 §8: version and flags, language, text. */
const THREE_GPP: ReadonlySet<string> = new Set(['titl', 'dscp', 'cprt', 'perf', 'auth', 'gnre', 'albm']);

/** Canon writes six bytes of its own before the text (ExifTool QuickTime.pm). */
const MAKE_AND_MODEL: ReadonlySet<string> = new Set(['manu', 'modl']);
const CANON_HEAD = 6;

/** `bytes` is the box's content or its start, `total` how long it is. */
export function userDataTexts(type: string, bytes: Buffer, total: number): UserText[] {
  if (type === 'Xtra') return xtraTexts(bytes);
  if (type === 'smta') return samsungTexts(bytes);
  if (MAKE_AND_MODEL.has(type) && bytes.length > CANON_HEAD && bytes.readUInt32BE(0) === 0)
    return [{ name: '', value: boundedText(bytes.subarray(CANON_HEAD)) }];
  // Some writers put iTunes's form, a `data` box with type and locale before the value, into plain user data.
  if (bytes.toString('latin1', 4, 8) === 'data')
    return [{ name: '', value: tagTextOrBytes(bytes.subarray(16), Math.max(0, total - 16)) }];
  if (type.startsWith('©')) {
    const texts = internationalTexts(bytes);
    if (texts) return texts.map((value) => ({ name: '', value }));
  }
  if (THREE_GPP.has(type) && bytes.length > 6 && !isPrintable(bytes))
    return [{ name: '', value: boundedText(bytes.subarray(6)) }];
  if (type === 'loci') return [{ name: '', value: placeText(bytes) ?? tagTextOrBytes(bytes, total) }];
  return [{ name: '', value: tagTextOrBytes(bytes, total) }];
}

/** 16-bit length, 16-bit language, text, as often as there are languages. Undefined where the lengths do not fit. */
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

/** UTF-16 where a byte order mark says so. */
function boundedText(bytes: Buffer): string {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  return mark === 0xfeff || mark === 0xfffe ? utf16Text(bytes, 'be') : tagText(bytes);
}

/** 3GPP `loci`: name, role, then longitude, latitude and altitude in 16.16; in the customary order of ISO 6709. */
function placeText(bytes: Buffer): string | undefined {
  const end = bytes.indexOf(0, 6);
  if (end < 0 || end + 14 > bytes.length) return undefined;
  const degrees = (at: number) => {
    const value = bytes.readInt32BE(at) / 65_536;
    return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
  };
  return `${degrees(end + 6)}${degrees(end + 2)}${degrees(end + 10)}/ ${tagText(bytes.subarray(6, end))}`.trim();
}

/** Samsung's boxes stand behind four bytes of version and flags; `mdln` names the model (ExifTool Samsung.pm). */
function samsungTexts(bytes: Buffer): UserText[] {
  let at = 4;
  while (at + 8 <= bytes.length) {
    const end = at + bytes.readUInt32BE(at);
    if (end < at + 8 || end > bytes.length) break;
    if (bytes.toString('latin1', at + 4, at + 8) === 'mdln')
      return [{ name: 'mdln', value: boundedText(bytes.subarray(at + 8, end)) }];
    at = end;
  }
  return [{ name: '', value: tagTextOrBytes(bytes) }];
}

const XTRA_TEXT = 8;

/** Microsoft's list: size, name with its length, number of values, then each with size and type. */
function xtraTexts(bytes: Buffer): UserText[] {
  const found: UserText[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const end = at + bytes.readUInt32BE(at);
    const nameEnd = at + 8 + bytes.readUInt32BE(at + 4);
    if (end <= at + 8 || end > bytes.length || nameEnd + 4 > end) break;
    const name = tagText(bytes.subarray(at + 8, nameEnd));
    for (let value = nameEnd + 4; value + 6 <= end; ) {
      const next = value + bytes.readUInt32BE(value);
      if (next < value + 6 || next > end) break;
      const data = bytes.subarray(value + 6, next);
      const text = bytes.readUInt16BE(value + 4) === XTRA_TEXT;
      found.push({ name, value: text ? utf16Text(data, 'le') : tagTextOrBytes(data) });
      value = next;
    }
    at = end;
  }
  return found.length > 0 ? found : [{ name: '', value: tagTextOrBytes(bytes) }];
}
