import type { Location } from '../media/carrier.js';
import { type Signal, type SignalId, statedBy } from '../report/signal.js';
import { BACKINGS } from '../signals/backing.js';
import { rowOf } from '../signals/index.js';
import type { GatheredId } from '../signals/row.js';
import { SIGNAL_ORIGINS } from './signal-origins.js';

/**
 * Facts that many clauses ask for, gathered once from the signals that state them, so that a rule names one id and
 * not thirty. Which signal goes into which fact its row says.
 */
const GATHERED = [
  'file.aiMark.signed',
  'file.aiMark.unsigned',
  'file.aiMark.possible',
  'file.aiTrace',
] as const satisfies readonly GatheredId[];

/** What decides an origin counts only where it does. */
function goesInto(id: GatheredId, signal: Signal): boolean {
  const { gathered, decides } = rowOf(signal.id);
  return gathered?.into === id && (decides === null || SIGNAL_ORIGINS.of(signal) !== undefined);
}

const MOST_PLACES = 8;

/** The gathered signals, after those they are made of. */
export function derived(signals: readonly Signal[]): Signal[] {
  return GATHERED.flatMap((id): Signal[] => {
    const found = signals.filter((signal) => goesInto(id, signal));
    const [best] = [...found].sort((a, b) => BACKINGS.indexOf(a.backing) - BACKINGS.indexOf(b.backing));
    if (!best) return [];
    const basis = found.flatMap((signal): Location[] => signal.basis).slice(0, MOST_PLACES);
    return [{ id, backing: best.backing, ...statedBy(best), basis }];
  });
}

/** What could not be looked for is unknown here too. */
export function derivedUnknowable(unknowable: ReadonlySet<SignalId>): SignalId[] {
  const open = new Set(
    [...unknowable].flatMap((id) => {
      const { gathered } = rowOf(id);
      return gathered?.leavesOpen ? [gathered.into] : [];
    }),
  );
  return GATHERED.filter((id) => open.has(id));
}
