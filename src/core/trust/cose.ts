import { faulty, type ReadFault } from '../ground/fault.js';

import { type CborAnswer, CborBudget, cborBytes, cborHead, readCbor } from './cbor.js';
import { trustLimits as limits } from './trust-limits.js';

/**
 * What a claim signature brings along besides the signature: certificates, timestamps, revocation answers.
 * Whether the signature holds is the C2PA engine's to say.
 */
export interface ClaimSignature {
  /** COSE algorithm identifier, IANA's registry: -7 is ES256. */
  algorithm?: number;
  /** DER, in the order given: the signer's own certificate first. Never empty. */
  certificates: Buffer[];
  timestamps: TimestampHeader[];
  /** Why a timestamp that is there was not read; the certificates are none the worse for it. */
  timestampFault?: ReadFault;
  /** DER OCSP responses that the signer stapled to the signature. */
  ocspResponses: Buffer[];
  /** What a timestamp that is kept elsewhere may cover: the signature itself, its protected header, and all of the box. */
  signed: { value: Buffer; protectedBytes: Buffer; box: Buffer };
  /** The claim does not stand apart, as C2PA has it, but in the signature's box. */
  embedsClaim?: true;
}

export interface TimestampHeader {
  /**
   * `sigTst` is C2PA 1.x and covers the claim; `sigTst2` is C2PA 2.x and covers the signature, as does what an
   * assertion of another manifest keeps.
   */
  header: 'sigTst' | 'sigTst2' | 'c2pa.time-stamp';
  token: Buffer;
  /** The bytes whose hash the token must bear, any of them, where they are known. */
  covered?: readonly Buffer[];
}

export type CoseAnswer = { signature: ClaimSignature } | { fault: ReadFault };

/** IANA COSE Header Parameters: x5chain is 33; C2PA before 1.3 wrote its name. */
const X5CHAIN = [33, 'x5chain'];
const ALGORITHM = 1;
/** COSE_Sign1, RFC 9052 §2. No other tag belongs into a claim signature, and that one only around it. */
const COSE_SIGN1_TAG = 18;

type CborMap = ReadonlyMap<unknown, unknown>;

/** Reads a COSE_Sign1 (RFC 9052 §4.2) as C2PA writes it; `claim` is the detached payload. */
export function readClaimSignature(bytes: Buffer, claim?: Buffer): CoseAnswer {
  if (bytes.length > limits.coseBytes) return faulty('bound.cose', { most: limits.coseBytes });
  const decoded = decodeCbor(bytes);
  if ('fault' in decoded) return decoded;
  const parts = sign1Parts(decoded.value);
  if (!parts) return faulty('cose.shape', { what: 'other' });
  const inner = parts.protectedBytes.length === 0 ? { value: new Map() } : decodeCbor(parts.protectedBytes);
  if ('fault' in inner) return inner;
  if (!(inner.value instanceof Map)) return faulty('cose.shape', { what: 'header' });

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
      // Answers on revocation that cannot be read take nothing from the signature: it is then not checked.
      ocspResponses: ocsp ?? [],
      signed: { value: parts.signature, protectedBytes: parts.protectedBytes, box: bytes },
      ...(parts.payload === undefined ? {} : { embedsClaim: true as const }),
      ...(typeof algorithm === 'number' ? { algorithm } : {}),
    },
  };
}

/** Exported for its test. */
export function decodeCbor(bytes: Buffer): CborAnswer {
  return readCbor(bytes, {
    budget: new CborBudget(limits.cborItems, 'other'),
    depth: limits.cborDepth,
    tagged: (tag, value, isOutermost) => (tag === COSE_SIGN1_TAG && isOutermost ? { value } : undefined),
    mapped: (entries) => entries,
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
 * C2PA 2.x wants the chain in the protected header, 1.x wrote it beside. Where it stands twice, an engine and
 * Assay could each read another one: such a signature is not judged.
 */
function readChain(
  protectedMap: CborMap,
  unprotected: CborMap,
): { certificates: Buffer[] } | { fault: ReadFault } {
  const found = [protectedMap, unprotected].flatMap((map) =>
    X5CHAIN.filter((label) => map.has(label)).map((label) => map.get(label)),
  );
  if (found.length === 0) return faulty('cose.noCertificates');
  if (found.length > 1) return faulty('cose.severalChains');
  const [value] = found;
  const list = Buffer.isBuffer(value) ? [value] : value;
  const certificates = readByteStrings(list, limits.certificatesPerSignature, limits.certificateBytes);
  if (!certificates || certificates.length === 0) return faulty('cose.certificates');
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
        ...faulty('cose.timestamps', { header }),
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
 * What a token of a `c2pa.time-stamp` assertion may cover. C2PA 2.2 §18.17.3 has the structure of a header's token with
 * the signature as its payload; c2pa-rs, which writes these assertions, hashes the signature alone, and in 2025 hashed
 * its whole box. Whichever it is, no other signature fits.
 */
export function coveredElsewhere({ signed: { value, protectedBytes, box } }: ClaimSignature): Buffer[] {
  return [value, ...[value, cborBytes(value)].map((payload) => counterSigned(protectedBytes, payload)), box];
}

/**
 * The Sig_structure that a C2PA timestamp covers (C2PA 2.2 §10.3.2.5, RFC 9052 §4.4): context, protected
 * header, empty external data, payload.
 */
function counterSigned(protectedBytes: Buffer, payload: Buffer): Buffer {
  return sigStructure('CounterSignature', protectedBytes, payload);
}

/** What the signature itself is over (RFC 9052 §4.4); undefined where it is not over a claim that stands apart. */
export function signedClaim(
  { signed: { protectedBytes }, embedsClaim }: ClaimSignature,
  claim: Buffer,
): Buffer | undefined {
  return embedsClaim ? undefined : sigStructure('Signature1', protectedBytes, claim);
}

/** `name`: fewer than 24 characters. */
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

/** Undefined where the value is no list of byte strings or goes over its bounds. */
function readByteStrings(value: unknown, most: number, mostBytes: number): Buffer[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const strings = value.filter((one): one is Buffer => Buffer.isBuffer(one) && one.length <= mostBytes);
  return strings.length === value.length ? strings : undefined;
}

function mapOf(value: unknown): CborMap | undefined {
  return value instanceof Map ? value : undefined;
}
