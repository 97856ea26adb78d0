import type { Evidence } from '../evidence/evidence.js';
import type { ReadFault } from '../ground/fault.js';
import type { AssetFacts } from '../media/asset-facts.js';
import { CARRIERS, type Carrier, couldNotLook, type Read, readValue } from '../media/carrier.js';
import type { Said } from '../media/said.js';
import type { Signal, SignalId } from '../report/signal.js';
import { unknowableWithout } from '../signals/bytes-fault.js';

export interface Detector<N extends Carrier = Carrier> {
  id: string;
  /** The carriers it may see; others are not handed to it. */
  needs: readonly N[];
  /** Every id it may raise; `detectAll` refuses others. */
  raises: readonly SignalId[];
  /** How reading ended says something to it, where nothing was read: else it is asked only of what was read of a carrier it needs. */
  ofEndings?: true;
  /**
   * Pure: evidence in, signals out. Reads no clock, no env, no file. Where one of our bounds kept it from looking at all of
   * a carrier, it says so: more may stand there. `before`: signals of the detectors that stand before it in the list.
   */
  detect(
    evidence: Pick<Evidence, N>,
    asset: AssetFacts,
    stopped?: Stopped,
    before?: readonly Signal[],
  ): Signal[];
  /** What it raises of the file's name and declared type. Pure; asked after the reading (named.ts). */
  ofName?(said: Said, file: NamedFile): Signal[];
}

/** What is known of a file by the time it is given its name. */
export interface NamedFile {
  bytes: number;
  /** As the bytes say. */
  mediaType: string;
  /** Hints in names that nothing in the file speaks against. */
  fittingHints: readonly SignalId[];
}

/** Tells that a detector did not look at all of what was read; the first fault of a carrier stands for the others. */
export type Stopped = (carrier: Carrier, fault: ReadFault) => void;

/** Narrows what `detect` sees to what `needs` declares. */
export function defineDetector<const N extends Carrier>(detector: Detector<N>): Detector<N> {
  return detector;
}

export interface Detection {
  signals: Signal[];
  /** Ids that might have been raised, or raised again with another backing, had a carrier been readable. */
  unknowable: ReadonlySet<SignalId>;
  /** As it was given, with what detectors did not look at. */
  evidence: Evidence;
}

/** What of a store hangs on certificates, claims or timestamps that could not be read from the bytes. */
function partlyUnread({ c2pa }: Evidence, signals: readonly Signal[]): SignalId[] {
  const store = readValue(c2pa);
  const fault = store?.kind === 'store' ? store.bytesFault : undefined;
  return fault ? unknowableWithout(fault.missing, signals) : [];
}

/** What it declared to need, and nothing else. */
function seenBy({ needs }: Detector, evidence: Evidence): Evidence {
  const seen: Partial<Record<Carrier, Evidence[Carrier]>> = {};
  for (const carrier of needs) seen[carrier] = evidence[carrier];
  return seen as Evidence;
}

/** Runs the detectors in list order over what each declared. */
export function detectAll(detectors: readonly Detector[], evidence: Evidence, asset: AssetFacts): Detection {
  const signals: Signal[] = [];
  const faults = new Map<Carrier, ReadFault>();
  const stopped: Stopped = (carrier, fault) => {
    if (!faults.has(carrier)) faults.set(carrier, fault);
  };
  // Several see the same carriers.
  const views = new Map<readonly Carrier[], Evidence>();
  const read = CARRIERS.filter((one) => readValue<unknown>(evidence[one]) !== undefined);
  for (const detector of askedOf(detectors, read)) {
    const seen = views.get(detector.needs) ?? seenBy(detector, evidence);
    views.set(detector.needs, seen);
    for (const signal of detector.detect(seen, asset, stopped, signals)) {
      if (!detector.raises.includes(signal.id)) {
        throw new Error(`detector ${detector.id} raised ${signal.id}, which it does not declare`);
      }
      signals.push(signal);
    }
  }
  const looked = withFaults(evidence, faults);
  const without = unknowableIn(
    detectors,
    CARRIERS.filter((one) => couldNotLook(looked[one])),
  );
  const more = partlyUnread(evidence, signals);
  return {
    signals,
    unknowable: more.length === 0 ? without : new Set([...without, ...more]),
    evidence: looked,
  };
}

/** A file decides which carriers are read, and which fail. */
const MOST_REMEMBERED = 1_024;

/** What is made of detectors and some carriers is kept by them: nearly all files of a format have the same ones. */
function byCarriers<T>(
  make: (detectors: readonly Detector[], carriers: readonly Carrier[]) => T,
): (detectors: readonly Detector[], carriers: readonly Carrier[]) => T {
  const kept = new WeakMap<readonly Detector[], Map<string, T>>();
  return (detectors, carriers) => {
    const known = kept.get(detectors) ?? new Map<string, T>();
    kept.set(detectors, known);
    const key = carriers.join(' ');
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(detectors, carriers);
    if (known.size < MOST_REMEMBERED) known.set(key, made);
    return made;
  };
}

const needing = (detectors: readonly Detector[], carriers: readonly Carrier[]): readonly Detector[] =>
  detectors.filter(({ needs }) => needs.some((one) => carriers.includes(one)));

/** Those to which what was read may say something. */
const askedOf = byCarriers((detectors, read): readonly Detector[] => {
  const needed = new Set(needing(detectors, read));
  return detectors.filter((one) => one.ofEndings || needed.has(one));
});

/** By the carriers that were missed. */
const unknowableIn = byCarriers(
  (detectors, missed): ReadonlySet<SignalId> =>
    new Set(needing(detectors, missed).flatMap(({ raises }) => raises)),
);

/** A carrier that was found and not looked at to its end bears that fault; one with a fault of its own keeps it. */
function withFaults(evidence: Evidence, faults: ReadonlyMap<Carrier, ReadFault>): Evidence {
  if (faults.size === 0) return evidence;
  const looked: { [C in Carrier]?: Read<unknown> } = { ...evidence };
  for (const [carrier, fault] of faults) {
    const read = evidence[carrier];
    if (read.status === 'found' && read.code === undefined) looked[carrier] = { ...read, ...fault };
  }
  return looked as Evidence;
}
