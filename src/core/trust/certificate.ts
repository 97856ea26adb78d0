import { type KeyObject, X509Certificate } from 'node:crypto';
import { sha256Hex } from '../../base/digest.js';
import type { AnyCertificate } from './any-certificate.js';
import { UndeterminedError } from './cannot-tell.js';
import { type CertificateProfile, readProfile } from './certificate-profile.js';
import { trustLimits as limits } from './lists/trust-limits.js';

/**
 * Certificate parsed by the platform's X.509 implementation (OpenSSL), fast enough for whole lists. Fields that only
 * chains need are parsed on demand, for the few certificates involved.
 */
export class Certificate implements AnyCertificate {
  /** Copy made by OpenSSL, so that the file's buffer can be freed. */
  readonly der: Buffer;
  readonly x509: X509Certificate;
  /** SHA-256 of the DER, in lower-case hexadecimal. */
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

  /** Opens a certificate; `undefined` if the bytes are no certificate, too many, or longer than it. */
  static open(der: Buffer): Certificate | undefined {
    if (der.length === 0 || der.length > limits.certificateBytes) return undefined;
    const sha256 = sha256Hex(der);
    const known = certificateCache.get(sha256);
    if (known) return known;
    try {
      const x509 = new X509Certificate(der);
      // OpenSSL also accepts PEM text and ignores bytes after the first certificate.
      if (!x509.raw.equals(der)) return undefined;
      return remember(new Certificate(x509, sha256));
    } catch {
      return undefined;
    }
  }

  /** Serial number in decimal digits, as the C2PA engines write it. */
  get serial(): string {
    this.#serial ??= unsigned(this.x509.serialNumber).toString();
    return this.#serial;
  }

  /** Extended key usages as object identifiers; empty if the certificate is not restricted. */
  get purposes(): readonly string[] {
    // Node calls it keyUsage; it is undefined if the extension is absent, and recomputed on each access.
    this.#purposes ??= this.x509.keyUsage ?? [];
    return this.#purposes;
  }

  get profile(): CertificateProfile | undefined {
    this.#profile ??= readProfile(this.der) ?? 'unreadable';
    return this.#profile === 'unreadable' ? undefined : this.#profile;
  }

  get subjectName(): string {
    this.#subjectName ??= normalizeName(this.x509.subject);
    return this.#subjectName;
  }

  get issuerName(): string {
    this.#issuerName ??= normalizeName(this.x509.issuer);
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
    return hasWeakKey(this.publicKey);
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
    if (issuer.publicKey === undefined) throw new UndeterminedError('issuer');
    const holds = this.x509.verify(issuer.publicKey);
    this.#signedBy.set(issuer, holds);
    return holds;
  }
}

const MIN_RSA_BITS = 2048;

export const hasWeakKey = (key: KeyObject): boolean =>
  (key.asymmetricKeyDetails?.modulusLength ?? MIN_RSA_BITS) < MIN_RSA_BITS;

/**
 * Normalises a name for comparison, ignoring case and repeated spaces as OpenSSL does (RFC 5280 §7.1). Node returns
 * undefined for an empty name, contrary to its types.
 */
export function normalizeName(name: string | undefined): string {
  return (name ?? '').toLowerCase().replace(/[^\S\n]+/g, ' ');
}

/**
 * RFC 5280 §4.1.2.2 requires parsers to accept negative serial numbers. Node writes those with a minus, while the
 * engines treat the bytes as unsigned.
 */
function unsigned(serial: string): bigint {
  if (!serial.startsWith('-')) return BigInt(`0x${serial}`);
  const amount = BigInt(`0x${serial.slice(1)}`);
  let range = 256n;
  while (range < 2n * amount) range *= 256n;
  return range - amount;
}

/** Cache of opened certificates: files in a folder often share issuers, which are then parsed once. */
const certificateCache = new Map<string, Certificate>();

function remember(certificate: Certificate): Certificate {
  const [oldest] = certificateCache.keys();
  if (certificateCache.size >= limits.rememberedCertificates && oldest !== undefined)
    certificateCache.delete(oldest);
  certificateCache.set(certificate.sha256, certificate);
  return certificate;
}
