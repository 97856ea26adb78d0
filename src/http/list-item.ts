import { compact } from '../core/ground/json-shape.js';
import type { InspectionHead, InspectionRecord } from '../store/inspections.js';
import { reportOf } from './send-inspection.js';

/** An inspection as a line of a list. */
export function listItem(record: InspectionRecord): InspectionHead {
  const { report, ...head } = record;
  if (report === undefined) return head;
  const { summary, asset, contentCredentials } = reportOf({ report });
  const { origin, backing, headline, facts, said, sentence } = summary;
  const signer = contentCredentials.signer?.name;
  return {
    ...head,
    summary: {
      ...{ origin, kind: asset.kind },
      ...compact({ headline, facts, said, sentence, backing, signer }),
    },
  };
}
