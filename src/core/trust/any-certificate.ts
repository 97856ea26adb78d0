import type { KeyObject } from 'node:crypto';
import type { CertificateProfile } from './certificate-profile.js';

/**
 * Certificate data needed for a trust decision: from a file or a list (certificate.ts), or from the facts stored when
 * its file is discarded (stored-certificate.ts).
 */
export interface AnyCertificate {
  /** Identity that is equal only for the same certificate, even if its numbers are masked. */
  readonly identity: string;
  /** Decimal digits; serial and digest are masked if they may identify one device. */
  readonly serial: string;
  readonly sha256: string;
  /** `undefined` if the certificate's structure does not conform to RFC 5280. */
  readonly profile: CertificateProfile | undefined;
  /** Complete names, normalised for comparison. */
  readonly subjectName: string;
  readonly issuerName: string;
  /** Absent on certificates loaded from the store. */
  readonly publicKey?: KeyObject;
  /** SHA-256 of the public key; absent for a stored signer's own certificate. */
  readonly keySha256?: string;
  /** True if the key is too short to prove anything. Throws if OpenSSL does not support its kind. */
  readonly hasWeakKey: boolean;
  /** Returns whether the digest of the whole certificate is in the set. */
  isAmong(digests: ReadonlySet<string>): boolean;
  /**
   * Returns whether this issuer's key signed the certificate; names and dates are not checked. Throws if OpenSSL does
   * not support the key's kind.
   */
  isSignedBy(issuer: AnyCertificate): boolean;
}

/**
 * Returns whether names match, and key identifiers if both certificates have them, like OpenSSL's X509_check_issued.
 * This only identifies possible issuers; the key proves the issue.
 */
export function isIssuedBy({ issuerName, profile }: AnyCertificate, issuer: AnyCertificate): boolean {
  if (issuerName !== issuer.subjectName) return false;
  const named = profile?.issuerKeyIdentifier;
  const own = issuer.profile?.keyIdentifier;
  if (named !== undefined && own !== undefined && named !== own) return false;
  return issuer.profile?.keyUsage?.certificateSigning !== false;
}
