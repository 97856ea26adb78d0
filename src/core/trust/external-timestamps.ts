import { fault, type ReadFault } from '../../base/fault.js';

import type { CertificateProfile } from './certificate-profile.js';
import { bytesCoveredElsewhere, type ClaimSignature } from './formats/cose.js';
import { isListed } from './lists/listing.js';
import type { TrustMaterial } from './lists/material.js';
import { judgeToken, type TimestampJudgement } from './timestamp-judgement.js';

/** Timestamp token that another manifest stores for a claim signature, with its assertion. */
export interface StoredToken {
  token: Buffer;
  /** Label of the manifest that contains it. */
  manifest: string;
  /** JUMBF URI of the assertion. */
  locator: string;
}

/** Tokens in the `c2pa.time-stamp` assertions of a store for one claim signature (C2PA 2.2 §18.17). */
export interface TimestampsElsewhere {
  tokens: readonly StoredToken[];
  /** Reason why there may be further tokens. */
  unread?: ReadFault;
}

/**
 * Judges the tokens like the signature's own, over its bytes, in the order of what they prove: the earliest of a listed
 * authority first. Such a token proves that the signature existed by then, not that it was made then. One from after
 * the certificate's validity therefore proves nothing about its use, whereas the signature's own would contradict it.
 */
export function judgeElsewhere(
  signature: ClaimSignature,
  { notAfter }: Pick<CertificateProfile, 'notAfter'>,
  { tokens, unread }: TimestampsElsewhere,
  material: TrustMaterial,
): TimestampJudgement[] {
  const covered = tokens.length > 0 ? bytesCoveredElsewhere(signature) : [];
  const judged = tokens.map(({ token, manifest, locator }): TimestampJudgement => {
    const judgement = judgeToken({ header: 'c2pa.time-stamp', token, covered }, material);
    const { time, authority, state } = judgement;
    const keptIn = { manifest, locator };
    if (state !== 'sound' || time === undefined || time <= notAfter) return { ...judgement, keptIn };
    return {
      state: 'late',
      authorityTrust: 'not-checked',
      reason: LATE,
      ...(authority ? { authority } : {}),
      keptIn,
    };
  });
  const unseen: TimestampJudgement[] =
    unread === undefined ? [] : [{ state: 'unread', authorityTrust: 'not-checked', reason: unread }];
  return [...judged.sort(byTime), ...unseen];
}

/** Returns the strongest judgement; of equal ones the earlier, and the signature's own before all others. */
export function findStrongest(judged: readonly TimestampJudgement[]): TimestampJudgement | undefined {
  return [...judged].sort((a, b) => worth(a) - worth(b))[0];
}

/** Order of states: unread tokens precede those that prove nothing. */
const WORTH = { sound: 1, unread: 2, 'cannot-check': 3, late: 4, unsound: 5 } as const;

function worth({ state, authorityTrust }: TimestampJudgement): number {
  return isListed(authorityTrust) ? 0 : WORTH[state];
}

function byTime(a: TimestampJudgement, b: TimestampJudgement): number {
  return millisOf(a) - millisOf(b);
}

/** Tokens without a time come last. */
function millisOf({ time }: TimestampJudgement): number {
  return time?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

const LATE: ReadFault = fault('timestamp.late');
