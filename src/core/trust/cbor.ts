import { type DecodeOptions, decode } from 'cborg';
import { faulty, type ReadFault } from '../ground/fault.js';
import { COSE_SIGN1_TAG, scanCbor } from './cbor-scan.js';

/**
 * CBOR (RFC 8949) from a file. cborg decodes; a scan before it sees to it that the bytes are well-formed, bounded, and
 * free of tags that COSE has no use for.
 */
export type Cbor =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Uint8Array
  | Cbor[]
  | CborMap
  | CborTag;
export type CborMap = Map<Cbor, Cbor>;
export interface CborTag {
  tag: number;
  value: Cbor;
}

export type CborAnswer = { value: Cbor } | { fault: ReadFault };

const OPTIONS: DecodeOptions = {
  useMaps: true,
  tags: { [COSE_SIGN1_TAG]: (decodeItem) => ({ tag: COSE_SIGN1_TAG, value: decodeItem() }) },
};

/** The first item in `bytes`; padding after it is left alone. */
export function decodeCbor(bytes: Buffer): CborAnswer {
  const scan = scanCbor(bytes);
  if ('fault' in scan) return scan;
  let value: Cbor;
  try {
    value = decode(bytes.subarray(0, scan.end), OPTIONS) as Cbor;
  } catch {
    return faulty('cbor.invalid');
  }
  // A key that comes twice is one entry less in the decoded maps; parsers differ in which of the two they take.
  if (countEntries(value) !== scan.mapEntries) return faulty('cbor.duplicateKey');
  return { value };
}

function countEntries(value: Cbor): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + countEntries(one), 0);
  if (value instanceof Map)
    return [...value].flat().reduce<number>((sum, one) => sum + countEntries(one), value.size);
  const inner = tagOf(value);
  return inner ? countEntries(inner.value) : 0;
}

export function tagOf(value: Cbor): CborTag | undefined {
  if (
    typeof value !== 'object' ||
    value === null ||
    Array.isArray(value) ||
    value instanceof Map ||
    value instanceof Uint8Array
  )
    return undefined;
  return 'tag' in value && 'value' in value ? value : undefined;
}

/** A byte string as RFC 8949 §4.2.1 writes it. */
export function cborBytes(bytes: Buffer): Buffer {
  const n = bytes.length;
  if (n < 24) return Buffer.concat([Buffer.from([0x40 + n]), bytes]);
  const width = n < 0x100 ? 1 : n < 0x1_0000 ? 2 : 4;
  const head = Buffer.alloc(1 + width);
  head[0] = 0x58 + Math.log2(width);
  head.writeUIntBE(n, 1, width);
  return Buffer.concat([head, bytes]);
}
