import { X509Certificate } from 'node:crypto';
import { TAG } from './asn1-element.js';
import type { Certificate } from './certificate.js';
import type { Method } from './prehashed-methods.js';
import { trustLimits } from './trust-limits.js';

/**
 * Whether OpenSSL takes a certificate as issued by anybody. One extension that it cannot read, of a kind that it
 * knows, and the answer is no whatever the names are; which those are is OpenSSL's to say. So it is asked about an
 * issuer made up for that: of the name that the certificate names, with a key of the kind that signed it, without an
 * extension. Nobody signed that one; `checkIssued` looks at no signature.
 */
export function isIssuedAtAll({ x509 }: Certificate, issuerName: Buffer, { kind }: Method): boolean {
  try {
    return x509.checkIssued(issuerCalled(issuerName, kind));
  } catch {
    return false;
  }
}

/** Few issuers sign most files, and to open a certificate takes longer than what is asked of it. */
const remembered = new Map<string, X509Certificate>();

function issuerCalled(name: Buffer, kind: Method['kind']): X509Certificate {
  const make = () => new X509Certificate(madeUp(name, kind === 'ecdsa' ? EC_KEY : RSA_KEY));
  if (name.length > trustLimits.rememberedIssuerBytes) return make();
  const key = `${kind} ${name.toString('latin1')}`;
  const issuer = remembered.get(key) ?? make();
  if (remembered.size >= trustLimits.rememberedIssuers) remembered.clear();
  remembered.set(key, issuer);
  return issuer;
}

/** X.509 v1 (RFC 5280 §4.1): number, algorithm, issuer, validity, subject, key. */
function madeUp(name: Buffer, key: Buffer): Buffer {
  const signed = sequence(der(TAG.integer, Buffer.from([1])), ECDSA_SHA256, name, VALIDITY, name, key);
  return sequence(signed, ECDSA_SHA256, bitString(sequence()));
}

function der(tag: number, ...content: Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  const { length } = bytes;
  const long = length < 0x80 ? [] : [...Buffer.from(length.toString(16).padStart(6, '0'), 'hex')];
  return Buffer.concat([
    Buffer.from([tag, ...(long.length > 0 ? [0x80 | long.length, ...long] : [length])]),
    bytes,
  ]);
}

const CONSTRUCTED = 0x20;
const sequence = (...content: Buffer[]) => der(CONSTRUCTED | TAG.sequence, ...content);
const bitString = (content: Buffer) => der(TAG.bitString, Buffer.from([0]), content);
const identifier = (hex: string) => der(TAG.objectIdentifier, Buffer.from(hex, 'hex'));

const UTC_TIME = 23;
const DAY = der(UTC_TIME, Buffer.from('260101000000Z', 'latin1'));
const VALIDITY = sequence(DAY, DAY);
const ECDSA_SHA256 = sequence(identifier('2a8648ce3d040302'));
/** The base point of P-256 (SEC 2 §2.4.2). */
const EC_KEY = sequence(
  sequence(identifier('2a8648ce3d0201'), identifier('2a8648ce3d030107')),
  bitString(
    Buffer.from(
      '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296' +
        '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
      'hex',
    ),
  ),
);
/** Some odd number of 1024 bits, and 65537. */
const RSA_KEY = sequence(
  sequence(identifier('2a864886f70d010101'), Buffer.from([5, 0])),
  bitString(
    sequence(
      der(TAG.integer, Buffer.from([0]), Buffer.alloc(128, 0xff)),
      der(TAG.integer, Buffer.from([1, 0, 1])),
    ),
  ),
);
