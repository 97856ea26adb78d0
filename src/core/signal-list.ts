import { DETECTORS } from './detectors/index.js';
import type { Carrier } from './evidence.js';
import { BACKING_MEANINGS, BACKINGS, GRADE_MEANINGS, GRADES, PERSONAL, type SignalId } from './signal.js';
import { SIGNALS } from './signals.js';

/** A row of the closed list, with what has to be readable for it to be seen. */
export interface ListedSignal {
  id: SignalId;
  meaning: string;
  /** Carriers that a detector needs which raises it; empty where the file as a whole is looked at. */
  reads: Carrier[];
}

export function signalList(): ListedSignal[] {
  const reads = new Map<string, Set<Carrier>>();
  for (const { raises, needs } of DETECTORS) {
    for (const id of raises) reads.set(id, new Set([...(reads.get(id) ?? []), ...needs]));
  }
  return Object.entries(SIGNALS).map(([id, meaning]) => ({
    id: id as SignalId,
    meaning,
    reads: [...(reads.get(id) ?? [])],
  }));
}

/** The closed list, and what the words beside a signal mean. */
export function signalCatalogue() {
  return {
    signals: signalList(),
    backings: BACKINGS.map((id) => ({ id, meaning: BACKING_MEANINGS[id] })),
    grades: GRADES.map((id) => ({ id, meaning: GRADE_MEANINGS[id] })),
    personal: PERSONAL,
  };
}
