import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isIssuedBy } from '../../../src/core/trust/any-certificate.js';
import { UndeterminedError } from '../../../src/core/trust/cannot-tell.js';
import { Certificate } from '../../../src/core/trust/certificate.js';
import { openStoredCertificate, toStoredCertificate } from '../../../src/core/trust/stored-certificate.js';
import { EMAIL, issue } from './ca.js';

const CA = resolve(import.meta.dirname, '../../../fixtures/ca');
const SHOWN = { identity: 'signer 0', serial: 'masked', sha256: 'masked' };

function derOf(name: string): Buffer {
  const [, base64 = ''] =
    /-----BEGIN CERTIFICATE-----([^-]+)/.exec(readFileSync(resolve(CA, name), 'latin1')) ?? [];
  return Buffer.from(base64, 'base64');
}

function opened(der: Buffer): Certificate {
  const certificate = Certificate.open(der);
  if (certificate === undefined) throw new Error('not a certificate');
  return certificate;
}

/** Returns the certificate as loaded from the store. */
function kept(certificate: Certificate, along: Certificate[] = []) {
  const facts = toStoredCertificate(certificate, along, SHOWN);
  if (facts === undefined) throw new Error('no records were stored of it');
  return openStoredCertificate(JSON.parse(JSON.stringify(facts)));
}

/** Empties an element of less than 128 bytes; the two around it have two length bytes each. */
function withoutContent(der: Buffer, at: number): Buffer {
  const less = der.readUInt8(at + 1);
  const out = Buffer.concat([der.subarray(0, at + 1), Buffer.from([0]), der.subarray(at + 2 + less)]);
  for (const head of [0, 4]) out.writeUInt16BE(out.readUInt16BE(head + 2) - less, head + 2);
  return out;
}

describe('what is kept of a certificate', () => {
  const signer = opened(derOf('signer.pem'));
  const root = opened(derOf('root.pem'));
  const nobody = opened(derOf('nobody-root.pem'));

  it('names the issuer that the certificate names, and no other', () => {
    for (const one of [signer, kept(signer)]) {
      expect([root, nobody].map((issuer) => isIssuedBy(one, issuer))).toEqual([true, false]);
    }
  });

  it('is signed by the issuer whose key signed the certificate, whether that one came along or not', async () => {
    const impostor = await issue({ name: 'Assay Test Root', ca: true });
    for (const along of [[], [root]]) {
      const one = kept(signer, along);
      expect([root, nobody, impostor.certificate].map((issuer) => one.isSignedBy(issuer))).toEqual([
        true,
        false,
        false,
      ]);
    }
  });

  it('knows an issuer that came along by another certificate of the same key', async () => {
    const issuer = await issue({ name: 'Issuer', ca: true });
    const renewed = await issue({ name: 'Issuer', ca: true, keys: issuer.keys });
    const leaf = await issue({ name: 'Leaf', issuer, purposes: [EMAIL] });
    expect(kept(leaf.certificate, [issuer.certificate]).isSignedBy(renewed.certificate)).toBe(true);
  });

  it('cannot tell whether a list that names single certificates names this one, where its digest begins the same', () => {
    const one = kept(signer);
    expect(one.isAmong(new Set([root.sha256]))).toBe(false);
    expect(() => one.isAmong(new Set([signer.sha256]))).toThrow(UndeterminedError);
  });

  it('is there of a certificate whose issuer has no name, and names nobody', () => {
    const der = derOf('signer.pem');
    const name = der.indexOf(Buffer.from('060355040a', 'hex'));
    const [outer, inner] = [name - 6, name - 4];
    expect([der[outer], der[inner]]).toEqual([0x30, 0x31]);
    const certificate = opened(withoutContent(der, outer));
    expect(certificate.x509.issuer).toBeUndefined();
    for (const one of [certificate, kept(certificate)]) expect(isIssuedBy(one, root)).toBe(false);
  });

  it.each([
    ['signature', '2a8648ce3d040302'],
    ['authority key identifier', '551d23'],
    ['subject key identifier', '551d0e'],
  ])('says of one whose %s was altered what the certificate says', (_what, id) => {
    const der = Buffer.from(derOf('signer.pem'));
    const at = der.lastIndexOf(Buffer.from(id, 'hex')) + id.length / 2 + 4;
    der[at] = (der[at] ?? 0) ^ 1;
    const certificate = opened(der);
    const one = kept(certificate);
    expect(isIssuedBy(one, root)).toBe(isIssuedBy(certificate, root));
    expect([one.isSignedBy(root), certificate.isSignedBy(root)]).toEqual([false, false]);
  });
});
