import type { StoredReport } from '../../core/report/report.js';
import { parseStoredReport } from '../../service/inspections/stored-report.js';
import { StoreError } from '../../storage/engine/store-error.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';

/** Rejects what is none of ours any more. */
export function requireStoredReport({ report }: Pick<InspectionRecord, 'report'>): StoredReport {
  const stored = parseStoredReport(report ?? '');
  if (stored === undefined) throw new StoreError('store.corrupt');
  return stored;
}
