import { constants, createHash, createPublicKey, type KeyObject, publicDecrypt } from 'node:crypto';
import { p256 } from '@noble/curves/p256';
import { p384 } from '@noble/curves/p384';
import { p521 } from '@noble/curves/p521';
import { bits, parseAsn1, step } from './asn1.js';
import type { Digest, Prehashed } from './prehashed-methods.js';

/**
 * Signatures over bytes of which only the digest is left. Node hashes what it checks, and takes no digest in its
 * place; for elliptic curves the library does.
 */

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
  if (question.kind === 'rsa') return key.asymmetricKeyType === 'rsa' && rsaHolds(question, key);
  return pssHolds(question, key);
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

function pssHolds(question: Prehashed, key: KeyObject): boolean | undefined {
  const kind = key.asymmetricKeyType;
  if (kind !== 'rsa' && kind !== 'rsa-pss') return false;
  if (kind === 'rsa-pss' && !allows(key, question)) return undefined;
  const bitLength = (key.asymmetricKeyDetails?.modulusLength ?? 0) - 1;
  try {
    const plain = kind === 'rsa' ? key : plainKey(key);
    const encoded = publicDecrypt({ key: plain, padding: constants.RSA_NO_PADDING }, question.signature);
    return pssMatches(encoded.subarray(-Math.ceil(bitLength / 8)), bitLength, question);
  } catch {
    return false;
  }
}

/** A key that was made for RSA-PSS alone may bind what goes with it. */
function allows(
  { asymmetricKeyDetails: bound }: KeyObject,
  { digestName, saltBytes = 0 }: Prehashed,
): boolean {
  const { hashAlgorithm = digestName, mgf1HashAlgorithm = digestName, saltLength = 0 } = bound ?? {};
  return hashAlgorithm === digestName && mgf1HashAlgorithm === digestName && saltLength <= saltBytes;
}

/** The same numbers without what they are for: OpenSSL opens nothing with the other. */
function plainKey(key: KeyObject): KeyObject {
  const numbers = bits(step(parseAsn1(key.export({ type: 'spki', format: 'der' })), 1));
  return createPublicKey({ key: numbers ?? Buffer.alloc(0), format: 'der', type: 'pkcs1' });
}

/** RFC 8017 §9.1.2, EMSA-PSS-VERIFY. */
function pssMatches(
  encoded: Buffer,
  bitLength: number,
  { digestName, digest, saltBytes = 0 }: Prehashed,
): boolean {
  const dataBytes = encoded.length - digest.length - 1;
  if (dataBytes < saltBytes + 1 || encoded.at(-1) !== 0xbc) return false;
  const hash = encoded.subarray(dataBytes, -1);
  const unused = 0xff >> (8 * encoded.length - bitLength);
  const mask = maskOf(hash, dataBytes, digestName);
  if (((encoded[0] ?? 0) & ~unused) !== 0) return false;
  const data = Buffer.from(mask.map((byte, at) => byte ^ (encoded[at] ?? 0)));
  data[0] = (data[0] ?? 0) & unused;
  const zeros = data.subarray(0, dataBytes - saltBytes - 1);
  if (zeros.some((byte) => byte !== 0) || data[zeros.length] !== 1) return false;
  const salt = data.subarray(zeros.length + 1);
  return createHash(digestName).update(Buffer.alloc(8)).update(digest).update(salt).digest().equals(hash);
}

/** RFC 8017 B.2.1, MGF1. */
function maskOf(seed: Buffer, length: number, digestName: Digest): Buffer {
  const parts: Buffer[] = [];
  for (let count = 0; Buffer.concat(parts).length < length; count += 1) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(count);
    parts.push(createHash(digestName).update(seed).update(counter).digest());
  }
  return Buffer.concat(parts).subarray(0, length);
}
