import type { Language } from '../../say/languages.js';
import { speechOf } from '../../say/speech.js';
import type { Carrier } from '../media/carrier.js';
import { SIGNAL_IDS, type SignalId } from '../report/signal.js';
import { BACKINGS, GRADES } from '../signals/backing.js';
import { meaningOf } from '../signals/meaning.js';
import { PERSONAL } from '../signals/personal.js';
import { DETECTORS } from './index.js';

/** A row of the closed list, with what has to be readable for it to be seen. */
export interface ListedSignal {
  id: SignalId;
  meaning: string;
  /** Carriers that a detector needs which raises it; empty where the file as a whole is looked at. */
  reads: Carrier[];
}

export function signalList(language: Language = 'en'): ListedSignal[] {
  const speech = speechOf(language);
  const reads = new Map<string, Set<Carrier>>();
  for (const { raises, needs } of DETECTORS) {
    for (const id of raises) reads.set(id, new Set([...(reads.get(id) ?? []), ...needs]));
  }
  return SIGNAL_IDS.map((id) => ({
    id,
    meaning: speech.say(meaningOf(id)),
    reads: [...(reads.get(id) ?? [])],
  }));
}

/** The closed list, and what the words beside a signal mean. */
export function signalCatalogue(language: Language) {
  const { words } = speechOf(language);
  return {
    signals: signalList(language),
    backings: BACKINGS.map((id) => ({ id, meaning: words(`backing.${id}`) })),
    grades: GRADES.map((id) => ({ id, meaning: words(`grade.${id}`) })),
    personal: PERSONAL,
  };
}
