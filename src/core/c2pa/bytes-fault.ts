import { RUBRIC_SIGNAL_IDS } from '../rubric-rows.js';
import { SIGNAL_IDS, type Signal, type SignalId } from '../signal.js';

/**
 * What is missing where certificates, claims or timestamps could not be read from the file's own bytes. The engine
 * reads the rest of a store itself, so a fault here leaves open no more than what hangs on that part:
 *
 * - `signer`: on which list the active manifest's signer stands;
 * - `time`: whether a timestamp proves when it was signed;
 * - `binding`: what its hash leaves out;
 * - `claims`: what the rubric reads from the assertions as signed;
 * - `statements`: what the active manifest states, where the engine could not load it;
 * - `backing`: whether signers are vouched for, and so how well signals that were found are backed.
 */
export const BYTES_PARTS = ['signer', 'time', 'binding', 'claims', 'statements', 'backing'] as const;
/** What Assay reads itself: where it found no store in the bytes, the engine's statements are there all the same. */
export const OWN_PARTS: readonly BytesPart[] = BYTES_PARTS.filter((part) => part !== 'statements');
export type BytesPart = (typeof BYTES_PARTS)[number];

const DISALLOWED = 'c2pa.conformance.disallowedSignal';

const MISSING: Readonly<Record<BytesPart, readonly SignalId[]>> = {
  signer: [
    'c2pa.signer.official',
    'c2pa.signer.interim',
    'c2pa.signer.private',
    'c2pa.signer.unlisted',
    'c2pa.signer.revoked',
    DISALLOWED,
  ],
  // An answer on revocation is weighed at the proven time.
  time: ['c2pa.time.stamped', 'c2pa.time.proven', 'c2pa.time.expiredWithoutTimestamp', 'c2pa.signer.revoked'],
  binding: ['c2pa.binding.leavesOutMore'],
  claims: [...RUBRIC_SIGNAL_IDS, DISALLOWED],
  statements: SIGNAL_IDS.filter((id) =>
    /^(cawg\.|watermark\.(declared|action)$|c2pa\.(?!present|remote|unreadable|integrity|binding|ingredient|engines|signer|time))/.test(
      id,
    ),
  ),
  backing: [],
};

/** Signals that might be there, and those that are there and might be backed better, had those parts been read. */
export function unknowableWithout(
  parts: readonly BytesPart[],
  signals: readonly Pick<Signal, 'id' | 'backing'>[],
): SignalId[] {
  const backedBetter = signals.filter(({ id, backing }) => backing === 'valid' && /^(c2pa|cawg)\./.test(id));
  return [
    ...parts.flatMap((part) => MISSING[part]),
    ...(parts.includes('backing') ? backedBetter.map(({ id }) => id) : []),
  ];
}
