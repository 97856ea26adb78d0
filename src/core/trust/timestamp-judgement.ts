import { fault, type ReadFault } from '../ground/fault.js';

import type { AnyCertificate } from './any-certificate.js';
import type { Certificate } from './certificate.js';
import type { NameParts } from './certificate-profile.js';
import type { ClaimSignature, TimestampHeader } from './cose.js';
import { findListing, isListed, type Listing } from './listing.js';
import type { TrustMaterial } from './material.js';
import { readTimestamp, type Timestamp, type TimestampAnswer } from './timestamp.js';

/** What the timestamps of a claim signature are worth. */
export interface TimestampJudgement {
  /** Left out where the token could not be read. */
  time?: Date;
  /** Names of the authority's certificate. */
  authority?: NameParts;
  /**
   * `sound`: the authority's signature holds, and the imprint is that of this very claim signature. `late`, of one kept
   * elsewhere: sound, and from after the certificate's term. `unread`: there may be one that was not read.
   */
  state: 'sound' | 'unsound' | 'cannot-check' | 'late' | 'unread';
  /** Whose word the authority has; `not-checked` unless the token is sound. */
  authorityTrust: Listing['trust'];
  list?: Listing['list'];
  reason?: ReadFault;
  /** The manifest whose `c2pa.time-stamp` assertion keeps it, and where; left out where the signature itself bears it. */
  keptIn?: { manifest: string; place: string };
}

/** What the timestamps of a claim signature say, before anybody is believed. */
export interface ReadTimestamps<C = AnyCertificate> {
  answers: TimestampAnswer<C>[];
  /** Why one that is there was not read. */
  fault?: ReadFault | undefined;
}

/** Once a signature: it is judged, and where something is kept of it, read for that too. */
const read = new WeakMap<ClaimSignature, ReadTimestamps<Certificate>>();

export function readTimestamps(signature: ClaimSignature): ReadTimestamps<Certificate> {
  const { timestamps, timestampFault: fault } = signature;
  const known = read.get(signature) ?? { answers: timestamps.map(readTimestamp), fault };
  read.set(signature, known);
  return known;
}

/** Of those that the signature bears the first of a listed authority, else the first that is sound, else the first. */
export function judgeTimestamps(
  { answers, fault }: ReadTimestamps,
  material: TrustMaterial,
): TimestampJudgement | undefined {
  const judged = answers.map((answer) => judgeRead(answer, material));
  const unread = fault ? unsound(fault) : undefined;
  return (
    judged.find((t) => isListed(t.authorityTrust)) ??
    judged.find((t) => t.state === 'sound') ??
    judged[0] ??
    unread
  );
}

export function judgeToken(header: TimestampHeader, material: TrustMaterial): TimestampJudgement {
  return judgeRead(readTimestamp(header), material);
}

function judgeRead(answer: TimestampAnswer, material: TrustMaterial): TimestampJudgement {
  return 'fault' in answer ? unsound(answer.fault) : judgeTimestamp(answer.timestamp, material);
}

function judgeTimestamp(timestamp: Timestamp, material: TrustMaterial): TimestampJudgement {
  const authority = timestamp.authority?.profile?.subject;
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
  signature: fault('timestamp.signature'),
  imprint: fault('timestamp.mismatch'),
  cannotCheck: fault('timestamp.cannotCheck'),
} as const satisfies Record<string, ReadFault>;

function unsound(reason: ReadFault): TimestampJudgement {
  return { state: 'unsound', authorityTrust: 'not-checked', reason };
}
