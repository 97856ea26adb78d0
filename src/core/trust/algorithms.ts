import { constants, type VerifyKeyObjectInput, verify } from 'node:crypto';
import { table } from '../ground/table.js';
import type { AnyCertificate } from './any-certificate.js';
import { type Asn1, algorithm as algorithmOf, context, integer, step } from './asn1.js';

/**
 * Signature algorithms that are checked here, by object identifier. SHA-1 and MD5 are left out on purpose:
 * a signature made with them proves nothing, so it counts as one that cannot be checked.
 */
interface SignatureAlgorithm {
  name: string;
  /** Node's name of the digest; null where the algorithm brings its own. */
  digest?: string | null;
  /** Where the digest stands instead. */
  digestFrom?: 'parameters';
}

export const SIGNATURE_ALGORITHMS: Readonly<Record<string, SignatureAlgorithm>> = table({
  '1.2.840.113549.1.1.11': { name: 'sha256WithRSAEncryption', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { name: 'sha384WithRSAEncryption', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { name: 'sha512WithRSAEncryption', digest: 'sha512' },
  '1.2.840.113549.1.1.10': { name: 'RSASSA-PSS', digestFrom: 'parameters' },
  '1.2.840.10045.4.3.2': { name: 'ecdsa-with-SHA256', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { name: 'ecdsa-with-SHA384', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { name: 'ecdsa-with-SHA512', digest: 'sha512' },
  '1.3.101.112': { name: 'Ed25519', digest: null },
});

/** CMS names RSA alone and the digest apart; a certificate never does. */
const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';

/** Digests that prove something, by object identifier (NIST). */
export const DIGESTS: Readonly<Record<string, string>> = table({
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
});

export interface SignatureQuestion {
  signer: AnyCertificate;
  /** The AlgorithmIdentifier as it stands. */
  algorithm: Asn1 | undefined;
  /** The digest that the structure names beside the algorithm. */
  digest?: string;
  signed: Buffer;
  signature: Buffer;
}

/** A signature over bytes, other than a certificate's own, which OpenSSL checks itself. */
export function verifySignature(question: SignatureQuestion): 'holds' | 'does-not-hold' | 'cannot-check' {
  const { signer, signed, signature } = question;
  const { publicKey: key } = signer;
  const method = methodOf(question);
  if (!method || !key) return 'cannot-check';
  try {
    if (signer.hasWeakKey) return 'cannot-check';
    return verify(method.digest, signed, { ...method.options, key }, signature) ? 'holds' : 'does-not-hold';
  } catch {
    return 'cannot-check';
  }
}

interface Method {
  digest: string | null;
  options: Omit<VerifyKeyObjectInput, 'key'>;
}

function methodOf({ algorithm, digest: beside }: SignatureQuestion): Method | undefined {
  const id = algorithmOf(algorithm);
  if (id === RSA_ENCRYPTION) return beside === undefined ? undefined : { digest: beside, options: {} };
  const row =
    id !== undefined && Object.hasOwn(SIGNATURE_ALGORITHMS, id) ? SIGNATURE_ALGORITHMS[id] : undefined;
  if (!row) return undefined;
  return row.digestFrom === 'parameters'
    ? pssMethod(step(algorithm, 1))
    : { digest: row.digest ?? null, options: {} };
}

/** RFC 4055 §3.1: digest [0], mask [1], salt length [2]; a digest left out would be SHA-1. */
function pssMethod(parameters: Asn1 | undefined): Method | undefined {
  const id = algorithmOf(step(context(parameters, 0), 0));
  const digest = id !== undefined && Object.hasOwn(DIGESTS, id) ? DIGESTS[id] : undefined;
  const saltLength = Number(integer(step(context(parameters, 2), 0)) ?? 20);
  return digest === undefined
    ? undefined
    : { digest, options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } };
}
