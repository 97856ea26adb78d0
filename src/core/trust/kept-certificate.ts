import { CannotTell } from './cannot-tell.js';
import type { Certificate } from './certificate.js';
import { type CertificateProfile, keyIdentifiersOf, profileOf } from './certificate-profile.js';
import { type CertificateTrace, subjectKeyOf } from './certificate-trace.js';
import { prehashedHolds } from './prehashed.js';
import { trustLimits as limits } from './trust-limits.js';

/** A signer's certificate of which only the trace is left: issuers are found for it as for a whole one, or `CannotTell` is thrown. */
export class KeptCertificate {
  readonly profile: CertificateProfile;
  readonly serial: string;
  readonly sha256: string;
  /** Tells it from every other: its digest may be masked, and then is the same for all. */
  readonly identity: string;
  readonly #trace: CertificateTrace;

  constructor(trace: CertificateTrace) {
    this.#trace = trace;
    this.profile = trace.profile;
    this.serial = trace.serial;
    this.sha256 = trace.sha256;
    this.identity = `${trace.digest} ${trace.signature}`;
  }

  /** It is the leaf of its chain, and stands above nobody. */
  equals(other: unknown): boolean {
    return other === this;
  }

  isAmong(digests: ReadonlySet<string>): boolean {
    for (const one of digests) {
      if (one.startsWith(this.#trace.mark)) throw new CannotTell('listed');
    }
    return false;
  }

  /** As X509_check_issued does: names, key identifiers where both name one, and what the issuer's key may do. */
  isIssuedBy(issuer: Certificate): boolean {
    if (subjectKeyOf(issuer) !== this.#trace.issuer) return false;
    const { own } = keyIdentifiersOf(issuer);
    const { issuerKey } = this.#trace;
    const usage = profileOf(issuer)?.keyUsage;
    return (
      (own === undefined || issuerKey === undefined || own === issuerKey) &&
      usage?.certificateSigning !== false
    );
  }

  isSignedBy(issuer: Certificate): boolean {
    const holds = signedBy(issuer, this.#trace);
    if (holds === undefined) throw new CannotTell('issuer');
    return holds;
  }
}

/** Curves without OpenSSL take milliseconds, and one signer's certificate comes with file after file. */
const answers = new WeakMap<Certificate, Map<string, boolean | undefined>>();

function signedBy(issuer: Certificate, { method, ...trace }: CertificateTrace): boolean | undefined {
  const known = answers.get(issuer) ?? new Map<string, boolean | undefined>();
  answers.set(issuer, known);
  const question = JSON.stringify([method, trace.digest, trace.signature]);
  if (known.has(question)) return known.get(question);
  const digest = Buffer.from(trace.digest, 'hex');
  const signature = Buffer.from(trace.signature, 'base64');
  const holds = prehashedHolds({ ...method, digest, signature }, issuer.x509.publicKey);
  if (known.size >= limits.rememberedSignatures) known.clear();
  known.set(question, holds);
  return holds;
}

export type AnyCertificate = Certificate | KeptCertificate;
