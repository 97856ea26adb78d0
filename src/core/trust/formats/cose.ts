import { faultResult, type ReadFault } from '../../../base/fault.js';
import { trustLimits as limits } from '../lists/trust-limits.js';
import { CborBudget, type CborResult, cborBytes, cborHead, readCbor } from './cbor.js';

/**
 * Contents of a claim signature besides the signature: certificates, timestamps, OCSP responses. The C2PA engine
 * decides whether the signature is valid.
 */
export interface ClaimSignature {
  /** COSE algorithm identifier from IANA's registry: -7 is ES256. */
  algorithm?: number;
  /** Certificates in DER, in the given order: the signer's own first. Never empty. */
  certificates: Buffer[];
  timestamps: TimestampHeader[];
  /** Reason why an existing timestamp was not read; the certificates are unaffected. */
  timestampFault?: ReadFault;
  /** OCSP responses in DER, stapled by the signer. */
  ocspResponses: Buffer[];
  /** Bytes that a timestamp stored elsewhere may cover: the signature, its protected header, and the whole box. */
  signed: { value: Buffer; protectedBytes: Buffer; box: Buffer };
  /** True if the signature's box contains the claim, which C2PA stores separately. */
  embedsClaim?: true;
}

export interface TimestampHeader {
  /**
   * `sigTst` (C2PA 1.x) covers the claim; `sigTst2` (C2PA 2.x) and tokens in another manifest's assertion cover the
   * signature.
   */
  header: 'sigTst' | 'sigTst2' | 'c2pa.time-stamp';
  token: Buffer;
  /** Byte sequences, if known; the token must contain the hash of one of them. */
  covered?: readonly Buffer[];
}

export type CoseResult = { signature: ClaimSignature } | { fault: ReadFault };

/** IANA COSE Header Parameters: x5chain is 33; C2PA before 1.3 used its name. */
const X5CHAIN = [33, 'x5chain'];
const ALGORITHM = 1;
/** COSE_Sign1, RFC 9052 §2. A claim signature may have this tag only, and only as the outermost item. */
const COSE_SIGN1_TAG = 18;

type CborMap = ReadonlyMap<unknown, unknown>;

/** Reads a COSE_Sign1 (RFC 9052 §4.2) as C2PA writes it; `claim` is the detached payload. */
export function readClaimSignature(bytes: Buffer, claim?: Buffer): CoseResult {
  if (bytes.length > limits.coseBytes)
    return faultResult('bound.bytes', { place: 'COSE', most: limits.coseBytes });
  const decoded = decodeCbor(bytes);
  if ('fault' in decoded) return decoded;
  const parts = sign1Parts(decoded.value);
  if (!parts) return faultResult('cose.shape', { what: 'other' });
  const inner = parts.protectedBytes.length === 0 ? { value: new Map() } : decodeCbor(parts.protectedBytes);
  if ('fault' in inner) return inner;
  if (!(inner.value instanceof Map)) return faultResult('cose.shape', { what: 'header' });

  const chain = readChain(inner.value, parts.unprotected);
  if ('fault' in chain) return chain;
  const stamped = readTimestamps(parts, claim);
  const ocsp = readByteStrings(
    mapOf(parts.unprotected.get('rVals'))?.get('ocspVals'),
    limits.ocspResponsesPerSignature,
    limits.ocspResponseBytes,
  );
  const algorithm = inner.value.get(ALGORITHM);
  return {
    signature: {
      certificates: chain.certificates,
      timestamps: stamped.timestamps,
      ...(stamped.fault ? { timestampFault: stamped.fault } : {}),
      // Unreadable OCSP responses do not invalidate the signature; revocation is then not checked.
      ocspResponses: ocsp ?? [],
      signed: { value: parts.signature, protectedBytes: parts.protectedBytes, box: bytes },
      ...(parts.payload === undefined ? {} : { embedsClaim: true as const }),
      ...(typeof algorithm === 'number' ? { algorithm } : {}),
    },
  };
}

/** Exported for its test. */
export function decodeCbor(bytes: Buffer): CborResult {
  return readCbor(bytes, {
    budget: new CborBudget(limits.cborItems),
    depth: limits.cborDepth,
    convertTag: (tag, value, isOutermost) => (tag === COSE_SIGN1_TAG && isOutermost ? { value } : undefined),
    convertMap: (entries) => entries,
  });
}

interface Sign1 {
  protectedBytes: Buffer;
  unprotected: CborMap;
  payload: Buffer | undefined;
  signature: Buffer;
}

