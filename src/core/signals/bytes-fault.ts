import type { BytesPart } from './bytes-parts.js';
import { SIGNAL_IDS, type SignalId, signalRowOf } from './index.js';

/** Returns whether the signal's backing depends on the signer. */
const isBackedBySigner = (id: SignalId) =>
  signalRowOf(id).backing === 'signer' || signalRowOf(id).backing === 'identity';

/** Returns signals that might exist, or exist and might be better backed, if the missing parts had been read. */
export function unknowableSignals(
  parts: readonly BytesPart[],
  signals: readonly { id: SignalId; backing: string }[],
): SignalId[] {
  const backedBetter = signals.filter(({ id, backing }) => backing === 'valid' && isBackedBySigner(id));
  return [
    ...parts.flatMap((part) => SIGNAL_IDS.filter((id) => signalRowOf(id).neededParts?.includes(part))),
    ...(parts.includes('backing') ? backedBetter.map(({ id }) => id) : []),
  ];
}
