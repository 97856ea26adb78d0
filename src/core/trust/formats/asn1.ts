import {
  Boolean as Asn1Boolean,
  type BaseBlock,
  BitString,
  fromBER,
  GeneralizedTime,
  ObjectIdentifier,
  OctetString,
  UTCTime,
} from 'asn1js';
import { trustLimits as limits } from '../lists/trust-limits.js';
import { type Asn1Element, CONTEXT, parseOutline, TAG, UNIVERSAL } from './asn1-element.js';

/**
 * Access to ASN.1 from untrusted bytes, with the few steps that certificates, timestamps and OCSP responses need. Each
 * step returns `undefined` if the structure differs. asn1js decodes the requested values.
 */
export type Asn1 = Asn1Element;

/** Parses one value; `undefined` if other bytes follow it. */
export function parseAsn1(bytes: Buffer): Asn1 | undefined {
  return parseOutline(bytes);
}

/** Returns the elements of a SEQUENCE, SET or constructed tag of another class. */
export function elements(element: Asn1 | undefined): readonly Asn1[] {
  if (!element?.children) return [];
  // A string in segments is no list.
  const isList = element.isUniversal(TAG.sequence) || element.isUniversal(TAG.set);
  return isList || element.tagClass !== UNIVERSAL ? element.children : [];
}

/** Returns the element at `path`. */
export function elementAt(element: Asn1 | undefined, ...path: number[]): Asn1 | undefined {
  let at = element;
  for (const index of path) at = elements(at)[index];
  return at;
}

export function isContext(element: Asn1 | undefined, tag: number): boolean {
  return element?.tagClass === CONTEXT && element.tag === tag;
}

/** Returns the element with context tag `tag`. */
export function contextElement(element: Asn1 | undefined, tag: number): Asn1 | undefined {
  return elements(element).find((one) => isContext(one, tag));
}

/** Returns an object identifier in dotted form. */
export function oid(element: Asn1 | undefined): string | undefined {
  if (!element?.isUniversal(TAG.objectIdentifier)) return undefined;
  if (element.byteLength > limits.rememberedIdentifierBytes) return identifier(element);
  const written = element.whole.toString('latin1', element.start, element.end);
  const known = identifiers.get(written);
  if (known !== undefined) return known;
  const digits = identifier(element);
  if (digits === undefined) return digits;
  if (identifiers.size >= limits.rememberedIdentifiers) identifiers.clear();
  identifiers.set(written, digits);
  return digits;
}

/** Cache by encoding: certificates and timestamps use the same few dozen identifiers. */
const identifiers = new Map<string, string>();

function identifier(element: Asn1): string | undefined {
  const value = decode(element, TAG.objectIdentifier);
  return value instanceof ObjectIdentifier ? value.getValue() : undefined;
}

/** Returns the algorithm of an AlgorithmIdentifier. */
export function algorithm(element: Asn1 | undefined): string | undefined {
  return oid(elementAt(element, 0));
}

export function boolean(element: Asn1 | undefined): boolean | undefined {
  const value = decode(element, TAG.boolean);
  return value instanceof Asn1Boolean ? value.getValue() : undefined;
}

export function octets(element: Asn1 | undefined): Buffer | undefined {
  // Primitive strings, almost all, need no library: their content is the value.
  if (element?.isUniversal(TAG.octetString) && !element.children) return Buffer.from(element.content);
  const value = decode(element, TAG.octetString);
  return value instanceof OctetString ? Buffer.from(value.getValue()) : undefined;
}

/** Returns the bytes of a BIT STRING; unused bits in the last byte are zero in DER. */
export function bits(element: Asn1 | undefined): Buffer | undefined {
  const value = decode(element, TAG.bitString);
  return value instanceof BitString ? Buffer.from(value.valueBlock.valueHexView) : undefined;
}

/** Returns a non-negative INTEGER as decimal digits. */
export function integer(element: Asn1 | undefined): string | undefined {
  // The content is the value, so no library is needed.
  if (!element?.isUniversal(TAG.integer) || element.children) return undefined;
  const hex = element.contentAs('hex');
  return hex === '' ? undefined : BigInt(`0x${hex}`).toString();
}

/** DER form of a time: whole seconds, UTC. The library parses any other form. */
const WRITTEN_TIME =
  /^(\d{2}|[1-9]\d{3})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])([0-5]\d)([0-5]\d)Z$/;

export function time(element: Asn1 | undefined): Date | undefined {
  const isShort = element?.isUniversal(TAG.utcTime) === true;
  if (!element || element.children || !(isShort || element.isUniversal(TAG.generalizedTime)))
    return undefined;
  const [, year = '', ...rest] = WRITTEN_TIME.exec(element.contentAs('latin1')) ?? [];
  if (year.length !== (isShort ? 2 : 4)) return otherTime(element);
  // RFC 5280 §4.1.2.5.1: years from 50 belong to the twentieth century.
  const century = isShort ? (Number(year) >= 50 ? 1900 : 2000) : 0;
  const [month = 1, day = 1, hour = 0, minute = 0, second = 0] = rest.map(Number);
  return new Date(Date.UTC(century + Number(year), month - 1, day, hour, minute, second));
}

function otherTime(element: Asn1): Date | undefined {
  const value = decode(element, TAG.utcTime) ?? decode(element, TAG.generalizedTime);
  if (!(value instanceof UTCTime) && !(value instanceof GeneralizedTime)) return undefined;
  const date = value.toDate();
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Returns the text of any of the string types. */
export function text(element: Asn1 | undefined): string | undefined {
  const block = element?.children ? undefined : decode(element);
  const value: unknown =
    block?.valueBlock && 'value' in block.valueBlock ? block.valueBlock.value : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Copies the encoded bytes of an element, so that nothing writes into a file's buffer. */
export function copyBytes(element: Asn1): Buffer {
  return Buffer.from(element.bytes);
}

/** Decodes one element with the library; `undefined` if it has another type or is malformed. */
function decode(element: Asn1 | undefined, tag?: number): BaseBlock | undefined {
  if (!element || (tag !== undefined && !element.isUniversal(tag))) return undefined;
  try {
    const { result, offset } = fromBER(element.bytes, {
      maxDepth: limits.asn1Depth,
      maxNodes: limits.asn1Nodes,
      maxContentLength: limits.asn1Bytes,
      parseEmbedded: false,
      // Safe without a copy, because callers copy what they read.
      copyInput: false,
    });
    return offset === element.bytes.length && result.error === '' ? result : undefined;
  } catch {
    return undefined;
  }
}
