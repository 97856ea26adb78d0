import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Method, verifyPrehashed } from '../../../src/core/trust/prehashed.js';

const SIGNED = Buffer.from('what an issuer signed');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
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
];

describe('a signature over bytes of which the digest is left', () => {
  it.each(CASES)('%s: as OpenSSL made it', (_, method, keys, answer) => {
    if (keys === undefined) throw new Error('no keys');
    const question = (bytes: Buffer, signature: Buffer) => ({
      ...method,
      digest: createHash(method.digestName).update(bytes).digest(),
      signature,
    });
    const signature = sign(method.digestName, SIGNED, keys.privateKey);
    expect(verifyPrehashed(question(SIGNED, signature), keys.publicKey)).toBe(answer);
    if (answer !== true) return;
    expect(verifyPrehashed(question(Buffer.from('something else'), signature), keys.publicKey)).toBe(false);
    for (const at of [0, signature.length >> 1, signature.length - 1]) {
      const flipped = Buffer.from(signature);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(verifyPrehashed(question(SIGNED, flipped), keys.publicKey)).toBe(false);
    }
    expect(verifyPrehashed(question(SIGNED, Buffer.alloc(0)), keys.publicKey)).toBe(false);
  });

  it('does not hold by a key of another kind', () => {
    const digest = createHash('sha256').update(SIGNED).digest();
    const signature = sign('sha256', SIGNED, rsa.privateKey);
    const key = generateKeyPairSync('ed25519').publicKey;
    for (const kind of ['ecdsa', 'rsa'] as const) {
      expect(verifyPrehashed({ kind, digestName: 'sha256', digest, signature }, key)).toBe(false);
    }
  });
});
