import type { Language } from '../../i18n/languages.js';
import { translatorFor } from '../../i18n/translator.js';
import type { Carrier } from '../media/carrier.js';
import { SIGNAL_IDS, type SignalId } from '../report/signal.js';
import { BACKINGS, TRACE_GRADES } from '../signals/backing.js';
import { meaningMessage } from '../signals/meaning.js';
import { PERSONAL } from '../signals/personal.js';
import { DETECTORS } from './index.js';

/** Row of the closed list of signals, with the carriers that must be readable to detect it. */
export interface ListedSignal {
  id: SignalId;
  meaning: string;
  /** Carriers needed by the detectors that raise it; empty if the file as a whole is examined. */
  reads: Carrier[];
}

export function signalList(language: Language = 'en'): ListedSignal[] {
  const translator = translatorFor(language);
  const reads = new Map<string, Set<Carrier>>();
  for (const { raises, needs } of DETECTORS) {
    for (const id of raises) reads.set(id, new Set([...(reads.get(id) ?? []), ...needs]));
  }
  return SIGNAL_IDS.map((id) => ({
    id,
    meaning: translator.translate(meaningMessage(id)),
    reads: [...(reads.get(id) ?? [])],
  }));
}

/** Returns the closed list of signals and the meaning of the terms used with a signal. */
export function signalCatalogue(language: Language) {
  const { text: words } = translatorFor(language);
  return {
    signals: signalList(language),
    backings: BACKINGS.map((id) => ({ id, meaning: words(`backing.${id}`) })),
    grades: TRACE_GRADES.map((id) => ({ id, meaning: words(`grade.${id}`) })),
    personal: PERSONAL,
  };
}
