import { constants, KeyObject, type SignKeyObjectInput, sign } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { claimSignatureState } from '../../../src/core/trust/claim-signature.js';
import { type ClaimSignature, signedClaimBytes } from '../../../src/core/trust/formats/cose.js';
import { type Issued, issue } from './ca.js';

/** Compares the check of a claim signature with OpenSSL's. */

const CLAIM = Buffer.from('a claim');
const [ES256, PS256] = [-7, -37];
let ec: Issued;
let rsa: Issued;

beforeAll(async () => {
  ec = await issue({ name: 'signer' });
  const publicExponent = new Uint8Array([1, 0, 1]);
  const kind = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent, hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(kind, true, ['sign', 'verify']);
  rsa = await issue({ name: 'signer', issuer: ec, keys });
});

const pss = (saltLength: number) => ({ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });

function signature(by: Issued, algorithm: number, how: Omit<SignKeyObjectInput, 'key'>): ClaimSignature {
  const protectedBytes = Buffer.from('a10126', 'hex');
  const bare: ClaimSignature = {
    algorithm,
    certificates: [by.der],
    timestamps: [],
    ocspResponses: [],
    signed: { value: Buffer.alloc(0), protectedBytes, box: Buffer.alloc(0) },
  };
  const bytes = signedClaimBytes(bare, CLAIM);
  if (bytes === undefined) throw new Error('nothing to sign');
  const value = sign('sha256', bytes, { ...how, key: KeyObject.from(by.keys.privateKey) });
  return { ...bare, signed: { ...bare.signed, value } };
}

describe('a claim signature', () => {
  it('is over context, protected header, nothing and the claim', () => {
    // RFC 9052 §4.4: ["Signature1", h'a10126', h'', h'6120636c61696d'].
    expect(signedClaimBytes(signature(ec, ES256, {}), CLAIM)?.toString('hex')).toBe(
      `846a${Buffer.from('Signature1').toString('hex')}43a101264047${CLAIM.toString('hex')}`,
    );
  });

  it('holds over its claim alone', () => {
    for (const one of [
      signature(ec, ES256, { dsaEncoding: 'ieee-p1363' }),
      signature(ec, ES256, { dsaEncoding: 'der' }),
      signature(rsa, PS256, pss(32)),
    ]) {
      expect(claimSignatureState(one, CLAIM)).toBe('holds');
      expect(claimSignatureState(one, Buffer.from('another claim'))).toBe('does-not-hold');
      const { value } = one.signed;
      const flipped = { ...one, signed: { ...one.signed, value: Buffer.from(value) } };
      flipped.signed.value.writeUInt8(value.readUInt8(40) ^ 1, 40);
      expect(claimSignatureState(flipped, CLAIM)).toBe('does-not-hold');
    }
  });

  it('does not hold with a salt of another length', () => {
    expect(claimSignatureState(signature(rsa, PS256, pss(20)), CLAIM)).toBe('does-not-hold');
  });

  it('cannot be checked by a key or algorithm of another kind, or where the claim stands in it', () => {
    const good = signature(ec, ES256, { dsaEncoding: 'ieee-p1363' });
    const { algorithm: _, ...unnamed } = good;
    for (const one of [
      { ...good, algorithm: PS256 },
      { ...good, algorithm: -257 },
      { ...good, certificates: [rsa.der] },
      { ...good, certificates: [Buffer.from('none')] },
      { ...good, embedsClaim: true as const },
      unnamed,
    ])
      expect(claimSignatureState(one, CLAIM)).toBe('cannot-check');
  });
});
