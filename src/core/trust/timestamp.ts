import { computeDigest } from '../../base/digest.js';
import { faultResult, type ReadFault } from '../../base/fault.js';

import { DIGESTS } from './algorithms.js';
import type { AnyCertificate } from './any-certificate.js';
import type { Certificate } from './certificate.js';
import type { SignatureState } from './cms-signature.js';
import { type Asn1, algorithm, elementAt, elements, octets, parseAsn1, time } from './formats/asn1.js';
import { openSignedData } from './formats/cms.js';
import type { TimestampHeader } from './formats/cose.js';

/** RFC 3161 time-stamp token, checked against the bytes it must cover. */
export interface Timestamp<C = AnyCertificate> {
  header: TimestampHeader['header'];
  genTime: Date;
  /** Node's digest name if the digest is collision-resistant, otherwise the object identifier. */
  imprintAlgorithm: string;
  /** Whether the hash in the token matches the bytes it must cover. */
  imprint: 'matches' | 'differs' | 'cannot-check';
  /** State of the authority's signature over the token; also `cannot-check` if its certificate is not included. */
  signature: SignatureState;
  /** Certificate of the authority, if its key made the signature. */
  authority?: C;
  /** All certificates of the token: candidates for the authority's chain. */
  certificates: C[];
}

export type TimestampResult<C = AnyCertificate> = { timestamp: Timestamp<C> } | { fault: ReadFault };

const OBJECT_IDENTIFIER = 0x06;
const TST_INFO = '1.2.840.113549.1.9.16.1.4';

/**
 * Reads a token. The imprint is computed over the bytes defined by C2PA (cose.ts), for both headers and for assertions,
 * so a token for another signature does not match. Whether the authority is trusted is not decided here.
 */
export function readTimestamp({ header, token, covered }: TimestampHeader): TimestampResult<Certificate> {
  const signed = openSignedData(extractToken(token));
  if (!signed) return faultResult('timestamp.malformed', { what: 'structure' });
  if (signed.contentType !== TST_INFO) return faultResult('timestamp.content');
  // RFC 3161 §2.4.2: version, policy, imprint (algorithm, hash), serial number, time, and optional fields.
  const info = parseAsn1(signed.content);
  const genTime = time(elementAt(info, 4));
  const id = algorithm(elementAt(info, 2, 0));
  const imprint = octets(elementAt(info, 2, 1));
  if (!genTime || id === undefined || !imprint) return faultResult('timestamp.malformed', { what: 'other' });
  const digest = Object.hasOwn(DIGESTS, id) ? DIGESTS[id] : undefined;
  return {
    timestamp: {
      header,
      genTime,
      imprintAlgorithm: digest ?? id,
      imprint: digest && covered ? compareImprint(digest, covered, imprint) : 'cannot-check',
      signature: signed.signature,
      certificates: signed.certificates,
      ...(signed.signer ? { authority: signed.signer } : {}),
    },
  };
}

function compareImprint(digest: string, covered: readonly Buffer[], imprint: Buffer): 'matches' | 'differs' {
  const fits = (bytes: Buffer) => computeDigest(digest, bytes).equals(imprint);
  return covered.some(fits) ? 'matches' : 'differs';
}

/**
 * C2PA 1.x stored the authority's whole response (TimeStampResp: a status, then the token), 2.x stores the token.
 * Writers mix them, so the bytes decide: a token begins with an object identifier, a response with a sequence.
 */
function extractToken(bytes: Buffer): Asn1 | undefined {
  const whole = parseAsn1(bytes);
  const lengthByte = bytes[1] ?? 0;
  const content = lengthByte < 0x80 ? 2 : 2 + (lengthByte & 0x7f);
  return bytes[content] === OBJECT_IDENTIFIER ? whole : (elements(whole)[1] ?? whole);
}
