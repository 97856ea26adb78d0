import { CannotTell } from './cannot-tell.js';
import { Certificate } from './certificate.js';
import type { CertificateProfile } from './certificate-profile.js';
import type { OpenedSigner } from './judge.js';
import { KeptCertificate } from './kept-certificate.js';
import type { KeptSigner, KeptTimestamp } from './kept-signer.js';
import type { OcspAnswer } from './ocsp.js';
import { judgeAnswers } from './revocation.js';
import type { Timestamp } from './timestamp.js';
import { judgeTimestamps } from './timestamp-judgement.js';

/** What was kept of a claim signature, as `JSON.parse` gives it, to be judged as one that was just read. */
export function openKept({
  leaf,
  issuers,
  timestamps,
  timestampFault,
  revocation,
  stapled,
}: KeptSigner): OpenedSigner {
  const kept = new KeptCertificate({ ...leaf, profile: profileFrom(leaf.profile) });
  const along = issuers.map(certificate);
  return {
    leaf: kept,
    profile: kept.profile,
    along,
    unread: false,
    timestamp: (material) =>
      judgeTimestamps(
        {
          answers: timestamps.map((one) => ('fault' in one ? one : { timestamp: timestampFrom(one) })),
          fault: timestampFault,
        },
        material,
      ),
    revocation: (issuer, at) => {
      const place = along.findIndex((one) => one.equals(issuer));
      if (place < 0 && stapled) throw new CannotTell('revocation');
      return judgeAnswers((revocation[place] ?? []).map(answerFrom), at);
    },
  };
}

function certificate(der: string): Certificate {
  const opened = Certificate.open(Buffer.from(der, 'base64'));
  if (opened === undefined) throw new CannotTell('certificate');
  return opened;
}

const profileFrom = (profile: CertificateProfile): CertificateProfile => ({
  ...profile,
  notBefore: new Date(profile.notBefore),
  notAfter: new Date(profile.notAfter),
});

function timestampFrom({ authority, certificates, ...read }: KeptTimestamp): Timestamp {
  return {
    ...read,
    genTime: new Date(read.genTime),
    ...(authority === undefined ? {} : { authority: certificate(authority) }),
    certificates: certificates.map(certificate),
  };
}

function answerFrom({ revokedAt, nextUpdate, ...answer }: OcspAnswer): OcspAnswer {
  return {
    ...answer,
    producedAt: new Date(answer.producedAt),
    thisUpdate: new Date(answer.thisUpdate),
    ...(revokedAt === undefined ? {} : { revokedAt: new Date(revokedAt) }),
    ...(nextUpdate === undefined ? {} : { nextUpdate: new Date(nextUpdate) }),
  };
}
