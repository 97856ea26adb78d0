import { createHash } from 'node:crypto';
import { type Asn1, algorithm, bits, elements, parseAsn1, raw, step } from './asn1.js';
import type { Certificate } from './certificate.js';
import { type CertificateProfile, keyIdentifiersOf, profileOf } from './certificate-profile.js';
import { isIssuedAtAll } from './nameable-issuer.js';
import { type Method, prehashedMethod } from './prehashed-methods.js';

/** What is kept of a signer's certificate: neither its number, its key nor its digest, which may name one device. */
export interface CertificateTrace {
  profile: CertificateProfile;
  /** As it is compared: see `subjectKeyOf`. */
  issuer: string;
  issuerKey?: string;
  /** Of what its issuer signed, and the signature: an issuer is known again by its key alone. */
  digest: string;
  signature: string;
  method: Method;
  /** The first bits of its SHA-256: one certificate of four thousand has the same. */
  mark: string;
  /** As the Report shows them. */
  serial: string;
  sha256: string;
}

const MARK_CHARACTERS = 3;

/** Undefined where an issuer could not be known again by it. */
export function traceOf(
  certificate: Certificate,
  shown: Pick<CertificateTrace, 'serial' | 'sha256'>,
): CertificateTrace | undefined {
  const profile = profileOf(certificate);
  const outer = parseAsn1(certificate.der);
  const method = prehashedMethod(step(outer, 1));
  const signed = step(outer, 0);
  const signature = bits(step(outer, 2));
  const { issuer: issuerKey, byNumber } = keyIdentifiersOf(certificate);
  if (!profile || !method || !signed || !signature || byNumber) return undefined;
  if (algorithm(step(signed, 2)) !== profile.signatureAlgorithm) return undefined;
  const issuerName = step(signed, 3);
  const issuer = nameKey(certificate.x509.issuer);
  if (issuer === '' || !issuerName || !isTold(issuerName)) return undefined;
  if (!isIssuedAtAll(certificate, raw(issuerName), method)) return undefined;
  return {
    profile,
    issuer,
    ...(issuerKey === undefined ? {} : { issuerKey }),
    digest: createHash(method.digestName).update(raw(signed)).digest('hex'),
    signature: signature.toString('base64'),
    method,
    mark: certificate.sha256.slice(0, MARK_CHARACTERS),
    ...shown,
  };
}

/** UTF8, Numeric, Printable, T61, IA5, Universal and BMP strings: OpenSSL compares these as text, and others by their bytes. */
const TEXTS: ReadonlySet<number> = new Set([12, 18, 19, 20, 22, 28, 30]);

/** A name of other kinds of values reads like one of these and is none to OpenSSL. */
function isTold(name: Asn1): boolean {
  const parts = elements(name).flatMap((set) => elements(set));
  return parts.every((part) => {
    const value = step(part, 1);
    return value !== undefined && TEXTS.has(value.tag) && value.isUniversal(value.tag);
  });
}

const subjects = new WeakMap<Certificate, string>();

/** The name by which it is known to those that it issued. */
export function subjectKeyOf(certificate: Certificate): string {
  const known = subjects.get(certificate) ?? nameKey(certificate.x509.subject);
  subjects.set(certificate, known);
  return known;
}

/**
 * OpenSSL compares names without regard to case and to how many spaces stand in a row. Of an empty name Node gives
 * undefined, whatever its types say.
 */
function nameKey(name: string | undefined): string {
  return (name ?? '').toLowerCase().replace(/[^\S\n]+/g, ' ');
}
