import { Compile } from 'typebox/compile';
import { parseJson } from '../../base/json-shape.js';
import { REFERENCED_SCHEMAS } from '../../base/message-schema.js';
import { type ErrorRecord, ErrorRecordSchema } from '../../core/report/report.js';
import { type Header, HeaderSchema, type ScanSummary, SummarySchema } from '../records/header.js';
import { type ScanRecord, ScanRecordSchema } from '../records/record.js';

export type ParsedLine =
  | { is: 'header'; header: Header }
  | { is: 'record'; record: ScanRecord }
  | { is: 'error'; record: ErrorRecord }
  | { is: 'summary'; summary: ScanSummary };

/** Compiled when the first line is read, because compiling takes time and help or a new scan reads none. */
const compileChecks = () => ({
  header: Compile(REFERENCED_SCHEMAS, HeaderSchema),
  record: Compile(REFERENCED_SCHEMAS, ScanRecordSchema),
  error: Compile(REFERENCED_SCHEMAS, ErrorRecordSchema),
  summary: Compile(REFERENCED_SCHEMAS, SummarySchema),
});
let checks: ReturnType<typeof compileChecks> | undefined;

/**
 * Parses one line of results; `undefined` if it is invalid. Each line is checked, because anyone may have written the
 * file.
 */
export function parseLine(text: string): ParsedLine | undefined {
  checks ??= compileChecks();
  const { header, record, error, summary } = checks;
  const value = parseJson(text);
  if (record.Check(value)) return { is: 'record', record: value as ScanRecord };
  if (error.Check(value)) return { is: 'error', record: value };
  if (header.Check(value)) return { is: 'header', header: value };
  return summary.Check(value) ? { is: 'summary', summary: value } : undefined;
}
