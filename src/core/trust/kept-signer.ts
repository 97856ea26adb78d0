import type { ReadFault } from '../ground/fault.js';

import { MASKED } from '../signals/mask-words.js';
import { Certificate } from './certificate.js';
import { type CertificateTrace, traceOf } from './certificate-trace.js';
import type { ClaimSignature } from './cose.js';
import type { OcspAnswer } from './ocsp.js';
import { answersAbout } from './revocation.js';
import type { Timestamp } from './timestamp.js';
import { readTimestamps } from './timestamp-judgement.js';

/**
 * What is kept of a claim signature, so that it can be judged against other lists when the file is gone. Certificates
 * of issuers and of timestamp authorities are public and kept whole; of the signer's own only a trace is. JSON alone:
 * a Date becomes text, and kept-signer-opened.ts makes it one again.
 */
export interface KeptSigner {
  leaf: CertificateTrace;
  /** DER of the issuers that came along, Base64. */
  issuers: string[];
  timestamps: ({ fault: ReadFault } | KeptTimestamp)[];
  timestampFault?: ReadFault;
  /** Stapled answers on revocation, by the issuer they were checked with; of another issuer nothing can be told. */
  revocation: OcspAnswer[][];
  stapled: boolean;
}

export interface KeptTimestamp
  extends Pick<Timestamp, 'header' | 'genTime' | 'imprintAlgorithm' | 'imprint' | 'signature'> {
  /** DER, Base64. */
  authority?: string;
  certificates: string[];
}

/** Undefined where it could not be judged again from what may be kept. */
export function keptSigner(
  signature: ClaimSignature,
  { withNumbers }: { withNumbers: boolean },
): KeptSigner | undefined {
  const [leaf, ...along] = signature.certificates.map((der) => Certificate.open(der));
  const trace =
    leaf &&
    traceOf(
      leaf,
      withNumbers
        ? { serial: leaf.serial, sha256: leaf.sha256 }
        : { serial: MASKED.serial, sha256: MASKED.serial },
    );
  const issuers = along.filter((one) => one !== undefined);
  // One that is no issuer may be a device's as well.
  if (!leaf || !trace || issuers.some((one) => !one.x509.ca)) return undefined;
  const { answers, fault } = readTimestamps(signature);
  const timestamps = answers.map((answer) => ('fault' in answer ? answer : keptTimestamp(answer.timestamp)));
  if (timestamps.some((one) => one === undefined)) return undefined;
  const responses = signature.ocspResponses;
  return {
    leaf: trace,
    issuers: issuers.map(base64),
    timestamps: timestamps.filter((one) => one !== undefined),
    ...(fault ? { timestampFault: fault } : {}),
    revocation: issuers.map((issuer) => answersAbout({ leaf, issuer, responses })),
    stapled: responses.length > 0,
  };
}

function keptTimestamp({ authority, certificates, ...read }: Timestamp): KeptTimestamp | undefined {
  const others = certificates.filter((one) => !authority?.equals(one));
  if (others.some((one) => !one.x509.ca)) return undefined;
  return {
    ...read,
    ...(authority ? { authority: base64(authority) } : {}),
    certificates: certificates.map(base64),
  };
}

const base64 = ({ der }: Certificate): string => der.toString('base64');
