import type { KeyObject } from 'node:crypto';
import type { CertificateProfile } from './certificate-profile.js';

/**
 * What a decision on trust asks of a certificate: of one that stands in a file or a list (certificate.ts), or of the
 * facts that are kept of one when its file goes (kept-certificate.ts).
 */
export interface AnyCertificate {
  /** Equal only for one and the same certificate, whatever of it is masked. */
  readonly identity: string;
  /** Decimal digits; masked where it may name one device, as is the digest. */
  readonly serial: string;
  readonly sha256: string;
  /** Undefined where the certificate's structure is not what RFC 5280 says. */
  readonly profile: CertificateProfile | undefined;
  /** Whole names, in the form in which they are compared. */
  readonly subjectName: string;
  readonly issuerName: string;
  /** Not there of one that is kept. */
  readonly publicKey?: KeyObject;
  /** SHA-256 of the public key; none of a kept signer's own. */
  readonly keySha256?: string;
  /** Too short to prove anything. Throws where OpenSSL does not know the key's kind. */
  readonly hasWeakKey: boolean;
  /** By the digests of whole certificates. */
  isAmong(digests: ReadonlySet<string>): boolean;
  /** By this issuer's key; names and dates are another matter. Throws where OpenSSL does not know the key's kind. */
  isSignedBy(issuer: AnyCertificate): boolean;
}

/**
 * Names match, and key identifiers where both name one, as OpenSSL has it (X509_check_issued). It only says who may
 * have issued a certificate: whether that one did is told by its key.
 */
export function isIssuedBy({ issuerName, profile }: AnyCertificate, issuer: AnyCertificate): boolean {
  if (issuerName !== issuer.subjectName) return false;
  const named = profile?.issuerKeyIdentifier;
  const own = issuer.profile?.keyIdentifier;
  if (named !== undefined && own !== undefined && named !== own) return false;
  return issuer.profile?.keyUsage?.certificateSigning !== false;
}
