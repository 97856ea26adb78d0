import { said } from '../say/said.js';
import { limits } from './limits.js';
import type { Coverage, Presence, WhyMissing } from './report.js';
import type { Signal, SignalId } from './signal.js';
import { type Habit, PLATFORM_HABITS } from './signatures/platform-habits.js';

/** Signals that mean that something is there: then nothing has to be explained. */
const SOMETHING = /^(c2pa\.|cawg\.|gb45438\.|iptc\.|generator\.|watermark\.)|\.aiLabel(\.|$)/;

/**
 * Why nothing might be there, where nothing was found and the file has passed through hands that usually remove it.
 * Never a verdict: the same traces stand on files that never had a label.
 */
export function whyMissing(
  presence: Presence,
  signals: readonly Signal[],
  { state }: Pick<Coverage, 'state'>,
): WhyMissing[] {
  // Where a part was not looked into, something may be there.
  if (state !== 'complete') return [];
  if (presence !== 'absent' && presence !== 'unsupported') return [];
  if (signals.some(({ id }) => SOMETHING.test(id))) return [];
  const because = new Map<Habit, Set<SignalId>>();
  for (const { id } of signals) {
    const habit = PLATFORM_HABITS.find(({ signal }) => signal.test(id));
    if (habit) because.set(habit, (because.get(habit) ?? new Set<SignalId>()).add(id));
  }
  return PLATFORM_HABITS.flatMap((habit): WhyMissing[] => {
    const ids = because.get(habit);
    if (ids === undefined) return [];
    const { says } = habit;
    return [
      {
        because: [...ids],
        said: { says: said(`whyMissing.${says}.says`), source: said(`whyMissing.${says}.source`) },
      },
    ];
  }).slice(0, limits.whyMissing);
}
