import { plainText, textOf } from '../core/renderers/kept-text.js';
import type { Speech } from '../say/speech.js';
import type { InspectionRecord } from '../store/inspections.js';
import type { HistoryItem } from './form/history-page.js';
import { reportOf } from './send-inspection.js';

/** An inspection as a line of a list, its sentence in the reader's language. */
export function listItem(record: InspectionRecord, speech: Speech): HistoryItem {
  const { report, ...head } = record;
  if (report === undefined) return head;
  const { summary, asset, contentCredentials } = reportOf({ report });
  const { origin, backing } = summary;
  const sentence = textOf(summary, 'sentence', speech) ?? '';
  const signer = contentCredentials.signer?.name;
  return {
    ...head,
    sentence,
    summary: {
      ...{ origin, sentence: plainText(sentence), kind: asset.kind },
      ...(backing === undefined ? {} : { backing }),
      ...(signer === undefined ? {} : { signer }),
    },
  };
}
