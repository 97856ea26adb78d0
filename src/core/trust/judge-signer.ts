import { fault, type ReadFault } from '../../base/fault.js';

import { type AnyCertificate, isIssuedBy } from './any-certificate.js';
import { Certificate } from './certificate.js';
import type { CertificateProfile, NameParts } from './certificate-profile.js';
import { findStrongest, judgeElsewhere, type TimestampsElsewhere } from './external-timestamps.js';
import type { ClaimSignature } from './formats/cose.js';
import { findListing, isListed, type Listing } from './lists/listing.js';
import type { TrustMaterial } from './lists/material.js';
import { judgeRevocation, type RevocationJudgement } from './revocation.js';
import { judgeTimestamps, readTimestamps, type TimestampJudgement } from './timestamp-judgement.js';
import { chainTimes, type Validity, validityOf } from './validity.js';

export interface CertificateSummary {
  subject: NameParts;
  issuer: NameParts;
  /** Serial number in decimal digits. */
  serial: string;
  notBefore: Date;
  notAfter: Date;
  /** SHA-256 of the DER, in lower-case hexadecimal. */
  sha256: string;
}

/** Signer of a manifest, the list that vouches for it, and the time for which that is judged. */
export interface SignerJudgement extends Listing {
  validity: Validity;
  certificate: CertificateSummary;
  /** Identity that is equal only for the same certificate, even if its numbers are masked. */
  identity: string;
  /**
   * Certificate path, the signer's own first: up to the anchor if a list vouches for it, otherwise those in the
   * signature.
   */
  path: (CertificateSummary & { inFile: boolean })[];
  /**
   * Digest of the certificate whose key signed the signer's own; present only if no list vouches for the signer, which
   * would be stronger.
   */
  issuerSha256?: string;
  /**
   * Time vouched for by a listed authority: the time of the signature or, if `timestamp` is stored elsewhere, a time by
   * which it existed.
   */
  provenTime?: Date;
  /** Absent if the signature has no timestamp. */
  timestamp?: TimestampJudgement;
  /** From OCSP responses stapled to the signature or stored in a manifest, at the proven time or on the requested day. */
  revocation: RevocationJudgement;
}

export type JudgeResult = { judgement: SignerJudgement } | { fault: ReadFault };

/**
 * Judges the signer's chain against lists of signers and the timestamp's against lists of authorities, each at its own
 * time. `asOf`: day of the report (`YYYY-MM-DD`), at whose end a certificate is judged. `elsewhere`: timestamps that
 * other manifests of the store contain for this signature. The C2PA engine decides whether the signature itself is
 * valid; if it is not, this judgement is meaningless.
 */
export function judgeSigner(
  signature: ClaimSignature,
  material: TrustMaterial,
  { asOf, elsewhere }: { asOf: string; elsewhere?: TimestampsElsewhere | undefined },
): JudgeResult {
  const opened = openSigner(signature, elsewhere);
  return 'fault' in opened ? opened : { judgement: judgeOpenedSigner(opened, material, asOf) };
}

/** Parsed contents of a signature, before any trust decision. */
export interface OpenedSigner {
  leaf: AnyCertificate;
  profile: CertificateProfile;
  /** Other certificates in the signature. */
  intermediates: readonly AnyCertificate[];
  /** True if a timestamp exists that was not read. */
  unread: boolean;
  timestamp(material: TrustMaterial): TimestampJudgement | undefined;
  revocation(issuer: AnyCertificate, at: Date): RevocationJudgement;
}

function openSigner(
  signature: ClaimSignature,
  elsewhere: TimestampsElsewhere | undefined,
): OpenedSigner | { fault: ReadFault } {
  const [leaf, ...others] = signature.certificates.map((der) => Certificate.open(der));
  const profile = leaf?.profile;
  if (!leaf || !profile)
    return {
      fault: fault('certificate.malformed', { whose: 'signer' }),
    };
  const responses = signature.ocspResponses;
  return {
    leaf,
    profile,
    intermediates: others.filter((c) => c !== undefined),
    unread: elsewhere?.unread !== undefined,
    timestamp: (material) => timestampOf(signature, profile, elsewhere, material),
    revocation: (issuer, at) => judgeRevocation({ leaf, issuer, responses, at }),
  };
}

export function judgeOpenedSigner(
  opened: OpenedSigner,
  material: TrustMaterial,
  asOf: string,
): SignerJudgement {
  const { leaf, profile, intermediates: along, unread, revocation } = opened;
  const timestamp = opened.timestamp(material);
  const isProven = timestamp !== undefined && isListed(timestamp.authorityTrust);
  const times = {
    asOf: new Date(`${asOf}T23:59:59.999Z`),
    proven: isProven ? timestamp.time : undefined,
    unread,
    unproven:
      timestamp?.state !== 'unsound' && timestamp?.authorityTrust === 'not-checked'
        ? timestamp.time
        : undefined,
  };
  const listing = findListing(
    { leaf, intermediates: along, purpose: 'signer', times: chainTimes(profile, times) },
    material,
  );
  const issuer = listing.chain?.[1] ?? along.find((one) => isIssuedBy(leaf, one));
  return {
    ...listing,
    validity: validityOf(profile, times),
    certificate: toCertificateSummary(leaf, profile),
    identity: leaf.identity,
    path: pathOf([leaf, ...along], listing),
    ...(isListed(listing.trust) ? {} : findIssuer(leaf, issuer)),
    ...(times.proven ? { provenTime: times.proven } : {}),
    ...(timestamp ? { timestamp } : {}),
    revocation: issuer ? revocation(issuer, times.proven ?? times.asOf) : { revocation: 'not-checked' },
  };
}

/** Proximity and names do not prove that a certificate issued another: its key must have signed it. */
function findIssuer(leaf: AnyCertificate, issuer: AnyCertificate | undefined): { issuerSha256?: string } {
  try {
    return issuer && leaf.isSignedBy(issuer) ? { issuerSha256: issuer.sha256 } : {};
  } catch {
    return {};
  }
}

/** Timestamps elsewhere are used only if the signature's own prove nothing (C2PA 2.4 §15.8.1). */
function timestampOf(
  signature: ClaimSignature,
  profile: CertificateProfile,
  elsewhere: TimestampsElsewhere | undefined,
  material: TrustMaterial,
): TimestampJudgement | undefined {
  const own = judgeTimestamps(readTimestamps(signature), material);
  if (!elsewhere || (own && isListed(own.authorityTrust))) return own;
  return findStrongest([...(own ? [own] : []), ...judgeElsewhere(signature, profile, elsewhere, material)]);
}

function toCertificateSummary(
  leaf: AnyCertificate,
  { subject, issuer, notBefore, notAfter }: CertificateProfile,
): CertificateSummary {
  return { subject, issuer, serial: leaf.serial, notBefore, notAfter, sha256: leaf.sha256 };
}

/** Certificates with an unreadable structure are omitted, because nothing could be shown of them. */
function pathOf(embedded: readonly AnyCertificate[], { chain }: Listing): SignerJudgement['path'] {
  return (chain ?? embedded).flatMap((one) => {
    const { profile } = one;
    const inFile = embedded.some(({ identity }) => identity === one.identity);
    return profile === undefined ? [] : [{ ...toCertificateSummary(one, profile), inFile }];
  });
}
