import { createHash, X509Certificate } from 'node:crypto';
import { trustLimits as limits } from './trust-limits.js';

/**
 * One certificate, opened by the platform's own X.509 (OpenSSL): fast enough for whole lists. What a chain
 * needs beyond that is read only for the few certificates on its way (certificate-profile.ts).
 */
export class Certificate {
  /** OpenSSL's own copy: the file's buffer that the certificate came from can go. */
  readonly der: Buffer;
  readonly x509: X509Certificate;
  /** Lower-case hexadecimal of the DER. */
  readonly sha256: string;
  readonly #signedBy = new WeakMap<Certificate, boolean>();
  readonly #issuedBy = new WeakMap<Certificate, boolean>();
  #serial: string | undefined;
  #purposes: readonly string[] | undefined;

  private constructor(x509: X509Certificate, sha256: string) {
    this.der = x509.raw;
    this.x509 = x509;
    this.sha256 = sha256;
  }

  /** Undefined where the bytes are no certificate, are too many, or go on after it. */
  static open(der: Buffer): Certificate | undefined {
    if (der.length === 0 || der.length > limits.certificateBytes) return undefined;
    const sha256 = fingerprint(der);
    const known = opened.get(sha256);
    if (known) return known;
    try {
      const x509 = new X509Certificate(der);
      // OpenSSL also takes PEM text and stops reading after the first certificate.
      if (!x509.raw.equals(der)) return undefined;
      return remember(new Certificate(x509, sha256));
    } catch {
      return undefined;
    }
  }

  /** Decimal digits, as the C2PA engines write a serial number. */
  get serial(): string {
    this.#serial ??= unsigned(this.x509.serialNumber).toString();
    return this.#serial;
  }

  /** Extended key usage, dotted object identifiers; empty where the certificate is not limited to any. */
  get purposes(): readonly string[] {
    // Node calls it keyUsage; it is undefined where the extension is not there, and read anew each time.
    this.#purposes ??= this.x509.keyUsage ?? [];
    return this.#purposes;
  }

  equals(other: { sha256: string }): boolean {
    return this.sha256 === other.sha256;
  }

  /** By the digests of whole certificates. */
  isAmong(digests: ReadonlySet<string>): boolean {
    return digests.has(this.sha256);
  }

  /** Tells it from every other. */
  get identity(): string {
    return this.sha256;
  }

  /** Names match, and key identifiers where both name one (X509_check_issued); no signature is looked at. */
  isIssuedBy(issuer: Certificate): boolean {
    const known = this.#issuedBy.get(issuer) ?? this.#namesAsIssuer(issuer);
    this.#issuedBy.set(issuer, known);
    return known;
  }

  #namesAsIssuer(issuer: Certificate): boolean {
    try {
      return this.x509.checkIssued(issuer.x509);
    } catch {
      return false;
    }
  }

  /** By this issuer's key; names and dates are another matter. Throws where OpenSSL does not know the key's kind. */
  isSignedBy(issuer: Certificate): boolean {
    const known = this.#signedBy.get(issuer);
    if (known !== undefined) return known;
    const holds = this.x509.verify(issuer.x509.publicKey);
    this.#signedBy.set(issuer, holds);
    return holds;
  }
}

/**
 * RFC 5280 §4.1.2.2: a serial number may come out negative, and readers are to take it. Here it begins with a minus
 * then; the engines take the bytes as they stand, without a sign.
 */
function unsigned(serial: string): bigint {
  if (!serial.startsWith('-')) return BigInt(`0x${serial}`);
  const amount = BigInt(`0x${serial.slice(1)}`);
  let range = 256n;
  while (range < 2n * amount) range *= 256n;
  return range - amount;
}

/** In a folder of files the same issuers come again and again; their structure is read once. */
const opened = new Map<string, Certificate>();

function remember(certificate: Certificate): Certificate {
  const [oldest] = opened.keys();
  if (opened.size >= limits.rememberedCertificates && oldest !== undefined) opened.delete(oldest);
  opened.set(certificate.sha256, certificate);
  return certificate;
}

export function fingerprint(der: Buffer): string {
  return createHash('sha256').update(der).digest('hex');
}
