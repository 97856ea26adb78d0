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
import { type Asn1Element, CONTEXT, outlineOf, TAG, UNIVERSAL } from './asn1-element.js';
import { trustLimits as limits } from './trust-limits.js';

/**
 * ASN.1 from hostile bytes: the few steps down a structure that certificates, timestamps and OCSP answers need.
 * Each step is undefined where the structure is another. asn1js decodes the values that are asked for.
 */
export type Asn1 = Asn1Element;

/** One value, whole: bytes after it make it none. */
export function parseAsn1(bytes: Buffer): Asn1 | undefined {
  return outlineOf(bytes);
}

/** Elements of a SEQUENCE, SET or constructed tag of another class. */
export function elements(element: Asn1 | undefined): readonly Asn1[] {
  if (!element?.children) return [];
  // A string in pieces is no list.
  const isList = element.isUniversal(TAG.sequence) || element.isUniversal(TAG.set);
  return isList || element.tagClass !== UNIVERSAL ? element.children : [];
}

/** The element at `path`, step by step. */
export function step(element: Asn1 | undefined, ...path: number[]): Asn1 | undefined {
  let at = element;
  for (const index of path) at = elements(at)[index];
  return at;
}

export function isContext(element: Asn1 | undefined, tag: number): boolean {
  return element?.tagClass === CONTEXT && element.tag === tag;
}

/** The element that bears context tag `tag`. */
export function context(element: Asn1 | undefined, tag: number): Asn1 | undefined {
  return elements(element).find((one) => isContext(one, tag));
}

/** Dotted digits. */
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

/** By all their bytes: certificates and timestamps name the same few dozen again and again. */
const identifiers = new Map<string, string>();

function identifier(element: Asn1): string | undefined {
  const value = decoded(element, TAG.objectIdentifier);
  return value instanceof ObjectIdentifier ? value.getValue() : undefined;
}

/** The algorithm of an AlgorithmIdentifier. */
export function algorithm(element: Asn1 | undefined): string | undefined {
  return oid(step(element, 0));
}

export function boolean(element: Asn1 | undefined): boolean | undefined {
  const value = decoded(element, TAG.boolean);
  return value instanceof Asn1Boolean ? value.getValue() : undefined;
}

export function octets(element: Asn1 | undefined): Buffer | undefined {
  // In one piece, as almost always: then its content is what it says, and needs no library.
  if (element?.isUniversal(TAG.octetString) && !element.children) return Buffer.from(element.content);
  const value = decoded(element, TAG.octetString);
  return value instanceof OctetString ? Buffer.from(value.getValue()) : undefined;
}

/** Bytes of a BIT STRING; bits left over in the last byte are zero in DER. */
export function bits(element: Asn1 | undefined): Buffer | undefined {
  const value = decoded(element, TAG.bitString);
  return value instanceof BitString ? Buffer.from(value.valueBlock.valueHexView) : undefined;
}

/** A non-negative INTEGER as decimal digits. */
export function integer(element: Asn1 | undefined): string | undefined {
  // Its content is what it says, and needs no library.
  if (!element?.isUniversal(TAG.integer) || element.children) return undefined;
  const hex = element.contentAs('hex');
  return hex === '' ? undefined : BigInt(`0x${hex}`).toString();
}

/** As DER has it: whole seconds, UTC. What is written otherwise the library reads. */
const WRITTEN_TIME =
  /^(\d{2}|[1-9]\d{3})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])([0-5]\d)([0-5]\d)Z$/;

export function time(element: Asn1 | undefined): Date | undefined {
  const isShort = element?.isUniversal(TAG.utcTime) === true;
  if (!element || element.children || !(isShort || element.isUniversal(TAG.generalizedTime)))
    return undefined;
  const [, year = '', ...rest] = WRITTEN_TIME.exec(element.contentAs('latin1')) ?? [];
  if (year.length !== (isShort ? 2 : 4)) return otherTime(element);
  // RFC 5280 §4.1.2.5.1.
  const century = isShort ? (Number(year) >= 50 ? 1900 : 2000) : 0;
  const [month = 1, day = 1, hour = 0, minute = 0, second = 0] = rest.map(Number);
  return new Date(Date.UTC(century + Number(year), month - 1, day, hour, minute, second));
}

function otherTime(element: Asn1): Date | undefined {
  const value = decoded(element, TAG.utcTime) ?? decoded(element, TAG.generalizedTime);
  if (!(value instanceof UTCTime) && !(value instanceof GeneralizedTime)) return undefined;
  const date = value.toDate();
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** The text of any of the string types. */
export function text(element: Asn1 | undefined): string | undefined {
  const block = element?.children ? undefined : decoded(element);
  const value: unknown =
    block?.valueBlock && 'value' in block.valueBlock ? block.valueBlock.value : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The element's own bytes as they stand, copied: nothing writes into a file's buffer. */
export function raw(element: Asn1): Buffer {
  return Buffer.from(element.bytes);
}

/** What the library makes of one element; undefined where it is of another type, or broken. */
function decoded(element: Asn1 | undefined, tag?: number): BaseBlock | undefined {
  if (!element || (tag !== undefined && !element.isUniversal(tag))) return undefined;
  try {
    const { result, offset } = fromBER(element.bytes, {
      maxDepth: limits.asn1Depth,
      maxNodes: limits.asn1Nodes,
      maxContentLength: limits.asn1Bytes,
      parseEmbedded: false,
      // What is read from it is copied out.
      copyInput: false,
    });
    return offset === element.bytes.length && result.error === '' ? result : undefined;
  } catch {
    return undefined;
  }
}
