import { DOMParser, type Element, type Node, ParseError } from '@xmldom/xmldom';
import { fault, faultResult, type ReadFault } from '../../../base/fault.js';
import { truncate } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import { shortenLocator, shortenUnquoted } from '../../../base/quoted.js';
import { type Message, message } from '../../../i18n/message.js';
import type { XmpPacket, XmpProperty } from '../../evidence/evidence.js';
import { PREFIXES, RDF, XML, XMLNS } from './xmp-prefixes.js';
import { closeAtBreak, declarePrefixes } from './xmp-repair.js';

/** Converts XMP (ISO 16684-1) RDF/XML to a flat list of properties, as written. */

/** Result of reading a packet. With `fault` the packet was read in part; `note` names a defect that was tolerated. */
export interface PacketResult {
  packet?: XmpPacket;
  fault?: ReadFault;
  note?: Message;
}

export function parseXmpPacket(bytes: Buffer, place: string, offset?: number): PacketResult {
  if (bytes.length > limits.xmpPacketBytes)
    return faultResult('bound.bytes', { place, most: limits.xmpPacketBytes });
  const xml = decode(bytes);
  // Entities could refer to files or expand without limit; XMP has no use for a DOCTYPE.
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) return faultResult('xmp.doctype', { place });
  if (measureNesting(xml) > limits.xmpDepth)
    return faultResult('bound.depth', { place, most: limits.xmpDepth });
  const { properties, ...rest } = readXml(xml, place);
  return properties
    ? { packet: { locator: place, ...(offset === undefined ? {} : { offset }), properties }, ...rest }
    : rest;
}

/** Reads the XML. If it is not well-formed, it is reread with all prefixes declared, and then up to its first error. */
function readXml(
  xml: string,
  place: string,
): { properties?: XmpProperty[]; fault?: ReadFault; note?: Message } {
  const whole = parseProperties(xml);
  if (whole) return whole.read();
  const declared = declarePrefixes(xml);
  const lenient = declared && parseProperties(declared.xml);
  if (declared && lenient) {
    const prefixes = declared.prefixes
      .slice(0, MAX_PREFIXES)
      .map((prefix) => message('note.prefix', { prefix: shortenUnquoted(prefix) }));
    const note = message('note.xmpPrefixes', { place: shortenLocator(place), prefixes });
    return { ...lenient.read(), note };
  }
  const cut = closeAtBreak(declared?.xml ?? xml);
  const partly = cut === undefined ? undefined : parseProperties(cut);
  if (partly && partly.all.length > 0) {
    return { properties: partly.all, fault: fault('xmp.xml', { how: 'partly', place }) };
  }
  return faultResult('xmp.xml', { how: 'other', place });
}

/** Maximum number of prefixes named in a note. */
const MAX_PREFIXES = 16;

