import { fault, type ReadFault } from '../ground/fault.js';

import type { CertificateProfile } from './certificate-profile.js';
import { type ClaimSignature, coveredElsewhere } from './cose.js';
import { isListed } from './listing.js';
import type { TrustMaterial } from './material.js';
import { judgeToken, type TimestampJudgement } from './timestamp-judgement.js';

/** A token that another manifest keeps for a claim signature, and the assertion that it stands in. */
export interface KeptToken {
  token: Buffer;
  /** Label of the manifest that keeps it. */
  manifest: string;
  /** JUMBF URI of the assertion. */
  place: string;
}

/** What the `c2pa.time-stamp` assertions of a store hold for one claim signature (C2PA 2.2 §18.17). */
export interface TimestampsElsewhere {
  tokens: readonly KeptToken[];
  /** Why there may be more than these. */
  unread?: ReadFault;
}

/**
 * Judges them as the signature's own, over its very bytes, in the order of what they prove: the earliest of a listed
 * authority first. Such a token says that the signature was there by then, not that it was made then. So one from
 * after the certificate's term proves nothing of its use, where the signature's own would speak against it.
 */
export function judgeElsewhere(
  signature: ClaimSignature,
  { notAfter }: Pick<CertificateProfile, 'notAfter'>,
  { tokens, unread }: TimestampsElsewhere,
  material: TrustMaterial,
): TimestampJudgement[] {
  const covered = tokens.length > 0 ? coveredElsewhere(signature) : [];
  const judged = tokens.map(({ token, manifest, place }): TimestampJudgement => {
    const judgement = judgeToken({ header: 'c2pa.time-stamp', token, covered }, material);
    const { time, authority, state } = judgement;
    const keptIn = { manifest, place };
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

/** Of equal worth the earlier one is taken, and the signature's own before all. */
export function strongest(judged: readonly TimestampJudgement[]): TimestampJudgement | undefined {
  return [...judged].sort((a, b) => worth(a) - worth(b))[0];
}

/** What was not looked at comes before what proves nothing. */
const WORTH = { sound: 1, unread: 2, 'cannot-check': 3, late: 4, unsound: 5 } as const;

function worth({ state, authorityTrust }: TimestampJudgement): number {
  return isListed(authorityTrust) ? 0 : WORTH[state];
}

function byTime(a: TimestampJudgement, b: TimestampJudgement): number {
  return millisOf(a) - millisOf(b);
}

/** One without a time comes last. */
function millisOf({ time }: TimestampJudgement): number {
  return time?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

const LATE: ReadFault = fault('timestamp.late');
