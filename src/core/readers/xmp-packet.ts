import { DOMParser, type Element, type Node, ParseError } from '@xmldom/xmldom';
import { type Said, said } from '../../say/said.js';
import type { XmpPacket, XmpProperty } from '../evidence/evidence.js';
import { fault, faulty, type ReadFault } from '../ground/fault.js';
import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import { plain, tail } from '../ground/quoted.js';
import { closedWhereItBreaks, withPrefixesDeclared } from './xmp-mend.js';
import { PREFIXES, RDF, XML, XMLNS } from './xmp-prefixes.js';

/** XMP (ISO 16684-1) RDF/XML → flat list of properties, as written. */

/** A packet, where one could be read; with a fault it was read in part, and a note says what it was read in spite of. */
export interface PacketResult {
  packet?: XmpPacket;
  fault?: ReadFault;
  note?: Said;
}

export function parseXmpPacket(bytes: Buffer, place: string, offset?: number): PacketResult {
  if (bytes.length > limits.xmpPacketBytes)
    return faulty('bound.xmpPacket', { place, most: limits.xmpPacketBytes });
  const xml = decode(bytes);
  // Entities could refer to files or grow without end; XMP has no use for a DOCTYPE.
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) return faulty('xmp.doctype', { place });
  if (nesting(xml) > limits.xmpDepth) return faulty('xmp.depth', { place, most: limits.xmpDepth });
  const { properties, ...rest } = readXml(xml, place);
  return properties
    ? { packet: { place, ...(offset === undefined ? {} : { offset }), properties }, ...rest }
    : rest;
}

/** Where the XML is not well formed it is read once more: with all prefixes declared, and then up to where it breaks. */
function readXml(xml: string, place: string): { properties?: XmpProperty[]; fault?: ReadFault; note?: Said } {
  const whole = propertiesOf(xml);
  if (whole) return whole.read();
  const declared = withPrefixesDeclared(xml);
  const lenient = declared && propertiesOf(declared.xml);
  if (declared && lenient) {
    const prefixes = declared.prefixes
      .slice(0, MOST_PREFIXES)
      .map((prefix) => said('note.prefix', { prefix: plain(prefix) }));
    const note = said('note.xmpPrefixes', { place: tail(place), prefixes });
    return { ...lenient.read(), note };
  }
  const cut = closedWhereItBreaks(declared?.xml ?? xml);
  const partly = cut === undefined ? undefined : propertiesOf(cut);
  if (partly && partly.all.length > 0) {
    return { properties: partly.all, fault: fault('xmp.xml', { how: 'partly', place }) };
  }
  return faulty('xmp.xml', { how: 'other', place });
}

/** So many are named in a note. */
const MOST_PREFIXES = 16;

/** Undefined where the XML is not well formed. */
function propertiesOf(xml: string): Properties | undefined {
  try {
    const root = new DOMParser({ onError: quiet, locator: false }).parseFromString(xml, 'application/xml');
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

/** The properties of one packet up to the bound, and whether more of them stand there. */
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
      ...(this.left ? faulty('bound.xmpProperties', { most: limits.xmpProperties }) : {}),
    };
  }
}

/** Warnings are the file's style; only a fatal error ends the parse. */
function quiet(level: 'warning' | 'error' | 'fatalError', message: string): void {
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

/** Depth of tags, counted before a tree is built of them. */
function nesting(xml: string): number {
  let depth = 0;
  let deepest = 0;
  const tags = /<\/?[A-Za-z_][^<>]*>/g;
  while (tags.test(xml)) {
    const { lastIndex } = tags;
    // Behind its end the next may begin at once.
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

/** Attributes and child elements of a Description (or of an element that stands for one). */
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

/** One property's value: plain text, a URI, a struct, or an array of these. `named` gives it its name. */
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
    path: cut(path, limits.shownValueCharacters),
    namespace: cut(named.namespaceURI ?? '', limits.shownValueCharacters),
    name: cut(named.localName ?? '', limits.shownValueCharacters),
    // Whole: the packet is bounded.
    value,
    form,
  };
}

function join(parent: string, name: string): string {
  return parent === '' ? name : `${parent}/${name}`;
}
