import {
  constants,
  createHash,
  generateKeyPairSync,
  type KeyObject,
  type RSAPSSKeyPairKeyObjectOptions,
  sign,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { prehashedHolds } from '../../src/core/trust/prehashed.js';
import type { Method } from '../../src/core/trust/prehashed-methods.js';

const SIGNED = Buffer.from('what an issuer signed');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** The types hold neither that nothing need be bound nor that the salt's length is a number. */
const pssKeys = (options: object) => generateKeyPairSync('rsa-pss', options as RSAPSSKeyPairKeyObjectOptions);
const pss = pssKeys({ modulusLength: 2049 });
const bound = pssKeys({
  modulusLength: 2048,
  hashAlgorithm: 'sha384',
  mgf1HashAlgorithm: 'sha384',
  saltLength: 48,
});
const curve = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });
const [p256, p384, p521, k256] = ['P-256', 'P-384', 'P-521', 'secp256k1'].map(curve);

interface Pair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

const CASES: [string, Method, Pair | undefined, boolean | undefined][] = [
  ['ECDSA on P-256', { kind: 'ecdsa', digestName: 'sha256' }, p256, true],
  ['ECDSA on P-256 with a longer digest', { kind: 'ecdsa', digestName: 'sha512' }, p256, true],
  ['ECDSA on P-384', { kind: 'ecdsa', digestName: 'sha384' }, p384, true],
  ['ECDSA on P-521', { kind: 'ecdsa', digestName: 'sha512' }, p521, true],
  ['a curve that is not checked', { kind: 'ecdsa', digestName: 'sha256' }, k256, undefined],
  ['RSA', { kind: 'rsa', digestName: 'sha256' }, rsa, true],
  ['RSA-PSS', { kind: 'rsa-pss', digestName: 'sha256', saltBytes: 32 }, rsa, true],
  ['RSA-PSS without salt', { kind: 'rsa-pss', digestName: 'sha512', saltBytes: 0 }, rsa, true],
  ['RSA-PSS by a key of its own', { kind: 'rsa-pss', digestName: 'sha256', saltBytes: 32 }, pss, true],
  ['a key that binds the digest', { kind: 'rsa-pss', digestName: 'sha384', saltBytes: 48 }, bound, true],
  ['a key that binds another', { kind: 'rsa-pss', digestName: 'sha256', saltBytes: 48 }, bound, undefined],
];

function signed({ kind, digestName, saltBytes = 0 }: Method, { privateKey: key }: Pair): Buffer {
  if (kind !== 'rsa-pss') return sign(digestName, SIGNED, key);
  // One that the key does not allow is never asked of OpenSSL.
  const allowed = key.asymmetricKeyDetails?.hashAlgorithm ?? digestName;
  return sign(allowed, SIGNED, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltBytes });
}

describe('a signature over bytes of which the digest is left', () => {
  it.each(CASES)('%s: as OpenSSL made it', (_, method, keys, answer) => {
    if (keys === undefined) throw new Error('no keys');
    const question = (bytes: Buffer, signature: Buffer) => ({
      ...method,
      digest: createHash(method.digestName).update(bytes).digest(),
      signature,
    });
    const signature = signed(method, keys);
    expect(prehashedHolds(question(SIGNED, signature), keys.publicKey)).toBe(answer);
    if (answer !== true) return;
    expect(prehashedHolds(question(Buffer.from('something else'), signature), keys.publicKey)).toBe(false);
    for (const at of [0, signature.length >> 1, signature.length - 1]) {
      const flipped = Buffer.from(signature);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(prehashedHolds(question(SIGNED, flipped), keys.publicKey)).toBe(false);
    }
    expect(prehashedHolds(question(SIGNED, Buffer.alloc(0)), keys.publicKey)).toBe(false);
  });

  it('does not hold by a key of another kind', () => {
    const digest = createHash('sha256').update(SIGNED).digest();
    const signature = sign('sha256', SIGNED, rsa.privateKey);
    const key = generateKeyPairSync('ed25519').publicKey;
    for (const kind of ['ecdsa', 'rsa', 'rsa-pss'] as const) {
      expect(prehashedHolds({ kind, digestName: 'sha256', digest, signature }, key)).toBe(false);
    }
  });
});
