import { compact } from '../../base/json-shape.js';
import { readText } from '../../core/report/message-lookup.js';
import { requireStoredReport } from '../../service/inspections/stored-report.js';
import type { InspectionHead, InspectionRecord } from '../../storage/inspections/inspections.js';

/** Converts an inspection to an entry of a list. */
export function toListItem(record: InspectionRecord): InspectionHead {
  const { report, ...head } = record;
  if (report === undefined) return head;
  const { summary, asset, contentCredentials } = requireStoredReport({ report });
  const { origin, backing, headline, facts, messages } = summary;
  const sentence = readText(summary, 'sentence');
  const signer = contentCredentials.signer?.name;
  return {
    ...head,
    summary: {
      ...{ origin, kind: asset.kind },
      ...compact({ headline, facts, messages, sentence, backing, signer }),
    },
  };
}
