import { limits } from '../../../base/limits.js';
import { findCustomaryNamespace } from './xmp-prefixes.js';

/**
 * Repairs XMP packets that are not well-formed XML as far as possible. Some writers of GB 45438 labels put `TC260:AIGC`
 * into a packet without declaring the prefix. Every function reads a text once, character by character.
 */

interface XmpTag {
  name: string;
  kind: 'start' | 'end' | 'empty';
  /** Names of the attributes; their values are quoted. */
  attributes: string[];
  start: number;
  end: number;
}

export interface RepairedXmp {
  xml: string;
  /** Prefixes that the packet uses but does not declare. */
  prefixes: string[];
}

/** Returns the XML with every prefix declared at its root; `undefined` if none is missing, or too many are. */
export function declarePrefixes(xml: string): RepairedXmp | undefined {
  const used = new Set<string>();
  const declared = new Set(['xml', 'xmlns']);
  let root: XmpTag | undefined;
  for (const tag of tags(xml)) {
    if (tag.kind === 'end') continue;
    root ??= tag;
    for (const name of [tag.name, ...tag.attributes]) {
      const [prefix = '', local] = name.split(':');
      if (local === undefined) continue;
      if (prefix === 'xmlns') declared.add(local);
      else used.add(prefix);
    }
    if (used.size > limits.xmpPrefixes) return undefined;
  }
  const prefixes = [...used].filter((prefix) => !declared.has(prefix));
  if (!root || prefixes.length === 0) return undefined;
  const at = root.start + 1 + root.name.length;
  const declarations = prefixes
    .map((prefix) => ` xmlns:${prefix}="${findCustomaryNamespace(prefix) ?? `undeclared:${prefix}`}"`)
    .join('');
  return { xml: xml.slice(0, at) + declarations + xml.slice(at), prefixes };
}

/** Container elements, whose content is kept even if they were not closed. */
const HOLDERS: ReadonlySet<string> = new Set([
  'x:xmpmeta',
  'rdf:RDF',
  'rdf:Description',
  'rdf:Alt',
  'rdf:Bag',
  'rdf:Seq',
]);

/** Returns the XML up to the first mismatched tag or its end, with open elements closed. */
export function closeAtBreak(xml: string): string | undefined {
  // CDATA may contain text that looks like tags.
  if (xml.includes('<![CDATA[')) return undefined;
  const open: string[] = [];
  let last: XmpTag | undefined;
  for (const tag of tags(xml)) {
    if (tag.kind === 'end' && open.at(-1) !== tag.name) break;
    if (tag.kind === 'end') open.pop();
    if (tag.kind === 'start') open.push(tag.name);
    last = tag;
    if (open.length === 0) break;
  }
  if (!last) return undefined;
  // A truncated text is dropped, because its full content is unknown.
  const isCut = last.kind === 'start' && !HOLDERS.has(last.name);
  if (isCut) open.pop();
  const ends = open.reverse().map((name) => `</${name}>`);
  return xml.slice(0, isCut ? last.start : last.end) + ends.join('');
}

const NAME = /^[A-Za-z_][\w.-]{0,63}(?::[A-Za-z_][\w.-]{0,63})?(?=[\s/>])/;
const ATTRIBUTE = /(?:^|\s)([A-Za-z_][\w.-]{0,63}(?::[A-Za-z_][\w.-]{0,63})?)\s{0,8}=\s{0,8}$/;
const LONGEST_NAME = 160;

function* tags(xml: string): Generator<XmpTag> {
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at + 1)) {
    const isEnd = xml[at + 1] === '/';
    const from = at + (isEnd ? 2 : 1);
    const name = NAME.exec(xml.slice(from, from + LONGEST_NAME))?.[0];
    const rest = name === undefined ? undefined : attributesFrom(xml, from + name.length);
    if (name === undefined || !rest) continue;
    const kind = isEnd ? 'end' : xml[rest.end - 2] === '/' ? 'empty' : 'start';
    yield { name, kind, attributes: rest.names, start: at, end: rest.end };
    at = rest.end - 1;
  }
}

/** Reads to the tag's end; `undefined` if another tag begins before, because values contain no `<`. */
function attributesFrom(xml: string, start: number): { names: string[]; end: number } | undefined {
  const names: string[] = [];
  let [since, quote] = [start, ''];
  for (let at = start; at < xml.length; at += 1) {
    const character = xml[at];
    if (character === '<') return undefined;
    if (quote !== '') {
      if (character !== quote) continue;
      [since, quote] = [at + 1, ''];
    } else if (character === '"' || character === "'") {
      const name = ATTRIBUTE.exec(xml.slice(Math.max(since, at - LONGEST_NAME), at))?.[1];
      if (name !== undefined) names.push(name);
      quote = character;
    } else if (character === '>') return { names, end: at + 1 };
  }
  return undefined;
}
