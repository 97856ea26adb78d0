import { digestOf } from '../ground/digest.js';
import { faulty, type ReadFault } from '../ground/fault.js';

import { DIGESTS } from './algorithms.js';
import type { AnyCertificate } from './any-certificate.js';
import { type Asn1, algorithm, elements, octets, parseAsn1, step, time } from './asn1.js';
import type { Certificate } from './certificate.js';
import { openSignedData } from './cms.js';
import type { SignatureState } from './cms-signature.js';
import type { TimestampHeader } from './cose.js';

/** A time-stamp token of RFC 3161, read and checked against the bytes that it must cover. */
export interface Timestamp<C = AnyCertificate> {
  header: TimestampHeader['header'];
  genTime: Date;
  /** Node's name of the digest where it is one that proves something, else the object identifier. */
  imprintAlgorithm: string;
  /** The hash that the token bears against that of the bytes it must cover. */
  imprint: 'matches' | 'differs' | 'cannot-check';
  /** The authority's signature over the token; `cannot-check` also where its certificate did not come along. */
  signature: SignatureState;
  /** The authority's certificate, where its key made the signature. */
  authority?: C;
  /** All certificates of the token: candidates for the authority's chain. */
  certificates: C[];
}

export type TimestampAnswer<C = AnyCertificate> = { timestamp: Timestamp<C> } | { fault: ReadFault };

const OBJECT_IDENTIFIER = 0x06;
const TST_INFO = '1.2.840.113549.1.9.16.1.4';

/**
 * The imprint is computed over the bytes that C2PA names (cose.ts), for both headers and for assertions: a token that fits
 * another signature is not taken for this one's. Whom to believe the time is not decided here.
 */
export function readTimestamp({ header, token, covered }: TimestampHeader): TimestampAnswer<Certificate> {
  const signed = openSignedData(tokenIn(token));
  if (!signed) return faulty('timestamp.malformed', { what: 'structure' });
  if (signed.contentType !== TST_INFO) return faulty('timestamp.content');
  // RFC 3161 §2.4.2: version, policy, imprint (algorithm, hash), serial number, time, and what is optional.
  const info = parseAsn1(signed.content);
  const genTime = time(step(info, 4));
  const id = algorithm(step(info, 2, 0));
  const imprint = octets(step(info, 2, 1));
  if (!genTime || id === undefined || !imprint) return faulty('timestamp.malformed', { what: 'other' });
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
  const fits = (bytes: Buffer) => digestOf(digest, bytes).equals(imprint);
  return covered.some(fits) ? 'matches' : 'differs';
}

/**
 * C2PA 1.x kept the authority's whole answer (TimeStampResp: a status, then the token), 2.x keeps the token.
 * Writers mix them, so the bytes decide: a token begins with an object identifier, an answer with a sequence.
 */
function tokenIn(bytes: Buffer): Asn1 | undefined {
  const whole = parseAsn1(bytes);
  const lengthByte = bytes[1] ?? 0;
  const content = lengthByte < 0x80 ? 2 : 2 + (lengthByte & 0x7f);
  return bytes[content] === OBJECT_IDENTIFIER ? whole : (elements(whole)[1] ?? whole);
}
