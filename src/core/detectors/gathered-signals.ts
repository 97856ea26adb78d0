import type { Said } from '../../say/said.js';
import type { Location } from '../media/carrier.js';
import type { Signal, SignalFact, SignalId } from '../report/signal.js';
import type { Backing } from '../signals/backing.js';

/** A value repeated over hundreds of assertions needs no more places than this to be found again. */
const MOST_PLACES = 16;

/** One signal for each id, backing and value, with the places it stands in. */
export class GatheredSignals {
  readonly #signals = new Map<string, Signal>();

  add(
    id: SignalId,
    backing: Backing,
    value: string | Said,
    location: Location,
    facts: SignalFact[] = [],
  ): void {
    const key = JSON.stringify([id, backing, value]);
    const known = this.#signals.get(key);
    if (!known)
      this.#signals.set(key, {
        id,
        backing,
        ...(typeof value === 'string' ? { value } : { said: { value } }),
        ...(facts.length === 0 ? {} : { facts }),
        basis: [location],
      });
    else if (known.basis.length < MOST_PLACES) known.basis.push(location);
  }

  list(): Signal[] {
    return [...this.#signals.values()];
  }
}
