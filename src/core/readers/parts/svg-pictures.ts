import { said } from '../../../say/said.js';
import { type AssetPart, PartClosed } from '../../evidence/evidence.js';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import { table } from '../../ground/table.js';
import type { Asset } from '../../media/asset.js';
import { bounded } from '../containers/walk.js';
import { type Inner, nothingInside } from './inner.js';
import { pictureType } from './picture-type.js';

/** How a medium in a link begins (RFC 2397): in an attribute, a style sheet, a CDATA section, an entity of the file’s own. */
const LINK = /data:(image|audio|video)\/[\w.+-]{1,64}((?:;[\w.+=-]{1,64}){0,4}),/gi;
/** Where a link ends that stands in no quotation marks of its own; in an attribute these may be spelled in entities. */
const END = /["'<>)]|&(?:quot|apos|#0{0,4}3[49]|#x0{0,4}2[27]);/gi;
/** What is shorter is an example in a text about such links. */
const LEAST_CHARACTERS = 16;
/** `href` or `xlink:href` of an element that shows what an address leads to, where that is an address. */
const OUTSIDE =
  /<(?:[\w-]{1,32}:)?(?:image|feImage|use|video|audio|source|img)\b[^<>]{0,4096}?\s(?:[\w-]{1,32}:)?(?:href|src)\s{0,16}=\s{0,16}["']\s{0,16}(?!data:|[#&])[^"'\s]/gi;

/** Pictures, films and sounds within an SVG. What it names outside itself is counted, and never fetched. */
export async function picturesInSvg(asset: Asset): Promise<Inner> {
  const inner = nothingInside();
  if (asset.bytes > limits.svgBytes)
    return { ...inner, fault: bounded('bound.svg', { most: limits.svgBytes }) };
  const { text, width } = textOf(await asset.read(0, asset.bytes));
  LINK.lastIndex = 0;
  for (let found = LINK.exec(text); found !== null; found = LINK.exec(text)) {
    const { 0: head, 1: kind, 2: settings = '', index } = found;
    const start = index + head.length;
    const end = endOf(text, index, start);
    // What stands in a link belongs to what that one leads to.
    LINK.lastIndex = end;
    const written = text.slice(start, end);
    if (written.trim().length < LEAST_CHARACTERS) continue;
    const first = decoded(written.slice(0, HEAD_CHARACTERS), settings);
    const mediaType = first instanceof PartClosed ? undefined : pictureType(first);
    inner.parts.push({
      kind: KINDS[kind?.toLowerCase() ?? ''] ?? 'embedded-picture',
      ...(mediaType === undefined ? {} : { mediaType }),
      offset: start * width,
      bytes: isBase64(settings) ? Math.floor((written.length * 3) / 4) : written.length,
      place: 'data link',
      unpack: async (most) => {
        const content = decoded(written, settings);
        if (content instanceof PartClosed) throw content;
        if (content.length > most) throw new PartClosed(fault('bound.unpackedPart', { most }));
        return content;
      },
    });
    if (inner.parts.length > limits.parts) break;
  }
  const outside = [...text.matchAll(OUTSIDE)].length;
  return outside === 0 ? inner : { ...inner, notes: [said('note.outside', { count: outside })] };
}

/** One character for each byte, or for each two. */
function textOf(bytes: Buffer): { text: string; width: 1 | 2 } {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0))
    return { text: bytes.toString('utf16le'), width: 2 };
  return { text: bytes.toString('latin1'), width: 1 };
}

/** At the quotation mark that stands before it too, or at whatever ends it first. */
function endOf(text: string, index: number, start: number): number {
  const before = text[index - 1];
  if (before === '"' || before === "'") {
    const end = text.indexOf(before, start);
    return end < 0 ? text.length : end;
  }
  END.lastIndex = start;
  return END.exec(text)?.index ?? text.length;
}

const KINDS: Readonly<Record<string, AssetPart['kind']>> = table({
  audio: 'embedded-sound',
  video: 'embedded-video',
});

/** Enough to tell a picture by. */
const HEAD_CHARACTERS = 256;

const isBase64 = (settings: string): boolean => /;base64$/i.test(settings);

/** What the link says: entities of XML first, then percent signs, then Base64 if it is that. */
function decoded(written: string, settings: string): Buffer | PartClosed {
  const plain = written.replaceAll(ENTITY, (whole, name: string) => {
    const number = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    if (name.startsWith('#')) return number <= 0x10ffff ? String.fromCodePoint(number) : whole;
    return NAMED[name] ?? whole;
  });
  // An entity that the file defines for itself may be anything: nothing here expands those.
  if (OTHER_ENTITY.test(plain)) return new PartClosed(fault('part.packing'));
  const bytes = plain.replaceAll(/%([\da-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if (!isBase64(settings)) return Buffer.from(bytes, 'latin1');
  return Buffer.from(bytes, 'base64');
}

const ENTITY = /&(#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos);/gi;
const OTHER_ENTITY = /&[A-Za-z_][\w.-]{0,63};/;
const NAMED: Readonly<Record<string, string>> = table({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" });
