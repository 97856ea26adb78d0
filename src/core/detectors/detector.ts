import type { ReadFault } from '../../base/fault.js';
import type { Evidence } from '../evidence/evidence.js';
import type { AssetFacts } from '../media/asset-facts.js';
import { CARRIERS, type Carrier, foundValue, isNotRead, type Read } from '../media/carrier.js';
import type { UploadDescription } from '../media/upload-description.js';
import type { Signal, SignalId } from '../report/signal.js';
import { unknowableSignals } from '../signals/bytes-fault.js';

export interface Detector<N extends Carrier = Carrier> {
  id: string;
  /** Carriers passed to the detector; it sees no others. */
  needs: readonly N[];
  /** Every signal id it may raise; `detectAll` throws on any other. */
  raises: readonly SignalId[];
  /** True if the detector also evaluates how reading ended; otherwise it runs only if a carrier it needs was read. */
  canRunUnread?: true;
  /**
   * Returns signals for the evidence. Pure: reads no clock, environment or file. It calls `stopped` if one of our
   * bounds kept it from examining all of a carrier, since more may be there. `before`: signals of the detectors earlier
   * in the list.
   */
  detect(
    evidence: Pick<Evidence, N>,
    asset: AssetFacts,
    stopped?: FaultReporter,
    before?: readonly Signal[],
  ): Signal[];
  /** Returns signals raised by the file's name and declared type. Pure; called after reading (pipeline/rename.ts). */
  detectName?(said: UploadDescription, file: NamedFile): Signal[];
}

/** Facts about a file available when its name is added. */
export interface NamedFile {
  bytes: number;
  /** Media type detected from the bytes. */
  mediaType: string;
  /** Name hints that nothing in the file contradicts. */
  fittingHints: readonly SignalId[];
}

/** Reports that a detector did not examine everything that was read; only the first fault of a carrier counts. */
export type FaultReporter = (carrier: Carrier, fault: ReadFault) => void;

/** Restricts the evidence type of `detect` to the carriers in `needs`. */
export function defineDetector<const N extends Carrier>(detector: Detector<N>): Detector<N> {
  return detector;
}

export interface Detection {
  signals: Signal[];
  /** Ids that might have been raised, or raised with another backing, if an unreadable carrier had been read. */
  unknowable: ReadonlySet<SignalId>;
  /** Given evidence, plus the faults for parts that detectors did not examine. */
  evidence: Evidence;
}

/** Returns the signals that depend on certificates, claims or timestamps that could not be read from the bytes. */
function findPartlyUnread({ c2pa }: Evidence, signals: readonly Signal[]): SignalId[] {
  const store = foundValue(c2pa);
  const fault = store?.kind === 'store' ? store.bytesFault : undefined;
  return fault ? unknowableSignals(fault.missing, signals) : [];
}

/** Returns only the carriers that the detector declared. */
function pickEvidence({ needs }: Detector, evidence: Evidence): Evidence {
  const seen: Partial<Record<Carrier, Evidence[Carrier]>> = {};
  for (const carrier of needs) seen[carrier] = evidence[carrier];
  return seen as Evidence;
}

/** Runs the detectors in list order, each over the carriers it declared. */
export function detectAll(detectors: readonly Detector[], evidence: Evidence, asset: AssetFacts): Detection {
  const signals: Signal[] = [];
  const faults = new Map<Carrier, ReadFault>();
  const stopped: FaultReporter = (carrier, fault) => {
    if (!faults.has(carrier)) faults.set(carrier, fault);
  };
  // Detectors with the same `needs` share one view of the evidence.
  const views = new Map<readonly Carrier[], Evidence>();
  const read = CARRIERS.filter((one) => foundValue<unknown>(evidence[one]) !== undefined);
  for (const detector of selectDetectors(detectors, read)) {
    const seen = views.get(detector.needs) ?? pickEvidence(detector, evidence);
    views.set(detector.needs, seen);
    for (const signal of detector.detect(seen, asset, stopped, signals)) {
      if (!detector.raises.includes(signal.id)) {
        throw new Error(`detector ${detector.id} raised ${signal.id}, which it does not declare`);
      }
      signals.push(signal);
    }
  }
  const looked = addFaults(evidence, faults);
  const without = findUnknowable(
    detectors,
    CARRIERS.filter((one) => isNotRead(looked[one])),
  );
  const more = findPartlyUnread(evidence, signals);
  return {
    signals,
    unknowable: more.length === 0 ? without : new Set([...without, ...more]),
    evidence: looked,
  };
}

/** Bound on cached entries, because a file decides which carriers are read and which fail. */
const MAX_CACHED = 1_024;

/**
 * Caches a result per detector list and set of carriers: nearly all files of a format have the same carriers. Without
 * it a plain JPEG takes 6 % more processor time.
 */
function memoizeByCarriers<T>(
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
    if (known.size < MAX_CACHED) known.set(key, made);
    return made;
  };
}

const filterByNeeds = (detectors: readonly Detector[], carriers: readonly Carrier[]): readonly Detector[] =>
  detectors.filter(({ needs }) => needs.some((one) => carriers.includes(one)));

/** Returns the detectors that can say something about the carriers that were read. */
const selectDetectors = memoizeByCarriers((detectors, read): readonly Detector[] => {
  const needed = new Set(filterByNeeds(detectors, read));
  return detectors.filter((one) => one.canRunUnread || needed.has(one));
});

/** Returns the signal ids that are unknowable for the given unread carriers. */
const findUnknowable = memoizeByCarriers(
  (detectors, missed): ReadonlySet<SignalId> =>
    new Set(filterByNeeds(detectors, missed).flatMap(({ raises }) => raises)),
);

/** Adds a fault to carriers that were found but not examined to their end; a carrier's own fault takes precedence. */
function addFaults(evidence: Evidence, faults: ReadonlyMap<Carrier, ReadFault>): Evidence {
  if (faults.size === 0) return evidence;
  const looked: { [C in Carrier]?: Read<unknown> } = { ...evidence };
  for (const [carrier, fault] of faults) {
    const read = evidence[carrier];
    if (read.status === 'found' && read.code === undefined) looked[carrier] = { ...read, ...fault };
  }
  return looked as Evidence;
}
