import { jsonLine } from '../core/ground/json-line.js';
import type { ErrorRecord } from '../core/report/report.js';
import type { FullRecord, SlimRecord } from './record.js';
import { writtenOf } from './written.js';

/** An answer, of whatever says more of it. */
type Written = { slim: SlimRecord; full?: FullRecord | undefined } | { error: ErrorRecord };

const lines = new WeakMap<Written, string>();

/** What is written of an answer, with the line’s end: made once, for it is kept, compared and written. */
export function lineOf(answer: Written): string {
  const known = lines.get(answer);
  if (known !== undefined) return known;
  const line = jsonLine(writtenOf('error' in answer ? answer.error : (answer.full ?? answer.slim)));
  lines.set(answer, line);
  return line;
}
