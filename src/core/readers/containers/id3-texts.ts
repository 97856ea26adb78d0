import { table } from '../../ground/table.js';
import { bytesWords, printablePart, tagText, tagTextOrBytes, utf16Text } from '../tag-text.js';

/** What one ID3v2 frame says (ID3v2.3 §4, v2.4 §4), by its name of v2.3. */

export interface FrameText {
  key: string;
  value: string;
}

/** v2.2 has the same frames under three letters; where rows ask for a name, it is the later one. */
const LATER_NAMES: Readonly<Record<string, string>> = table({
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

export const frameName = (id: string): string => LATER_NAMES[id] ?? id;

/** `total`: how long the frame is, where only its start was read. */
export function frameTexts(id: string, content: Buffer, total: number): FrameText[] {
  const name = frameName(id);
  const encoding = content[0] ?? 0;
  switch (name) {
    case 'TXXX': {
      const { text, rest } = cutText(content.subarray(1), encoding);
      return severalTexts(rest, encoding).map((value) => ({ key: `TXXX:${text}`, value }));
    }
    case 'COMM':
    case 'USLT': {
      const { text, rest } = cutText(content.subarray(4), encoding);
      return [{ key: text === '' ? name : `${name}:${text}`, value: wholeText(rest, encoding) }];
    }
    case 'WXXX': {
      const { text, rest } = cutText(content.subarray(1), encoding);
      return [{ key: `WXXX:${text}`, value: printablePart(rest) }];
    }
    case 'UFID':
    case 'PRIV': {
      const { text, rest } = cutText(content, 0);
      const value = tagTextOrBytes(rest, Math.max(rest.length, total - content.length + rest.length));
      return [{ key: `${name}:${text}`, value }];
    }
    case 'GEOB':
      return [objectText(content, encoding, total)];
    case 'APIC':
      return [{ key: 'APIC', value: `${pictureType(id, content)}, ${bytesWords(total)}` }];
    default:
      if (/^T|^(GRP1|MVNM|MVIN|IPLS)$/.test(name))
        return severalTexts(content.subarray(1), encoding).map((value) => ({ key: name, value }));
      if (/^W/.test(name)) return [{ key: name, value: printablePart(content) }];
      return [{ key: name, value: tagTextOrBytes(content, total) }];
  }
}

/** Encapsulated objects: media type, file name, description. The object itself is no text. */
function objectText(content: Buffer, encoding: number, total: number): FrameText {
  const mediaType = cutText(content.subarray(1), 0);
  const file = cutText(mediaType.rest, encoding);
  const description = cutText(file.rest, encoding);
  const before = content.length - description.rest.length;
  return {
    key: `GEOB:${description.text}`,
    value: `${mediaType.text}, ${bytesWords(Math.max(0, total - before))}`,
  };
}

function pictureType(id: string, content: Buffer): string {
  return id === 'PIC' ? tagText(content.subarray(1, 4)) : cutText(content.subarray(1), 0).text;
}

const UTF16_WITH_MARK = 1;
const UTF16_BE = 2;
const isWide = (encoding: number) => encoding === UTF16_WITH_MARK || encoding === UTF16_BE;

/** Text up to its terminator, and what follows that. */
export function cutText(bytes: Buffer, encoding: number): { text: string; rest: Buffer } {
  const end = textEnd(bytes, encoding);
  const width = isWide(encoding) ? 2 : 1;
  return {
    text: wholeText(bytes.subarray(0, end), encoding),
    rest: bytes.subarray(Math.min(bytes.length, end + width)),
  };
}

/** Values one after the other, each with its terminator; the last may lack it. */
function severalTexts(bytes: Buffer, encoding: number): string[] {
  const texts: string[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const cut = cutText(rest, encoding);
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

/** Writers say Latin-1 and write UTF-8: what is valid UTF-8 is taken for it. */
function wholeText(bytes: Buffer, encoding: number): string {
  return isWide(encoding) ? utf16Text(bytes, encoding === UTF16_BE ? 'be' : 'le') : tagText(bytes);
}
