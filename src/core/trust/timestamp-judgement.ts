import { fault, type ReadFault } from '../../base/fault.js';

import type { AnyCertificate } from './any-certificate.js';
import type { Certificate } from './certificate.js';
import type { NameParts } from './certificate-profile.js';
import type { ClaimSignature, TimestampHeader } from './formats/cose.js';
import { findListing, isListed, type Listing } from './lists/listing.js';
import type { TrustMaterial } from './lists/material.js';
import { readTimestamp, type Timestamp, type TimestampResult } from './timestamp.js';

/** Judgement on the timestamps of a claim signature. */
export interface TimestampJudgement {
  /** Absent if the token could not be read. */
  time?: Date;
  /** Subject names of the authority's certificate. */
  authority?: NameParts;
  /**
   * `sound`: the authority's signature is valid and the imprint is that of this claim signature. `late`, for one stored
   * elsewhere: sound, but after the certificate's validity. `unread`: there may be one that was not read.
   */
  state: 'sound' | 'unsound' | 'cannot-check' | 'late' | 'unread';
  /** List that vouches for the authority; `not-checked` unless the token is sound. */
  authorityTrust: Listing['trust'];
  list?: Listing['list'];
  reason?: ReadFault;
  /** Manifest and assertion (`c2pa.time-stamp`) that store the token; absent if the signature itself contains it. */
  keptIn?: { manifest: string; locator: string };
}

/** Parsed timestamps of a claim signature, before any trust decision. */
export interface ReadTimestamps<C = AnyCertificate> {
  answers: TimestampResult<C>[];
  /** Reason why an existing timestamp was not read. */
  fault?: ReadFault | undefined;
}

/** Cached per signature, because both the judgement and the stored facts need it. */
const parsedTimestamps = new WeakMap<ClaimSignature, ReadTimestamps<Certificate>>();

export function readTimestamps(signature: ClaimSignature): ReadTimestamps<Certificate> {
  const { timestamps, timestampFault: fault } = signature;
  const known = parsedTimestamps.get(signature) ?? { answers: timestamps.map(readTimestamp), fault };
  parsedTimestamps.set(signature, known);
  return known;
}

/** Returns the first timestamp of a listed authority, otherwise the first sound one, otherwise the first. */
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

function judgeRead(answer: TimestampResult, material: TrustMaterial): TimestampJudgement {
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
