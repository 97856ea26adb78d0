import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { lookupTable } from '../../../base/table.js';
import { message } from '../../../i18n/message.js';
import { type AssetPart, UnreadablePartError } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { bounded } from '../containers/walk.js';
import { type InnerParts, noInnerParts } from './inner.js';
import { detectPictureType } from './picture-type.js';

/** Start of a medium's data URL (RFC 2397) in an attribute, a style sheet, a CDATA section, or an internal entity. */
const LINK = /data:(image|audio|video)\/[\w.+-]{1,64}((?:;[\w.+=-]{1,64}){0,4}),/gi;
/** End of a URL that is not in quotation marks of its own. In an attribute the marks may be written as entities. */
const END = /["'<>)]|&(?:quot|apos|#0{0,4}3[49]|#x0{0,4}2[27]);/gi;
/** Minimum length; shorter URLs are examples in a text about data URLs. */
const MIN_CHARACTERS = 16;
/** External address in `href` or `xlink:href` of an element that displays its target. */
const OUTSIDE =
  /<(?:[\w-]{1,32}:)?(?:image|feImage|use|video|audio|source|img)\b[^<>]{0,4096}?\s(?:[\w-]{1,32}:)?(?:href|src)\s{0,16}=\s{0,16}["']\s{0,16}(?!data:|[#&])[^"'\s]/gi;

/** Returns pictures, films and sounds within an SVG. External references are counted and never fetched. */
export async function findSvgPictures(asset: Asset): Promise<InnerParts> {
  const inner = noInnerParts();
  if (asset.bytes > limits.svgBytes)
    return { ...inner, fault: bounded('bound.bytes', { place: 'SVG', most: limits.svgBytes }) };
  const { text, width } = toText(await asset.read(0, asset.bytes));
  LINK.lastIndex = 0;
  for (let found = LINK.exec(text); found !== null; found = LINK.exec(text)) {
    const { 0: head, 1: kind, 2: settings = '', index } = found;
    const start = index + head.length;
    const end = findUrlEnd(text, index, start);
    // Nested URLs belong to the content of this one.
    LINK.lastIndex = end;
    const written = text.slice(start, end);
    if (written.trim().length < MIN_CHARACTERS) continue;
    const first = decodeUrl(written.slice(0, HEAD_CHARACTERS), settings);
    const mediaType = first instanceof UnreadablePartError ? undefined : detectPictureType(first);
    inner.parts.push({
      kind: KINDS[kind?.toLowerCase() ?? ''] ?? 'embedded-picture',
      ...(mediaType === undefined ? {} : { mediaType }),
      offset: start * width,
      bytes: isBase64(settings) ? Math.floor((written.length * 3) / 4) : written.length,
      locator: 'data link',
      unpack: async (most) => {
        const content = decodeUrl(written, settings);
        if (content instanceof UnreadablePartError) throw content;
        if (content.length > most) throw new UnreadablePartError(fault('bound.unpackedPart', { most }));
        return content;
      },
    });
    if (inner.parts.length > limits.parts) break;
  }
  const outside = [...text.matchAll(OUTSIDE)].length;
  return outside === 0 ? inner : { ...inner, notes: [message('note.outside', { count: outside })] };
}

/** Decodes the file to one character per byte, or per two bytes. */
function toText(bytes: Buffer): { text: string; width: 1 | 2 } {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0))
    return { text: bytes.toString('utf16le'), width: 2 };
  return { text: bytes.toString('latin1'), width: 1 };
}

/** Returns the end of the URL: the same quotation mark as before it, or the first character that ends it. */
function findUrlEnd(text: string, index: number, start: number): number {
  const before = text[index - 1];
  if (before === '"' || before === "'") {
    const end = text.indexOf(before, start);
    return end < 0 ? text.length : end;
  }
  END.lastIndex = start;
  return END.exec(text)?.index ?? text.length;
}

const KINDS: Readonly<Record<string, AssetPart['kind']>> = lookupTable({
  audio: 'embedded-sound',
  video: 'embedded-video',
});

/** Length that suffices to recognize a picture. */
const HEAD_CHARACTERS = 256;

const isBase64 = (settings: string): boolean => /;base64$/i.test(settings);

/** Decodes a data URL: XML entities first, then percent escapes, then Base64 if declared. */
function decodeUrl(written: string, settings: string): Buffer | UnreadablePartError {
  const plain = written.replaceAll(ENTITY, (whole, name: string) => {
    const number = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    if (name.startsWith('#')) return number <= 0x10ffff ? String.fromCodePoint(number) : whole;
    return NAMED[name] ?? whole;
  });
  // Entities that the file defines itself may be anything and are not expanded.
  if (OTHER_ENTITY.test(plain)) return new UnreadablePartError(fault('part.packing'));
  const bytes = plain.replaceAll(/%([\da-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if (!isBase64(settings)) return Buffer.from(bytes, 'latin1');
  return Buffer.from(bytes, 'base64');
}

const ENTITY = /&(#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos);/gi;
const OTHER_ENTITY = /&[A-Za-z_][\w.-]{0,63};/;
const NAMED: Readonly<Record<string, string>> = lookupTable({
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
});
