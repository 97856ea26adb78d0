import { constants, type KeyObject, publicDecrypt } from 'node:crypto';
import { p256 } from '@noble/curves/p256';
import { p384 } from '@noble/curves/p384';
import { p521 } from '@noble/curves/p521';
import { table } from '../ground/table.js';
import { type Asn1, algorithm } from './asn1.js';

/**
 * Signatures over bytes of which only the digest is left. Node hashes what it checks, and takes no digest in its
 * place; for elliptic curves the library does.
 */

export type Digest = 'sha256' | 'sha384' | 'sha512';

export interface Method {
  kind: 'ecdsa' | 'rsa';
  digestName: Digest;
}

export interface Prehashed extends Method {
  digest: Buffer;
  signature: Buffer;
}

const METHODS: Readonly<Record<string, Method>> = table({
  '1.2.840.113549.1.1.11': { kind: 'rsa', digestName: 'sha256' },
  '1.2.840.113549.1.1.12': { kind: 'rsa', digestName: 'sha384' },
  '1.2.840.113549.1.1.13': { kind: 'rsa', digestName: 'sha512' },
  '1.2.840.10045.4.3.2': { kind: 'ecdsa', digestName: 'sha256' },
  '1.2.840.10045.4.3.3': { kind: 'ecdsa', digestName: 'sha384' },
  '1.2.840.10045.4.3.4': { kind: 'ecdsa', digestName: 'sha512' },
});

/**
 * Of an AlgorithmIdentifier; undefined where it cannot be checked so: Ed25519 takes the bytes themselves, and for RSA-PSS
 * neither Node nor the library takes a digest.
 */
export function prehashedMethod(identifier: Asn1 | undefined): Method | undefined {
  const id = algorithm(identifier) ?? '';
  return Object.hasOwn(METHODS, id) ? METHODS[id] : undefined;
}

/** RFC 8017 §9.2: the DER of DigestInfo up to the digest. */
const DIGEST_INFO: Readonly<Record<Digest, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

const CURVES = { 'P-256': p256, 'P-384': p384, 'P-521': p521 } as const;

/** Undefined where the key is of a kind that is not checked here. */
export function prehashedHolds(question: Prehashed, key: KeyObject): boolean | undefined {
  if (question.kind === 'ecdsa') return ecdsaHolds(question, key);
  return key.asymmetricKeyType === 'rsa' && rsaHolds(question, key);
}

function ecdsaHolds({ digest, signature }: Prehashed, key: KeyObject): boolean | undefined {
  if (key.asymmetricKeyType !== 'ec') return false;
  const { crv, x = '', y = '' } = key.export({ format: 'jwk' });
  const curve = Object.entries(CURVES).find(([name]) => name === crv)?.[1];
  if (curve === undefined) return undefined;
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  try {
    return curve.verify(signature, digest, point, { prehash: false, lowS: false, format: 'der' });
  } catch {
    return false;
  }
}

function rsaHolds({ digestName, digest, signature }: Prehashed, key: KeyObject): boolean {
  try {
    const opened = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
    return opened.equals(Buffer.concat([Buffer.from(DIGEST_INFO[digestName], 'hex'), digest]));
  } catch {
    return false;
  }
}
