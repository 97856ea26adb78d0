import { constants, type KeyObject, publicDecrypt } from 'node:crypto';
import { p256 } from '@noble/curves/p256';
import { p384 } from '@noble/curves/p384';
import { p521 } from '@noble/curves/p521';
import { lookupTable } from '../../base/table.js';
import { type Asn1, algorithm } from './formats/asn1.js';

/**
 * Verifies signatures when only the digest of the signed bytes is left. Node always hashes its input itself; for
 * elliptic curves the library accepts a digest.
 */

export type DigestName = 'sha256' | 'sha384' | 'sha512';

export interface Method {
  kind: 'ecdsa' | 'rsa';
  digestName: DigestName;
}

export interface PrehashedSignature extends Method {
  digest: Buffer;
  signature: Buffer;
}

const METHODS: Readonly<Record<string, Method>> = lookupTable({
  '1.2.840.113549.1.1.11': { kind: 'rsa', digestName: 'sha256' },
  '1.2.840.113549.1.1.12': { kind: 'rsa', digestName: 'sha384' },
  '1.2.840.113549.1.1.13': { kind: 'rsa', digestName: 'sha512' },
  '1.2.840.10045.4.3.2': { kind: 'ecdsa', digestName: 'sha256' },
  '1.2.840.10045.4.3.3': { kind: 'ecdsa', digestName: 'sha384' },
  '1.2.840.10045.4.3.4': { kind: 'ecdsa', digestName: 'sha512' },
});

/**
 * Returns the method of an AlgorithmIdentifier; `undefined` if it cannot be verified from a digest: Ed25519 needs the
 * bytes themselves, and for RSA-PSS neither Node nor the library accepts a digest.
 */
export function findPrehashedMethod(identifier: Asn1 | undefined): Method | undefined {
  const id = algorithm(identifier) ?? '';
  return Object.hasOwn(METHODS, id) ? METHODS[id] : undefined;
}

/** RFC 8017 §9.2: DER of DigestInfo up to the digest. */
const DIGEST_INFO: Readonly<Record<DigestName, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

const CURVES = { 'P-256': p256, 'P-384': p384, 'P-521': p521 } as const;

/** Returns whether the signature is valid; `undefined` if the kind of key is not supported. */
export function verifyPrehashed(signature: PrehashedSignature, key: KeyObject): boolean | undefined {
  if (signature.kind === 'ecdsa') return verifyEcdsa(signature, key);
  return key.asymmetricKeyType === 'rsa' && verifyRsa(signature, key);
}

function verifyEcdsa({ digest, signature }: PrehashedSignature, key: KeyObject): boolean | undefined {
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

function verifyRsa({ digestName, digest, signature }: PrehashedSignature, key: KeyObject): boolean {
  try {
    const opened = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
    return opened.equals(Buffer.concat([Buffer.from(DIGEST_INFO[digestName], 'hex'), digest]));
  } catch {
    return false;
  }
}
