import type { AssetFacts } from './asset-facts.js';
import { unknowableWithout } from './c2pa/bytes-fault.js';
import { CARRIERS, type Carrier, couldNotLook, type Evidence, readValue } from './evidence.js';
import type { Signal, SignalId } from './signal.js';

export interface Detector<N extends Carrier = Carrier> {
  id: string;
  /** The carriers it may see; others are not handed to it. */
  needs: readonly N[];
  /** Every id it may raise; `detectAll` refuses others. */
  raises: readonly SignalId[];
  /** Pure: evidence in, signals out. Reads no clock, no env, no file. */
  detect(evidence: Pick<Evidence, N>, asset: AssetFacts): Signal[];
}

/** Narrows what `detect` sees to what `needs` declares. */
export function defineDetector<const N extends Carrier>(detector: Detector<N>): Detector<N> {
  return detector;
}

export interface Detection {
  signals: Signal[];
  /** Ids that might have been raised, or raised again with another backing, had a carrier been readable. */
  unknowable: Set<SignalId>;
}

/** What of a store hangs on certificates, claims or timestamps that could not be read from the bytes. */
function partlyUnread({ c2pa }: Evidence, signals: readonly Signal[]): SignalId[] {
  const store = readValue(c2pa);
  const fault = store?.kind === 'store' ? store.bytesFault : undefined;
  return fault ? unknowableWithout(fault.missing, signals) : [];
}

/** Runs the detectors in list order over what each declared. */
export function detectAll(detectors: readonly Detector[], evidence: Evidence, asset: AssetFacts): Detection {
  const signals: Signal[] = [];
  const unknowable = new Set<SignalId>();
  const missed = new Set(CARRIERS.filter((one) => couldNotLook(evidence[one])));
  for (const detector of detectors) {
    const seen: Partial<Record<Carrier, Evidence[Carrier]>> = {};
    for (const carrier of detector.needs) seen[carrier] = evidence[carrier];
    for (const signal of detector.detect(seen as Evidence, asset)) {
      if (!detector.raises.includes(signal.id)) {
        throw new Error(`detector ${detector.id} raised ${signal.id}, which it does not declare`);
      }
      signals.push(signal);
    }
    if (detector.needs.some((carrier) => missed.has(carrier))) {
      for (const id of detector.raises) unknowable.add(id);
    }
  }
  for (const id of partlyUnread(evidence, signals)) unknowable.add(id);
  return { signals, unknowable };
}
