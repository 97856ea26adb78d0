import { constants, type VerifyKeyObjectInput, verify } from 'node:crypto';
import { lookupTable } from '../../base/table.js';
import type { AnyCertificate } from './any-certificate.js';
import { type Asn1, algorithm as algorithmOf, contextElement, elementAt, integer } from './formats/asn1.js';

/**
 * Supported signature algorithms, by object identifier. SHA-1 and MD5 are excluded on purpose: a signature made with
 * them proves nothing, so it counts as not checkable.
 */
interface SignatureAlgorithm {
  name: string;
  /** Node's digest name; null if the algorithm includes its own. */
  digest?: string | null;
  /** Source of the digest, if it is not fixed. */
  digestFrom?: 'parameters';
}

export const SIGNATURE_ALGORITHMS: Readonly<Record<string, SignatureAlgorithm>> = lookupTable({
  '1.2.840.113549.1.1.11': { name: 'sha256WithRSAEncryption', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { name: 'sha384WithRSAEncryption', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { name: 'sha512WithRSAEncryption', digest: 'sha512' },
  '1.2.840.113549.1.1.10': { name: 'RSASSA-PSS', digestFrom: 'parameters' },
  '1.2.840.10045.4.3.2': { name: 'ecdsa-with-SHA256', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { name: 'ecdsa-with-SHA384', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { name: 'ecdsa-with-SHA512', digest: 'sha512' },
  '1.3.101.112': { name: 'Ed25519', digest: null },
});

/** CMS names only RSA and gives the digest separately; certificates never do. */
const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';

/** Collision-resistant digests, by object identifier (NIST). */
export const DIGESTS: Readonly<Record<string, string>> = lookupTable({
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
});

export interface SignatureInput {
  signer: AnyCertificate;
  /** AlgorithmIdentifier as encoded. */
  algorithm: Asn1 | undefined;
  /** Digest that the structure names in addition to the algorithm. */
  digest?: string;
  signed: Buffer;
  signature: Buffer;
}

/** Verifies a signature over bytes; OpenSSL verifies those of certificates itself. */
export function verifySignature(input: SignatureInput): 'holds' | 'does-not-hold' | 'cannot-check' {
  const { signer, signed, signature } = input;
  const { publicKey: key } = signer;
  const method = methodOf(input);
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

function methodOf({ algorithm, digest: separateDigest }: SignatureInput): Method | undefined {
  const id = algorithmOf(algorithm);
  if (id === RSA_ENCRYPTION)
    return separateDigest === undefined ? undefined : { digest: separateDigest, options: {} };
  const row =
    id !== undefined && Object.hasOwn(SIGNATURE_ALGORITHMS, id) ? SIGNATURE_ALGORITHMS[id] : undefined;
  if (!row) return undefined;
  return row.digestFrom === 'parameters'
    ? pssMethod(elementAt(algorithm, 1))
    : { digest: row.digest ?? null, options: {} };
}

/** RFC 4055 §3.1: digest [0], mask [1], salt length [2]; the default digest would be SHA-1. */
function pssMethod(parameters: Asn1 | undefined): Method | undefined {
  const id = algorithmOf(elementAt(contextElement(parameters, 0), 0));
  const digest = id !== undefined && Object.hasOwn(DIGESTS, id) ? DIGESTS[id] : undefined;
  const saltLength = Number(integer(elementAt(contextElement(parameters, 2), 0)) ?? 20);
  return digest === undefined
    ? undefined
    : { digest, options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } };
}