/** Parses the XML; `undefined` if it is not well-formed. */
function parseProperties(xml: string): Properties | undefined {
  try {
    const root = new DOMParser({ onError: ignoreWarnings, locator: false }).parseFromString(
      xml,
      'application/xml',
    );
    const properties = new Properties();
    for (const description of Array.from(root.getElementsByTagNameNS(RDF, 'RDF')).flatMap((rdf) =>
      elements(rdf),
    )) {
      if (isRdf(description, 'Description')) readStruct(description, '', properties);
    }
    return properties;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

/** Properties of one packet up to the limit, and whether there are more. */
class Properties {
  readonly all: XmpProperty[] = [];
  left = false;

  push(property: XmpProperty): void {
    if (this.all.length < limits.xmpProperties) this.all.push(property);
    else this.left = true;
  }

  read(): { properties: XmpProperty[]; fault?: ReadFault } {
    return {
      properties: this.all,
      ...(this.left ? faultResult('bound.entries', { place: 'XMP', most: limits.xmpProperties }) : {}),
    };
  }
}

/** Ignores warnings, which concern style; only a fatal error ends the parse. */
function ignoreWarnings(level: 'warning' | 'error' | 'fatalError', message: string): void {
  if (level === 'fatalError') throw new ParseError(message);
}

function decode(bytes: Buffer): string {
  const text =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? bytes.toString('utf16le')
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? Buffer.from(bytes.subarray(0, bytes.length & ~1))
            .swap16()
            .toString('utf16le')
        : bytes.toString('utf8');
  const start = text.indexOf('<');
  const end = text.lastIndexOf('>');
  return start < 0 ? '' : text.slice(start, end + 1);
}

/** Returns the nesting depth of tags before a tree is built. */
function measureNesting(xml: string): number {
  let depth = 0;
  let deepest = 0;
  const tags = /<\/?[A-Za-z_][^<>]*>/g;
  while (tags.test(xml)) {
    const { lastIndex } = tags;
    // The next tag may begin directly after the end.
    if (xml[xml.lastIndexOf('<', lastIndex - 1) + 1] === '/') depth -= 1;
    else if (xml[lastIndex - 2] !== '/') deepest = Math.max(deepest, ++depth);
  }
  return deepest;
}

function elements(node: Node): Element[] {
  return Array.from(node.childNodes).filter((child): child is Element => child.nodeType === 1);
}

function isRdf(element: Element, name: string): boolean {
  return element.namespaceURI === RDF && element.localName === name;
}

function isSyntax(namespace: string | null): boolean {
  return namespace === RDF || namespace === XMLNS || namespace === XML || namespace === null;
}

function qualified(node: {
  namespaceURI: string | null;
  localName: string | null;
  prefix: string | null;
}): string {
  const prefix = PREFIXES[node.namespaceURI ?? ''] ?? node.prefix ?? '';
  return prefix === '' ? (node.localName ?? '') : `${prefix}:${node.localName ?? ''}`;
}

/** Reads attributes and child elements of a Description, or of an element used in its place. */
function readStruct(element: Element, parent: string, into: Properties): void {
  for (const attribute of Array.from(element.attributes)) {
    if (isSyntax(attribute.namespaceURI)) continue;
    into.push(property(attribute, join(parent, qualified(attribute)), attribute.value, 'attribute'));
  }
  for (const child of elements(element)) {
    if (isSyntax(child.namespaceURI)) continue;
    readProperty(child, child, join(parent, qualified(child)), into);
  }
}

/** Reads the value of one property: plain text, a URI, a struct, or an array of these. `named` supplies its name. */
function readProperty(element: Element, named: Element, path: string, into: Properties): void {
  if (into.left) return;
  const children = elements(element);
  const container = children.find((c) => isRdf(c, 'Alt') || isRdf(c, 'Seq') || isRdf(c, 'Bag'));
  const description = children.find((c) => isRdf(c, 'Description'));
  const resource = element.getAttributeNS(RDF, 'resource');
  if (container) {
    elements(container)
      .filter((item) => isRdf(item, 'li'))
      .forEach((item, index) => {
        readProperty(item, named, `${path}[${index + 1}]`, into);
      });
  } else if (description) readStruct(description, path, into);
  else if (children.length > 0) readStruct(element, path, into);
  else if (resource) into.push(property(named, path, resource, 'element'));
  else {
    const hasStructAttributes = Array.from(element.attributes).some((a) => !isSyntax(a.namespaceURI));
    if (hasStructAttributes) readStruct(element, path, into);
    const value = element.textContent ?? '';
    if (value !== '' || !hasStructAttributes) into.push(property(named, path, value, 'element'));
  }
}

type Named = { namespaceURI: string | null; localName: string | null; prefix: string | null };

function property(named: Named, path: string, value: string, form: XmpProperty['form']): XmpProperty {
  return {
    path: truncate(path, limits.shownValueCharacters),
    namespace: truncate(named.namespaceURI ?? '', limits.shownValueCharacters),
    name: truncate(named.localName ?? '', limits.shownValueCharacters),
    // Values are not truncated, because the size of the packet is limited.
    value,
    form,
  };
}

function join(parent: string, name: string): string {
  return parent === '' ? name : `${parent}/${name}`;
}
