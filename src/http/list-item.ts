import type { Language } from '../say/languages.js';
import type { InspectionRecord } from '../store/inspections.js';
import type { HistoryItem } from './form/history-page.js';
import { reportIn } from './language.js';
import { reportOf } from './send-inspection.js';

/** An inspection as a line of a list, its sentence in the reader's language. */
export function listItem(record: InspectionRecord, language: Language): HistoryItem {
  const { report, ...head } = record;
  if (report === undefined) return head;
  const { summary, asset, contentCredentials } = reportIn(reportOf({ report }), language);
  const { origin, backing, sentence = '' } = summary;
  const signer = contentCredentials.signer?.name;
  return {
    ...head,
    sentence,
    summary: {
      ...{ origin, sentence, kind: asset.kind },
      ...(backing === undefined ? {} : { backing }),
      ...(signer === undefined ? {} : { signer }),
    },
  };
}
