import { limits } from '../../../base/limits.js';

/** XML element without its children; names are as written, with prefix. */
export interface XmlElement {
  name: string;
  attributes: readonly XmlAttribute[];
  /** Trimmed text of the element without that of its children. */
  text: string;
  /** Parent element. */
  parent: XmlElement | undefined;
}

export interface XmlAttribute {
  name: string;
  value: string;
}

/** Matches a tag, a comment, a processing instruction or a CDATA section; any other markup is rejected. */
const MARKUP =
  /<(?:!--[\s\S]*?--|\?[\s\S]*?\?|!\[CDATA\[([\s\S]*?)\]\]|(\/?)([\p{L}_][\p{L}\p{N}_.:-]*)((?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"<]*"|'[^'<]*')){0,256})\s*(\/?))>/uy;
const ATTRIBUTES = /\s+([^\s=<>"'/]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * Returns the elements of XML in the order in which they end, up to the first error. DOCTYPE is not supported: only
 * XML's five entities and character references are known, so none can expand without limit. `broken`: `markup` if the
 * XML is not well-formed, `bound` past a limit, `total` past `most` elements and attributes.
 */
export function parseXml(
  bytes: Buffer,
  most: number = limits.documentXmlTotalElements,
): { elements: XmlElement[]; size: number; broken?: 'markup' | 'bound' | 'total' } {
  const tree = new Tree(most);
  const broken = read(decoded(bytes), tree);
  return { elements: tree.elements, size: tree.size, ...(broken ? { broken } : {}) };
}

function read(xml: string, tree: Tree): 'markup' | 'bound' | 'total' | undefined {
  let at = 0;
  for (let tags = 0; ; ) {
    const next = xml.indexOf('<', at);
    if (next < 0) return tree.isWhole ? undefined : 'markup';
    tree.text(unescaped(xml.slice(at, next)));
    MARKUP.lastIndex = next;
    const found = MARKUP.exec(xml);
    if (!found) return 'markup';
    at = next + found[0].length;
    const [, raw = '', closes, name, attributes = '', empty] = found;
    tree.text(raw);
    if (name === undefined) continue;
    if (++tags > limits.documentXmlElements || tree.depth > limits.xmpDepth) return 'bound';
    if (!closes && !tree.open(name, attributes)) return 'total';
    if ((closes || empty) && !tree.close(name)) return 'markup';
  }
}

/** Nested open elements and completed ones. */
class Tree {
  readonly elements: XmlElement[] = [];
  depth = 0;
  /** Number of elements and attributes. */
  size = 0;
  #open: XmlElement | undefined;

  constructor(readonly most: number) {}

  get isWhole(): boolean {
    return this.depth === 0 && this.elements.length > 0;
  }

  text(text: string): void {
    if (this.#open && text !== '') this.#open.text += text;
  }

  /** Returns `false` if the limit is reached. */
  open(name: string, attributes: string): boolean {
    const parsed = Array.from(
      attributes.matchAll(ATTRIBUTES),
      ([, key = '', double, single]): XmlAttribute => ({
        name: key,
        value: unescaped(double ?? single ?? ''),
      }),
    );
    this.size += 1 + parsed.length;
    if (this.size > this.most) return false;
    this.#open = { name, attributes: parsed, text: '', parent: this.#open };
    this.depth += 1;
    return true;
  }

  /** Returns `false` if another element is open. */
  close(name: string): boolean {
    const ended = this.#open;
    if (ended?.name !== name) return false;
    ended.text = ended.text.trim();
    this.elements.push(ended);
    this.#open = ended.parent;
    this.depth -= 1;
    return true;
  }
}

/** Returns the name without its prefix. Files may bind any prefix, and these names belong to few vocabularies. */
export const toLocalName = ({ name }: { name: string }): string => name.slice(name.lastIndexOf(':') + 1);

export const findAttribute = ({ attributes }: XmlElement, local: string): string | undefined =>
  attributes.find((one) => toLocalName(one) === local)?.value;

/** Decodes by the byte order mark, else UTF-8 (XML 1.0 appendix F). */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(2, bytes.length & ~1))
      .swap16()
      .toString('utf16le');
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,8}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES.get(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
