import type { Message } from '../../i18n/message.js';
import type { Location } from '../media/carrier.js';
import type { Signal, SignalFact, SignalId } from '../report/signal.js';
import type { Backing } from '../signals/backing.js';

/** Bound on locators per value: a value repeated over hundreds of assertions needs no more to be found again. */
const MAX_LOCATORS = 16;

/** Collects one signal per id, backing and value, with all its locators. */
export class SignalCollector {
  readonly #signals = new Map<string, Signal>();

  add(
    id: SignalId,
    backing: Backing,
    value: string | Message,
    location: Location,
    facts: SignalFact[] = [],
  ): void {
    const key = JSON.stringify([id, backing, value]);
    const known = this.#signals.get(key);
    if (!known)
      this.#signals.set(key, {
        id,
        backing,
        ...(typeof value === 'string' ? { value } : { messages: { value } }),
        ...(facts.length === 0 ? {} : { facts }),
        basis: [location],
      });
    else if (known.basis.length < MAX_LOCATORS) known.basis.push(location);
  }

  list(): Signal[] {
    return [...this.#signals.values()];
  }
}
