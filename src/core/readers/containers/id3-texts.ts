import { lookupTable } from '../../../base/table.js';
import {
  decodePrintablePart,
  decodeTagText,
  decodeUtf16,
  formatByteCount,
  formatTagValue,
} from '../text/tag-text.js';

/** Texts of one ID3v2 frame (ID3v2.3 §4, v2.4 §4), by its v2.3 name. */

export interface FrameText {
  key: string;
  value: string;
}

/** v2.2 has the same frames under three letters. Rules use the later names. */
const LATER_NAMES: Readonly<Record<string, string>> = lookupTable({
  TXX: 'TXXX',
  COM: 'COMM',
  ULT: 'USLT',
  WXX: 'WXXX',
  GEO: 'GEOB',
  PIC: 'APIC',
  TSS: 'TSSE',
  TEN: 'TENC',
  TT2: 'TIT2',
  TP1: 'TPE1',
  TAL: 'TALB',
  WAS: 'WOAS',
  WAF: 'WOAF',
  UFI: 'UFID',
});

export const toFrameName = (id: string): string => LATER_NAMES[id] ?? id;

/** Returns the texts of a frame. `total`: full length of the frame if only its start was read. */
export function parseFrameTexts(id: string, content: Buffer, total: number): FrameText[] {
  const name = toFrameName(id);
  const encoding = content[0] ?? 0;
  switch (name) {
    case 'TXXX': {
      const { text, rest } = splitText(content.subarray(1), encoding);
      return parseTexts(rest, encoding).map((value) => ({ key: `TXXX:${text}`, value }));
    }
    case 'COMM':
    case 'USLT': {
      const { text, rest } = splitText(content.subarray(4), encoding);
      return [{ key: text === '' ? name : `${name}:${text}`, value: decodeText(rest, encoding) }];
    }
    case 'WXXX': {
      const { text, rest } = splitText(content.subarray(1), encoding);
      return [{ key: `WXXX:${text}`, value: decodePrintablePart(rest) }];
    }
    case 'UFID':
    case 'PRIV': {
      const { text, rest } = splitText(content, 0);
      const value = formatTagValue(rest, Math.max(rest.length, total - content.length + rest.length));
      return [{ key: `${name}:${text}`, value }];
    }
    case 'GEOB':
      return [objectText(content, encoding, total)];
    case 'APIC':
      return [{ key: 'APIC', value: `${pictureType(id, content)}, ${formatByteCount(total)}` }];
    default:
      if (/^T|^(GRP1|MVNM|MVIN|IPLS)$/.test(name))
        return parseTexts(content.subarray(1), encoding).map((value) => ({ key: name, value }));
      if (/^W/.test(name)) return [{ key: name, value: decodePrintablePart(content) }];
      return [{ key: name, value: formatTagValue(content, total) }];
  }
}

/** Describes an encapsulated object by media type, file name and description. The object itself is not text. */
function objectText(content: Buffer, encoding: number, total: number): FrameText {
  const mediaType = splitText(content.subarray(1), 0);
  const file = splitText(mediaType.rest, encoding);
  const description = splitText(file.rest, encoding);
  const before = content.length - description.rest.length;
  return {
    key: `GEOB:${description.text}`,
    value: `${mediaType.text}, ${formatByteCount(Math.max(0, total - before))}`,
  };
}

function pictureType(id: string, content: Buffer): string {
  return id === 'PIC' ? decodeTagText(content.subarray(1, 4)) : splitText(content.subarray(1), 0).text;
}

const UTF16_WITH_MARK = 1;
const UTF16_BE = 2;
const isWide = (encoding: number) => encoding === UTF16_WITH_MARK || encoding === UTF16_BE;

/** Splits off the text before its terminator. */
export function splitText(bytes: Buffer, encoding: number): { text: string; rest: Buffer } {
  const end = textEnd(bytes, encoding);
  const width = isWide(encoding) ? 2 : 1;
  return {
    text: decodeText(bytes.subarray(0, end), encoding),
    rest: bytes.subarray(Math.min(bytes.length, end + width)),
  };
}

/** Reads consecutive values, each with a terminator that the last may lack. */
function parseTexts(bytes: Buffer, encoding: number): string[] {
  const texts: string[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const cut = splitText(rest, encoding);
    texts.push(cut.text);
    rest = cut.rest;
  }
  while (texts.length > 1 && texts.at(-1) === '') texts.pop();
  return texts.length === 0 ? [''] : texts;
}

function textEnd(bytes: Buffer, encoding: number): number {
  if (!isWide(encoding)) {
    const end = bytes.indexOf(0);
    return end < 0 ? bytes.length : end;
  }
  for (let at = 0; at + 1 < bytes.length; at += 2) if (bytes[at] === 0 && bytes[at + 1] === 0) return at;
  return bytes.length;
}

/** Decodes text. Some writers declare Latin-1 but write UTF-8, so valid UTF-8 is decoded as such. */
function decodeText(bytes: Buffer, encoding: number): string {
  return isWide(encoding) ? decodeUtf16(bytes, encoding === UTF16_BE ? 'be' : 'le') : decodeTagText(bytes);
}
