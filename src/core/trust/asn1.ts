import {
  type BaseBlock,
  BitString,
  Constructed,
  fromBER,
  GeneralizedTime,
  Integer,
  ObjectIdentifier,
  OctetString,
  UTCTime,
} from 'asn1js';
import { trustLimits as limits } from './trust-limits.js';

/**
 * ASN.1 from hostile bytes: asn1js parses, within bounds; here are the few steps down its tree that
 * certificates, timestamps and OCSP answers need. Each step is undefined where the structure is another.
 */
export type Asn1 = BaseBlock;

/** One value, whole: bytes after it make it none. */
export function parseAsn1(bytes: Uint8Array): Asn1 | undefined {
  try {
    const { result, offset } = fromBER(bytes, {
      maxDepth: limits.asn1Depth,
      maxNodes: limits.asn1Nodes,
      maxContentLength: limits.timestampBytes,
      parseEmbedded: false,
      // Twice as fast; what is read from the tree is copied out of it, and nothing writes into a file's buffer.
      copyInput: false,
    });
    return offset === bytes.length && result.error === '' ? result : undefined;
  } catch {
    return undefined;
  }
}

/** Elements of a SEQUENCE, SET or constructed context tag. */
export function elements(block: Asn1 | undefined): Asn1[] {
  return block instanceof Constructed ? block.valueBlock.value : [];
}

/** The element at `path`, step by step. */
export function step(block: Asn1 | undefined, ...path: number[]): Asn1 | undefined {
  return path.reduce<Asn1 | undefined>((at, index) => elements(at)[index], block);
}

const CONTEXT = 3;

export function isContext(block: Asn1 | undefined, tag: number): boolean {
  return block?.idBlock.tagClass === CONTEXT && block.idBlock.tagNumber === tag;
}

/** The element that bears context tag `tag`. */
export function context(block: Asn1 | undefined, tag: number): Asn1 | undefined {
  return elements(block).find((one) => isContext(one, tag));
}

/** Dotted digits. */
export function oid(block: Asn1 | undefined): string | undefined {
  return block instanceof ObjectIdentifier ? block.getValue() : undefined;
}

/** The algorithm of an AlgorithmIdentifier. */
export function algorithm(block: Asn1 | undefined): string | undefined {
  return oid(step(block, 0));
}

export function octets(block: Asn1 | undefined): Buffer | undefined {
  return block instanceof OctetString ? Buffer.from(block.getValue()) : undefined;
}

/** Bytes of a BIT STRING; bits left over in the last byte are zero in DER. */
export function bits(block: Asn1 | undefined): Buffer | undefined {
  return block instanceof BitString ? Buffer.from(block.valueBlock.valueHexView) : undefined;
}

/** A non-negative INTEGER as decimal digits. */
export function integer(block: Asn1 | undefined): string | undefined {
  if (!(block instanceof Integer)) return undefined;
  const hex = Buffer.from(block.valueBlock.valueHexView).toString('hex');
  return hex === '' ? undefined : BigInt(`0x${hex}`).toString();
}

export function time(block: Asn1 | undefined): Date | undefined {
  if (!(block instanceof UTCTime) && !(block instanceof GeneralizedTime)) return undefined;
  const date = block.toDate();
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** The text of any of the string types. */
export function text(block: Asn1 | undefined): string | undefined {
  const value: unknown =
    block?.valueBlock && 'value' in block.valueBlock ? block.valueBlock.value : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The element's own bytes as they stand. */
export function raw(block: Asn1): Buffer {
  return Buffer.from(block.valueBeforeDecodeView);
}
