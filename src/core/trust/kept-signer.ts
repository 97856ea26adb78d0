import type { ReadFault } from '../ground/fault.js';
import { MASKED } from '../signals/mask-words.js';
import type { AnyCertificate } from './any-certificate.js';
import { CannotTell } from './cannot-tell.js';
import { Certificate } from './certificate.js';
import type { ClaimSignature } from './cose.js';
import type { OpenedSigner } from './judge.js';
import { type CertificateFacts, factsOf, keptCertificate } from './kept-certificate.js';
import type { OcspAnswer } from './ocsp.js';
import { answersAbout, judgeAnswers } from './revocation.js';
import type { Timestamp } from './timestamp.js';
import { judgeTimestamps, readTimestamps } from './timestamp-judgement.js';

/**
 * What is kept of a claim signature, so that it can be judged against other lists when the file is gone: facts of its
 * certificates and of those of its timestamps. JSON.
 */
export interface KeptSigner {
  leaf: CertificateFacts;
  issuers: CertificateFacts[];
  timestamps: ({ fault: ReadFault } | { timestamp: Timestamp<CertificateFacts> })[];
  timestampFault?: ReadFault;
  /** Stapled answers on revocation, by the issuer they were checked with; of another issuer nothing can be told. */
  revocation: OcspAnswer[][];
  stapled: boolean;
}

/** Undefined where it could not be judged again from what may be kept. `identity`: of the signer in its store. */
export function keptSigner(
  signature: ClaimSignature,
  { identity, withNumbers }: { identity: string; withNumbers: boolean },
): KeptSigner | undefined {
  const [own, ...others] = signature.certificates.map((der) => Certificate.open(der));
  if (own === undefined) return undefined;
  const along = others.filter((one) => one !== undefined);
  const { serial, sha256 } = withNumbers ? own : { serial: MASKED.serial, sha256: MASKED.serial };
  const leaf = factsOf(own, along, { identity, serial, sha256 });
  const issuers = factsOfIssuers(along);
  const { answers, fault } = readTimestamps(signature);
  const timestamps = answers.map((one) => ('fault' in one ? one : keptTimestamp(one.timestamp)));
  if (leaf === undefined || issuers === undefined || !timestamps.every((one) => one !== undefined))
    return undefined;
  const responses = signature.ocspResponses;
  return {
    leaf,
    issuers,
    timestamps,
    ...(fault ? { timestampFault: fault } : {}),
    revocation: along.map((issuer) => answersAbout({ leaf: own, issuer, responses })),
    stapled: responses.length > 0,
  };
}

/** One that is no issuer may be a device's: then nothing is kept. */
function factsOfIssuers(all: readonly Certificate[]): CertificateFacts[] | undefined {
  const facts = all.map((one) => (one.x509.ca ? factsOf(one, all) : undefined));
  return facts.every((one) => one !== undefined) ? facts : undefined;
}

function keptTimestamp({ authority: own, certificates: all, ...read }: Timestamp<Certificate>) {
  const authority = own && factsOf(own, all);
  const issuers = factsOfIssuers(all.filter(({ identity }) => identity !== own?.identity));
  if (issuers === undefined || (own !== undefined && authority === undefined)) return undefined;
  const certificates = all.flatMap(
    ({ identity }) => [authority, ...issuers].find((one) => one?.identity === identity) ?? [],
  );
  return { timestamp: { ...read, certificates, ...(authority === undefined ? {} : { authority }) } };
}

/** What was kept, as `JSON.parse` gives it, to be judged as one that was just read. */
export function openKept(kept: KeptSigner): OpenedSigner {
  const { leaf, issuers, timestamps, timestampFault, revocation, stapled }: KeptSigner = withDates(kept);
  const along = issuers.map(keptCertificate);
  return {
    leaf: keptCertificate(leaf),
    profile: leaf.profile,
    along,
    unread: false,
    timestamp: (material) =>
      judgeTimestamps(
        {
          answers: timestamps.map((one) => ('fault' in one ? one : { timestamp: opened(one.timestamp) })),
          fault: timestampFault,
        },
        material,
      ),
    revocation: (issuer, at) => {
      const place = along.findIndex(({ identity }) => identity === issuer.identity);
      if (place < 0 && stapled) throw new CannotTell('revocation');
      return judgeAnswers(revocation[place] ?? [], at);
    },
  };
}

function opened({
  authority,
  certificates,
  ...read
}: Timestamp<CertificateFacts>): Timestamp<AnyCertificate> {
  return {
    ...read,
    certificates: certificates.map(keptCertificate),
    ...(authority === undefined ? {} : { authority: keptCertificate(authority) }),
  };
}

/** Times that JSON holds as text. */
const DATES: ReadonlySet<string> = new Set([
  ...['notBefore', 'notAfter', 'genTime'],
  ...['producedAt', 'thisUpdate', 'nextUpdate', 'revokedAt'],
]);

function withDates(kept: KeptSigner): KeptSigner {
  return JSON.parse(JSON.stringify(kept), (name, value) => (DATES.has(name) ? new Date(value) : value));
}
