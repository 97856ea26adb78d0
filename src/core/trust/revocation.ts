import type { AnyCertificate } from './any-certificate.js';
import type { Certificate } from './certificate.js';
import { type OcspAnswer, readOcspAnswer } from './ocsp.js';

/**
 * What the stapled answers say of the signer's certificate at one time. Nobody is asked: without an answer
 * that holds and covers that time, revocation is not checked.
 */
export interface RevocationJudgement {
  revocation: 'good' | 'revoked' | 'not-checked';
  /** The answer that decided, else the first that could be read. */
  answer?: OcspAnswer;
}

export interface RevocationQuestion {
  leaf: Certificate;
  /** The certificate that issued the leaf: the second of its chain. */
  issuer: AnyCertificate;
  /** DER, as stapled. */
  responses: readonly Buffer[];
  /** The proven time, else the day of the report. */
  at: Date;
}

/** RFC 6960 §4.2.2.1: an answer that names no end stands until a newer one could be had; a day, as the C2PA engines take it. */
const DAY_MILLIS = 24 * 60 * 60 * 1000;

export function judgeRevocation({ leaf, issuer, responses, at }: RevocationQuestion): RevocationJudgement {
  return judgeAnswers(answersAbout({ leaf, issuer, responses }), at);
}

export function answersAbout({ leaf, issuer, responses }: Omit<RevocationQuestion, 'at'>): OcspAnswer[] {
  return responses.flatMap((der) => readOcspAnswer(der, leaf, issuer) ?? []);
}

export function judgeAnswers(answers: readonly OcspAnswer[], at: Date): RevocationJudgement {
  const holding = answers.filter((a) => a.signature === 'holds');
  // Revoked at or before the time that counts: no later "good" takes that back.
  const revoked = holding.find((a) => a.status === 'revoked' && (a.revokedAt ?? a.thisUpdate) <= at);
  if (revoked) return { revocation: 'revoked', answer: revoked };
  const good = holding.find((a) => a.status === 'good' && covers(a, at));
  if (good) return { revocation: 'good', answer: good };
  const [first] = answers;
  return { revocation: 'not-checked', ...(first ? { answer: first } : {}) };
}

function covers({ thisUpdate, nextUpdate }: OcspAnswer, at: Date): boolean {
  return at >= thisUpdate && at <= (nextUpdate ?? new Date(thisUpdate.getTime() + DAY_MILLIS));
}
