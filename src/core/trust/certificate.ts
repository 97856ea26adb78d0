import { type KeyObject, X509Certificate } from 'node:crypto';
import { sha256Hex } from '../ground/digest.js';
import type { AnyCertificate } from './any-certificate.js';
import { CannotTell } from './cannot-tell.js';
import { type CertificateProfile, readProfile } from './certificate-profile.js';
import { trustLimits as limits } from './trust-limits.js';

/**
 * One certificate, opened by the platform's own X.509 (OpenSSL): fast enough for whole lists. What a chain
 * needs beyond that is read when it is asked for: of the few certificates on its way.
 */
export class Certificate implements AnyCertificate {
  /** OpenSSL's own copy: the file's buffer that the certificate came from can go. */
  readonly der: Buffer;
  readonly x509: X509Certificate;
  /** Lower-case hexadecimal of the DER. */
  readonly sha256: string;
  readonly #signedBy = new WeakMap<AnyCertificate, boolean>();
  #profile: CertificateProfile | 'unreadable' | undefined;
  #subjectName: string | undefined;
  #issuerName: string | undefined;
  #keySha256: string | undefined;
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
    const sha256 = sha256Hex(der);
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

  get profile(): CertificateProfile | undefined {
    this.#profile ??= readProfile(this.der) ?? 'unreadable';
    return this.#profile === 'unreadable' ? undefined : this.#profile;
  }

  get subjectName(): string {
    this.#subjectName ??= comparable(this.x509.subject);
    return this.#subjectName;
  }

  get issuerName(): string {
    this.#issuerName ??= comparable(this.x509.issuer);
    return this.#issuerName;
  }

  get publicKey(): KeyObject {
    return this.x509.publicKey;
  }

  get keySha256(): string {
    this.#keySha256 ??= sha256Hex(this.publicKey.export({ type: 'spki', format: 'der' }));
    return this.#keySha256;
  }

  get hasWeakKey(): boolean {
    return (this.publicKey.asymmetricKeyDetails?.modulusLength ?? LEAST_RSA_BITS) < LEAST_RSA_BITS;
  }

  get identity(): string {
    return this.sha256;
  }

  isAmong(digests: ReadonlySet<string>): boolean {
    return digests.has(this.sha256);
  }

  isSignedBy(issuer: AnyCertificate): boolean {
    const known = this.#signedBy.get(issuer);
    if (known !== undefined) return known;
    if (issuer.publicKey === undefined) throw new CannotTell('issuer');
    const holds = this.x509.verify(issuer.publicKey);
    this.#signedBy.set(issuer, holds);
    return holds;
  }
}

const LEAST_RSA_BITS = 2048;

/**
 * Names are compared without regard to case and to how many spaces stand in a row, as OpenSSL does (RFC 5280 §7.1). Of an
 * empty name Node gives undefined, whatever its types say.
 */
function comparable(name: string | undefined): string {
  return (name ?? '').toLowerCase().replace(/[^\S\n]+/g, ' ');
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
