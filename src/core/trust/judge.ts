import type { ReadFault } from '../evidence.js';
import { Certificate } from './certificate.js';
import { type CertificateProfile, type NameParts, profileOf } from './certificate-profile.js';
import type { ClaimSignature } from './cose.js';
import { findListing, isListed, type Listing } from './listing.js';
import type { TrustMaterial } from './material.js';
import { judgeRevocation, type RevocationJudgement } from './revocation.js';
import { judgeTimestamps, type TimestampJudgement } from './timestamp-judgement.js';
import { chainTimes, type Validity, validityOf } from './validity.js';

/** Who signed, on which list they stand, and at which time that is judged. */
export interface SignerJudgement extends Listing {
  validity: Validity;
  certificate: {
    subject: NameParts;
    issuer: NameParts;
    /** Decimal digits. */
    serial: string;
    notBefore: Date;
    notAfter: Date;
    /** Lower-case hexadecimal of the DER. */
    sha256: string;
  };
  /** The time that an authority on a list vouches for. */
  provenTime?: Date;
  /** Left out where the signature bears no timestamp. */
  timestamp?: TimestampJudgement;
  /** From answers stapled to the signature, at the proven time or on the day asked for. */
  revocation: RevocationJudgement;
}

export type JudgeAnswer = { judgement: SignerJudgement } | { fault: ReadFault };

/**
 * Decides by purpose: the signer's chain against lists of signers, the timestamp's against lists of
 * authorities, each at its own time. `asOf` is the day for which the report is made; a certificate is judged
 * at its end. Whether the signature itself holds is the C2PA engine's to say: without that, none of this counts.
 */
export function judgeSigner(signature: ClaimSignature, material: TrustMaterial, asOf: string): JudgeAnswer {
  const [leaf, ...intermediates] = signature.certificates.map((der) => Certificate.open(der));
  const profile = leaf && profileOf(leaf);
  if (!leaf || !profile)
    return {
      fault: { code: 'certificate.malformed', reason: 'The signer’s certificate could not be read.' },
    };
  const timestamp = judgeTimestamps(signature, material);
  const times = {
    asOf: new Date(`${asOf}T23:59:59.999Z`),
    proven: timestamp && isListed(timestamp.authorityTrust) ? timestamp.time : undefined,
    unproven:
      timestamp?.state !== 'unsound' && timestamp?.authorityTrust === 'not-checked'
        ? timestamp.time
        : undefined,
  };
  const along = intermediates.filter((c) => c !== undefined);
  const listing = findListing(
    { leaf, intermediates: along, purpose: 'signer', times: chainTimes(profile, times) },
    material,
  );
  const issuer = listing.chain?.[1] ?? along.find((c) => leaf.isIssuedBy(c));
  return {
    judgement: {
      ...listing,
      validity: validityOf(profile, times),
      certificate: certificateFacts(leaf, profile),
      ...(times.proven ? { provenTime: times.proven } : {}),
      ...(timestamp ? { timestamp } : {}),
      revocation: issuer
        ? judgeRevocation({
            leaf,
            issuer,
            responses: signature.ocspResponses,
            at: times.proven ?? times.asOf,
          })
        : { revocation: 'not-checked' },
    },
  };
}

function certificateFacts(
  leaf: Certificate,
  { subject, issuer, notBefore, notAfter }: CertificateProfile,
): SignerJudgement['certificate'] {
  return { subject, issuer, serial: leaf.serial, notBefore, notAfter, sha256: leaf.sha256 };
}
