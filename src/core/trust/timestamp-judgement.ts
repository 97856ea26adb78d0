import type { ReadFault } from '../evidence.js';
import { type NameParts, profileOf } from './certificate-profile.js';
import type { ClaimSignature } from './cose.js';
import { findListing, isListed, type Listing } from './listing.js';
import type { TrustMaterial } from './material.js';
import { readTimestamp, type Timestamp } from './timestamp.js';

/** What the timestamps of a claim signature are worth. */
export interface TimestampJudgement {
  /** Left out where the token could not be read. */
  time?: Date;
  /** Names of the authority's certificate. */
  authority?: NameParts;
  /** `sound`: the authority's signature holds, and the imprint is that of this very claim signature. */
  state: 'sound' | 'unsound' | 'cannot-check';
  /** Whose word the authority has; `not-checked` unless the token is sound. */
  authorityTrust: Listing['trust'];
  list?: Listing['list'];
  reason?: ReadFault;
}

/** The first timestamp of a listed authority, else the first that is sound, else the first. */
export function judgeTimestamps(
  signature: ClaimSignature,
  material: TrustMaterial,
): TimestampJudgement | undefined {
  const judged: TimestampJudgement[] = signature.timestamps.map((header) => {
    const answer = readTimestamp(header);
    return 'fault' in answer ? unsound(answer.fault) : judgeTimestamp(answer.timestamp, material);
  });
  const unread = signature.timestampFault ? unsound(signature.timestampFault) : undefined;
  return (
    judged.find((t) => isListed(t.authorityTrust)) ??
    judged.find((t) => t.state === 'sound') ??
    judged[0] ??
    unread
  );
}

function judgeTimestamp(timestamp: Timestamp, material: TrustMaterial): TimestampJudgement {
  const authority = timestamp.authority && profileOf(timestamp.authority)?.subject;
  const read = { time: timestamp.genTime, ...(authority ? { authority } : {}) };
  if (timestamp.signature === 'does-not-hold') return { ...read, ...unsound(REASON.signature) };
  if (timestamp.imprint === 'differs') return { ...read, ...unsound(REASON.imprint) };
  if (timestamp.signature !== 'holds' || timestamp.imprint !== 'matches' || !timestamp.authority) {
    return { ...read, state: 'cannot-check', authorityTrust: 'not-checked', reason: REASON.cannotCheck };
  }
  const { trust, list, reason } = findListing(
    {
      leaf: timestamp.authority,
      intermediates: timestamp.certificates,
      purpose: 'authority',
      times: [timestamp.genTime],
    },
    material,
  );
  return {
    ...read,
    state: 'sound',
    authorityTrust: trust,
    ...(list ? { list } : {}),
    ...(reason ? { reason } : {}),
  };
}

const REASON = {
  signature: {
    code: 'timestamp.signature',
    reason: 'The authority’s signature over the timestamp does not hold.',
  },
  imprint: { code: 'timestamp.mismatch', reason: 'The timestamp is for other bytes than this signature.' },
  cannotCheck: {
    code: 'timestamp.cannotCheck',
    reason: 'The timestamp’s signature or imprint could not be checked.',
  },
} as const satisfies Record<string, ReadFault>;

function unsound(reason: ReadFault): TimestampJudgement {
  return { state: 'unsound', authorityTrust: 'not-checked', reason };
}
