import type { BytesPart } from './bytes-parts.js';
import { rowOf, SIGNAL_IDS, type SignalId } from './index.js';

/** How well these are backed hangs on the signer. */
const byItsSigner = (id: SignalId) => rowOf(id).backing === 'signer' || rowOf(id).backing === 'identity';

/** Signals that might be there, and those that are there and might be backed better, had those parts been read. */
export function unknowableWithout(
  parts: readonly BytesPart[],
  signals: readonly { id: SignalId; backing: string }[],
): SignalId[] {
  const backedBetter = signals.filter(({ id, backing }) => backing === 'valid' && byItsSigner(id));
  return [
    ...parts.flatMap((part) => SIGNAL_IDS.filter((id) => rowOf(id).inCredentials?.includes(part))),
    ...(parts.includes('backing') ? backedBetter.map(({ id }) => id) : []),
  ];
}
