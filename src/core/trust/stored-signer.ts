import type { ReadFault } from '../../base/fault.js';
import { MASKED } from '../signals/mask-words.js';
import type { AnyCertificate } from './any-certificate.js';
import { UndeterminedError } from './cannot-tell.js';
import { Certificate } from './certificate.js';
import type { ClaimSignature } from './formats/cose.js';
import type { OpenedSigner } from './judge-signer.js';
import type { OcspResponse } from './ocsp.js';
import { judgeResponses, parseResponsesAbout } from './revocation.js';
import { openStoredCertificate, type StoredCertificate, toStoredCertificate } from './stored-certificate.js';
import type { Timestamp } from './timestamp.js';
import { judgeTimestamps, readTimestamps } from './timestamp-judgement.js';

/**
 * Stored facts of a claim signature, for judging it against other lists without the file: facts of its certificates and
 * of those of its timestamps. JSON.
 */
export interface StoredSigner {
  leaf: StoredCertificate;
  issuers: StoredCertificate[];
  timestamps: ({ fault: ReadFault } | { timestamp: Timestamp<StoredCertificate> })[];
  timestampFault?: ReadFault;
  /** Stapled OCSP responses, by the issuer they were checked with; for any other issuer the result is unknown. */
  revocation: OcspResponse[][];
  stapled: boolean;
}

/**
 * Returns the facts; `undefined` if the data that may be stored do not suffice for a later judgement. `identity`:
 * identity of the signer within its store.
 */
export function toStoredSigner(
  signature: ClaimSignature,
  { identity, withNumbers }: { identity: string; withNumbers: boolean },
): StoredSigner | undefined {
  const [own, ...others] = signature.certificates.map((der) => Certificate.open(der));
  if (own === undefined) return undefined;
  const intermediates = others.filter((one) => one !== undefined);
  const { serial, sha256 } = withNumbers ? own : { serial: MASKED.serial, sha256: MASKED.serial };
  const leaf = toStoredCertificate(own, intermediates, { identity, serial, sha256 });
  const issuers = toStoredIssuers(intermediates);
  const { answers, fault } = readTimestamps(signature);
  const timestamps = answers.map((one) => ('fault' in one ? one : toStoredTimestamp(one.timestamp)));
  if (leaf === undefined || issuers === undefined || !timestamps.every((one) => one !== undefined))
    return undefined;
  const responses = signature.ocspResponses;
  return {
    leaf,
    issuers,
    timestamps,
    ...(fault ? { timestampFault: fault } : {}),
    revocation: intermediates.map((issuer) => parseResponsesAbout({ leaf: own, issuer, responses })),
    stapled: responses.length > 0,
  };
}

/** A certificate that is no issuer may identify a device, so nothing is stored then. */
function toStoredIssuers(all: readonly Certificate[]): StoredCertificate[] | undefined {
  const facts = all.map((one) => (one.x509.ca ? toStoredCertificate(one, all) : undefined));
  return facts.every((one) => one !== undefined) ? facts : undefined;
}

function toStoredTimestamp({ authority: own, certificates: all, ...read }: Timestamp<Certificate>) {
  const authority = own && toStoredCertificate(own, all);
  const issuers = toStoredIssuers(all.filter(({ identity }) => identity !== own?.identity));
  if (issuers === undefined || (own !== undefined && authority === undefined)) return undefined;
  const certificates = all.flatMap(
    ({ identity }) => [authority, ...issuers].find((one) => one?.identity === identity) ?? [],
  );
  return { timestamp: { ...read, certificates, ...(authority === undefined ? {} : { authority }) } };
}

/** Opens stored facts, as parsed from JSON, for the same judgement as a signature just read. */
export function openStoredSigner(stored: StoredSigner): OpenedSigner {
  const { leaf, issuers, timestamps, timestampFault, revocation, stapled }: StoredSigner =
    reviveDates(stored);
  const along = issuers.map(openStoredCertificate);
  return {
    leaf: openStoredCertificate(leaf),
    profile: leaf.profile,
    intermediates: along,
    unread: false,
    timestamp: (material) =>
      judgeTimestamps(
        {
          answers: timestamps.map((one) =>
            'fault' in one ? one : { timestamp: openStoredTimestamp(one.timestamp) },
          ),
          fault: timestampFault,
        },
        material,
      ),
    revocation: (issuer, at) => {
      const place = along.findIndex(({ identity }) => identity === issuer.identity);
      if (place < 0 && stapled) throw new UndeterminedError('revocation');
      return judgeResponses(revocation[place] ?? [], at);
    },
  };
}

function openStoredTimestamp({
  authority,
  certificates,
  ...read
}: Timestamp<StoredCertificate>): Timestamp<AnyCertificate> {
  return {
    ...read,
    certificates: certificates.map(openStoredCertificate),
    ...(authority === undefined ? {} : { authority: openStoredCertificate(authority) }),
  };
}

/** Members that JSON stores as text and that are converted to dates. */
const DATES: ReadonlySet<string> = new Set([
  ...['notBefore', 'notAfter', 'genTime'],
  ...['producedAt', 'thisUpdate', 'nextUpdate', 'revokedAt'],
]);

function reviveDates(stored: StoredSigner): StoredSigner {
  return JSON.parse(JSON.stringify(stored), (name, value) => (DATES.has(name) ? new Date(value) : value));
}
