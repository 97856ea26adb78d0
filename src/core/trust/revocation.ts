import type { AnyCertificate } from './any-certificate.js';
import type { Certificate } from './certificate.js';
import { type OcspResponse, parseOcspResponse } from './ocsp.js';

/**
 * Revocation status of the signer's certificate at one time, from the stapled responses. No server is contacted:
 * without a valid response that covers the time, revocation is not checked.
 */
export interface RevocationJudgement {
  revocation: 'good' | 'revoked' | 'not-checked';
  /** Deciding response, otherwise the first readable one. */
  answer?: OcspResponse;
}

export interface RevocationQuery {
  leaf: Certificate;
  /** Issuer of the leaf: the second certificate of its chain. */
  issuer: AnyCertificate;
  /** Stapled responses in DER. */
  responses: readonly Buffer[];
  /** Proven time, otherwise the day of the report. */
  at: Date;
}

/**
 * Validity of a response without an end. RFC 6960 §4.2.2.1 limits it to the availability of a newer one; one day, as in
 * the C2PA engines.
 */
const DAY_MILLIS = 24 * 60 * 60 * 1000;

export function judgeRevocation({ leaf, issuer, responses, at }: RevocationQuery): RevocationJudgement {
  return judgeResponses(parseResponsesAbout({ leaf, issuer, responses }), at);
}

export function parseResponsesAbout({
  leaf,
  issuer,
  responses,
}: Omit<RevocationQuery, 'at'>): OcspResponse[] {
  return responses.flatMap((der) => parseOcspResponse(der, leaf, issuer) ?? []);
}

export function judgeResponses(answers: readonly OcspResponse[], at: Date): RevocationJudgement {
  const holding = answers.filter((a) => a.signature === 'holds');
  // Revocation at or before the relevant time is final: no later "good" reverses it.
  const revoked = holding.find((a) => a.status === 'revoked' && (a.revokedAt ?? a.thisUpdate) <= at);
  if (revoked) return { revocation: 'revoked', answer: revoked };
  const good = holding.find((a) => a.status === 'good' && covers(a, at));
  if (good) return { revocation: 'good', answer: good };
  const [first] = answers;
  return { revocation: 'not-checked', ...(first ? { answer: first } : {}) };
}

function covers({ thisUpdate, nextUpdate }: OcspResponse, at: Date): boolean {
  return at >= thisUpdate && at <= (nextUpdate ?? new Date(thisUpdate.getTime() + DAY_MILLIS));
}
