import { fault, type ReadFault } from '../ground/fault.js';

import { type AnyCertificate, isIssuedBy } from './any-certificate.js';
import { Certificate } from './certificate.js';
import type { CertificateProfile, NameParts } from './certificate-profile.js';
import type { ClaimSignature } from './cose.js';
import { findListing, isListed, type Listing } from './listing.js';
import type { TrustMaterial } from './material.js';
import { judgeRevocation, type RevocationJudgement } from './revocation.js';
import { judgeTimestamps, readTimestamps, type TimestampJudgement } from './timestamp-judgement.js';
import { judgeElsewhere, strongest, type TimestampsElsewhere } from './timestamps-elsewhere.js';
import { chainTimes, type Validity, validityOf } from './validity.js';

export interface CertificateFacts {
  subject: NameParts;
  issuer: NameParts;
  /** Decimal digits. */
  serial: string;
  notBefore: Date;
  notAfter: Date;
  /** Lower-case hexadecimal of the DER. */
  sha256: string;
}

/** Who signed, on which list they stand, and at which time that is judged. */
export interface SignerJudgement extends Listing {
  validity: Validity;
  certificate: CertificateFacts;
  /** Equal only for one and the same certificate, whatever of it is masked. */
  identity: string;
  /** Its own first: up to the anchor where a list has one, else those that the signature bears. */
  path: (CertificateFacts & { inFile: boolean })[];
  /** Of the certificate whose key signed the signer's own: only where no list vouches for it, which is more. */
  issuerSha256?: string;
  /** The time that an authority on a list vouches for: of the signature or, where `timestamp` is kept elsewhere, by which it was there. */
  provenTime?: Date;
  /** Left out where there is none for the signature. */
  timestamp?: TimestampJudgement;
  /** From answers stapled to the signature or kept by a manifest, at the proven time or on the day asked for. */
  revocation: RevocationJudgement;
}

export type JudgeAnswer = { judgement: SignerJudgement } | { fault: ReadFault };

/**
 * Decides by purpose: the signer's chain against lists of signers, the timestamp's against lists of
 * authorities, each at its own time. `asOf` is the day for which the report is made (`YYYY-MM-DD`); a certificate is
 * judged at its end. `elsewhere`: what other manifests of the store keep for this signature. Whether the signature
 * itself holds is the C2PA engine's to say: without that, none of this counts.
 */
export function judgeSigner(
  signature: ClaimSignature,
  material: TrustMaterial,
  { asOf, elsewhere }: { asOf: string; elsewhere?: TimestampsElsewhere | undefined },
): JudgeAnswer {
  const opened = openSigner(signature, elsewhere);
  return 'fault' in opened ? opened : { judgement: judgeOpened(opened, material, asOf) };
}

/** What a signature brings along, read, before anybody is believed. */
export interface OpenedSigner {
  leaf: AnyCertificate;
  profile: CertificateProfile;
  /** The other certificates that the signature bears. */
  along: readonly AnyCertificate[];
  /** A timestamp for it is there that was not read. */
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
    along: others.filter((c) => c !== undefined),
    unread: elsewhere?.unread !== undefined,
    timestamp: (material) => timestampOf(signature, profile, elsewhere, material),
    revocation: (issuer, at) => judgeRevocation({ leaf, issuer, responses, at }),
  };
}

export function judgeOpened(opened: OpenedSigner, material: TrustMaterial, asOf: string): SignerJudgement {
  const { leaf, profile, along, unread, revocation } = opened;
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
    certificate: certificateFacts(leaf, profile),
    identity: leaf.identity,
    path: pathOf([leaf, ...along], listing),
    ...(isListed(listing.trust) ? {} : issuerOf(leaf, issuer)),
    ...(times.proven ? { provenTime: times.proven } : {}),
    ...(timestamp ? { timestamp } : {}),
    revocation: issuer ? revocation(issuer, times.proven ?? times.asOf) : { revocation: 'not-checked' },
  };
}

/** A certificate that stands beside another need not have issued it, whatever its name says: its key must have signed it. */
function issuerOf(leaf: AnyCertificate, issuer: AnyCertificate | undefined): { issuerSha256?: string } {
  try {
    return issuer && leaf.isSignedBy(issuer) ? { issuerSha256: issuer.sha256 } : {};
  } catch {
    return {};
  }
}

/** Others are asked only where the signature's own proves nothing (C2PA 2.4 §15.8.1). */
function timestampOf(
  signature: ClaimSignature,
  profile: CertificateProfile,
  elsewhere: TimestampsElsewhere | undefined,
  material: TrustMaterial,
): TimestampJudgement | undefined {
  const own = judgeTimestamps(readTimestamps(signature), material);
  if (!elsewhere || (own && isListed(own.authorityTrust))) return own;
  return strongest([...(own ? [own] : []), ...judgeElsewhere(signature, profile, elsewhere, material)]);
}

function certificateFacts(
  leaf: AnyCertificate,
  { subject, issuer, notBefore, notAfter }: CertificateProfile,
): CertificateFacts {
  return { subject, issuer, serial: leaf.serial, notBefore, notAfter, sha256: leaf.sha256 };
}

/** One whose structure cannot be read is left out: nothing could be said of it. */
function pathOf(borne: readonly AnyCertificate[], { chain }: Listing): SignerJudgement['path'] {
  return (chain ?? borne).flatMap((one) => {
    const { profile } = one;
    const inFile = borne.some(({ identity }) => identity === one.identity);
    return profile === undefined ? [] : [{ ...certificateFacts(one, profile), inFile }];
  });
}
