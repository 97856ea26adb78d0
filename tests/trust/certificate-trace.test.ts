import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Certificate } from '../../src/core/trust/certificate.js';
import { subjectKeyOf, traceOf } from '../../src/core/trust/certificate-trace.js';

const CA = resolve(import.meta.dirname, '../../fixtures/ca');
const OBJECT_DESCRIPTOR = 0x07;
const SHOWN = { serial: '1', sha256: '' };

function derOf(name: string): Buffer {
  const [, base64 = ''] =
    /-----BEGIN CERTIFICATE-----([^-]+)/.exec(readFileSync(resolve(CA, name), 'latin1')) ?? [];
  return Buffer.from(base64, 'base64');
}

const opened = (der: Buffer) => {
  const certificate = Certificate.open(der);
  if (certificate === undefined) throw new Error('not a certificate');
  return certificate;
};

/** The first byte of what stands in an extension, in its octets, is another. */
function withOtherValue(der: Buffer, extension: string): Buffer {
  const out = Buffer.from(der);
  const id = Buffer.from(extension, 'hex');
  const at = out.indexOf(id) + id.length;
  // Its criticality may stand before the octets.
  const octets = out[at] === 0x01 ? at + 3 : at;
  expect(out[octets]).toBe(0x04);
  out[octets + 2] = 0x02;
  return out;
}

/** An element of less than 128 bytes with nothing in it; the two around it are of two length bytes. */
function withoutContent(der: Buffer, at: number): Buffer {
  const less = der.readUInt8(at + 1);
  const out = Buffer.concat([der.subarray(0, at + 1), Buffer.from([0]), der.subarray(at + 2 + less)]);
  for (const head of [0, 4]) out.writeUInt16BE(out.readUInt16BE(head + 2) - less, head + 2);
  return out;
}

describe('the trace of a signer’s certificate', () => {
  it('is there for what OpenSSL takes as issued', () => {
    const certificate = opened(derOf('signer.pem'));
    expect(certificate.isIssuedBy(opened(derOf('root.pem')))).toBe(true);
    expect(traceOf(certificate, SHOWN)).toBeDefined();
  });

  it('is none where the issuer has no name', () => {
    const der = derOf('signer.pem');
    const name = der.indexOf(Buffer.from('060355040a', 'hex'));
    const [outer, inner] = [name - 6, name - 4];
    expect([der[outer], der[inner]]).toEqual([0x30, 0x31]);
    const certificate = opened(withoutContent(der, outer));
    expect(certificate.x509.issuer).toBeUndefined();
    expect(traceOf(certificate, SHOWN)).toBeUndefined();
    expect(subjectKeyOf(certificate)).not.toBe('');
  });

  it.each([
    ['authority key identifier', '551d23'],
    ['subject key identifier', '551d0e'],
  ])('is none where OpenSSL, for an %s that it cannot read, takes it as issued by nobody', (_what, id) => {
    const certificate = opened(withOtherValue(derOf('signer.pem'), id));
    expect(certificate.isIssuedBy(opened(derOf('root.pem')))).toBe(false);
    expect(traceOf(certificate, SHOWN)).toBeUndefined();
  });

  it('is none where a name of the issuer is of a kind that OpenSSL compares by its bytes', () => {
    const der = Buffer.from(derOf('signer.pem'));
    // The issuer stands before the subject: its first common name, and the kind of that text.
    const kind = der.indexOf(Buffer.from('0603550403', 'hex')) + 5;
    expect(der[kind]).toBe(0x0c);
    der[kind] = OBJECT_DESCRIPTOR;
    const certificate = opened(der);
    expect(certificate.x509.issuer).toBe(opened(derOf('signer.pem')).x509.issuer);
    expect(traceOf(certificate, SHOWN)).toBeUndefined();
  });
});