function sign1Parts(value: unknown): Sign1 | undefined {
  if (!Array.isArray(value) || value.length !== 4) return undefined;
  const [protectedBytes, unprotected, payload, signature]: unknown[] = value;
  if (!Buffer.isBuffer(protectedBytes) || !(unprotected instanceof Map) || !Buffer.isBuffer(signature))
    return undefined;
  if (payload !== null && !Buffer.isBuffer(payload)) return undefined;
  return { protectedBytes, unprotected, payload: payload ?? undefined, signature };
}

/**
 * C2PA 2.x requires the chain in the protected header; 1.x put it into the unprotected one. If both have one, an engine
 * and Assay could use different chains, so such a signature is not judged.
 */
function readChain(
  protectedMap: CborMap,
  unprotected: CborMap,
): { certificates: Buffer[] } | { fault: ReadFault } {
  const found = [protectedMap, unprotected].flatMap((map) =>
    X5CHAIN.filter((label) => map.has(label)).map((label) => map.get(label)),
  );
  if (found.length === 0) return faultResult('cose.noCertificates');
  if (found.length > 1) return faultResult('cose.severalChains');
  const [value] = found;
  const list = Buffer.isBuffer(value) ? [value] : value;
  const certificates = readByteStrings(list, limits.certificatesPerSignature, limits.certificateBytes);
  if (!certificates || certificates.length === 0) return faultResult('cose.certificates');
  return { certificates };
}

function readTimestamps(
  parts: Sign1,
  claim: Buffer | undefined,
): { timestamps: TimestampHeader[]; fault?: ReadFault } {
  const timestamps: TimestampHeader[] = [];
  for (const header of ['sigTst2', 'sigTst'] as const) {
    const container = parts.unprotected.get(header);
    if (container === undefined) continue;
    const entries = mapOf(container)?.get('tstTokens');
    const values = Array.isArray(entries) ? entries.map((entry) => mapOf(entry)?.get('val')) : undefined;
    const tokens = readByteStrings(values, limits.timestampsPerSignature, limits.timestampBytes);
    if (!tokens)
      return {
        timestamps,
        ...faultResult('cose.timestamps', { header }),
      };
    const payload = header === 'sigTst2' ? cborBytes(parts.signature) : (parts.payload ?? claim);
    const covered = payload && counterSigned(parts.protectedBytes, payload);
    timestamps.push(
      ...tokens.map((token) => ({ header, token, ...(covered ? { covered: [covered] } : {}) })),
    );
  }
  return { timestamps };
}

/**
 * Returns the byte sequences that a token of a `c2pa.time-stamp` assertion may cover. C2PA 2.2 §18.17.3 defines the
 * structure of a header's token with the signature as payload; c2pa-rs, which writes these assertions, hashes the
 * signature alone, and in 2025 hashed its whole box. None of these matches any other signature.
 */
export function bytesCoveredElsewhere({ signed: { value, protectedBytes, box } }: ClaimSignature): Buffer[] {
  return [value, ...[value, cborBytes(value)].map((payload) => counterSigned(protectedBytes, payload)), box];
}

/**
 * Builds the Sig_structure that a C2PA timestamp covers (C2PA 2.2 §10.3.2.5, RFC 9052 §4.4): context, protected header,
 * empty external data, payload.
 */
function counterSigned(protectedBytes: Buffer, payload: Buffer): Buffer {
  return sigStructure('CounterSignature', protectedBytes, payload);
}

/** Returns the bytes that the signature covers (RFC 9052 §4.4); `undefined` if the claim is not detached. */
export function signedClaimBytes(
  { signed: { protectedBytes }, embedsClaim }: ClaimSignature,
  claim: Buffer,
): Buffer | undefined {
  return embedsClaim ? undefined : sigStructure('Signature1', protectedBytes, claim);
}

/** Encodes a Sig_structure. `name` must be shorter than 24 characters. */
function sigStructure(name: string, protectedBytes: Buffer, payload: Buffer): Buffer {
  const head = Buffer.from([0x84, 0x60 + name.length]);
  const context = Buffer.from(name, 'latin1');
  const before = cborHead(protectedBytes.length);
  return Buffer.concat([
    head,
    context,
    before,
    protectedBytes,
    cborHead(0),
    cborHead(payload.length),
    payload,
  ]);
}

/** Returns a list of byte strings; `undefined` if the value is none or exceeds its bounds. */
function readByteStrings(value: unknown, most: number, mostBytes: number): Buffer[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const strings = value.filter((one): one is Buffer => Buffer.isBuffer(one) && one.length <= mostBytes);
  return strings.length === value.length ? strings : undefined;
}

function mapOf(value: unknown): CborMap | undefined {
  return value instanceof Map ? value : undefined;
}
