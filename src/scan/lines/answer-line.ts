import { formatJsonLine } from '../../base/json-line.js';
import type { ErrorRecord } from '../../core/report/report.js';
import type { ScanRecord } from '../records/record.js';

const lines = new WeakMap<ScanRecord | ErrorRecord, string>();

/** Returns the line of a record including its line end. The line is cached, because it is stored, compared and written. */
export function recordLine(record: ScanRecord | ErrorRecord): string {
  const known = lines.get(record);
  if (known !== undefined) return known;
  const line = formatJsonLine(record);
  lines.set(record, line);
  return line;
}
