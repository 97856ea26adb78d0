import { formatJsonLine } from '../../base/json-line.js';
import type { ErrorRecord } from '../../core/report/report.js';
import type { FullRecord, SummaryRecord } from '../records/record.js';

/** Record of an answer, as far as it is written. */
type WritableAnswer = { slim: SummaryRecord; full?: FullRecord | undefined } | { error: ErrorRecord };

const lines = new WeakMap<WritableAnswer, string>();

/** Returns the line of an answer including its line end. The line is cached, because it is stored, compared and written. */
export function recordLine(answer: WritableAnswer): string {
  const known = lines.get(answer);
  if (known !== undefined) return known;
  const line = formatJsonLine('error' in answer ? answer.error : (answer.full ?? answer.slim));
  lines.set(answer, line);
  return line;
}
