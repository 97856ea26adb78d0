import type { Location } from '../media/carrier.js';
import { type Signal, type SignalId, toStatedValue } from '../report/signal.js';
import { BACKINGS } from '../signals/backing.js';
import { signalRowOf } from '../signals/index.js';
import type { GatheredId } from '../signals/row.js';
import { SIGNAL_ORIGINS } from './signal-origins.js';

/**
 * Facts that many clauses need, derived once from the signals that state them, so that a rule names one id instead of
 * thirty. Each signal's row says which fact it contributes to.
 */
const DERIVED_IDS = [
  'file.aiMark.signed',
  'file.aiMark.unsigned',
  'file.aiMark.possible',
  'file.aiTrace',
] as const satisfies readonly GatheredId[];

/** A signal that can decide an origin contributes only if it decided one for this file. */
function contributesTo(id: GatheredId, signal: Signal): boolean {
  const { gathering: gathered, decides } = signalRowOf(signal.id);
  return gathered?.fact === id && (decides === null || SIGNAL_ORIGINS.originOf(signal) !== undefined);
}

const MAX_LOCATORS = 8;

/** Returns the derived signals, to be listed after their sources. */
export function deriveSignals(signals: readonly Signal[]): Signal[] {
  return DERIVED_IDS.flatMap((id): Signal[] => {
    const found = signals.filter((signal) => contributesTo(id, signal));
    const [best] = [...found].sort((a, b) => BACKINGS.indexOf(a.backing) - BACKINGS.indexOf(b.backing));
    if (!best) return [];
    const basis = found.flatMap((signal): Location[] => signal.basis).slice(0, MAX_LOCATORS);
    return [{ id, backing: best.backing, ...toStatedValue(best), basis }];
  });
}

/** Returns the derived signals that are unknown because their sources could not be looked for. */
export function deriveUnknowable(unknowable: ReadonlySet<SignalId>): SignalId[] {
  const open = new Set(
    [...unknowable].flatMap((id) => {
      const { gathering: gathered } = signalRowOf(id);
      return gathered?.isRequired ? [gathered.fact] : [];
    }),
  );
  return DERIVED_IDS.filter((id) => open.has(id));
}
