import { Compile } from 'typebox/compile';
import { jsonIn } from '../core/ground/json-shape.js';
import { REFERRED_TO } from '../core/ground/told.js';
import { type ErrorRecord, ErrorRecordSchema } from '../core/report/report.js';
import { columnsOf } from './columns.js';
import { type Header, HeaderSchema, type ScanSummary, SummarySchema } from './header.js';
import { type FullRecord, FullRecordSchema, type SlimRecord, SlimRecordSchema } from './record.js';
import { recordOfBefore } from './record-of-before.js';
import { withValues } from './written.js';

export type ParsedLine =
  | { is: 'header'; header: Header }
  | { is: 'slim'; record: SlimRecord }
  | { is: 'full'; record: FullRecord }
  | { is: 'error'; record: ErrorRecord }
  | { is: 'summary'; summary: ScanSummary };

/** Compiled when the first line is read: it takes a while, and help, or a scan that begins anew, reads none. */
const compiled = () => ({
  header: Compile(REFERRED_TO, HeaderSchema),
  slim: Compile(REFERRED_TO, SlimRecordSchema),
  full: Compile(REFERRED_TO, FullRecordSchema),
  error: Compile(REFERRED_TO, ErrorRecordSchema),
  summary: Compile(REFERRED_TO, SummarySchema),
});
let checks: ReturnType<typeof compiled> | undefined;

/** One line of a scan's results; undefined for anything else. Checked, for anyone may have written to the file. */
export function parseLine(text: string): ParsedLine | undefined {
  checks ??= compiled();
  const { header, slim, full, error, summary } = checks;
  const value = recordOfBefore(jsonIn(text));
  if (slim.Check(value)) return { is: 'slim', record: withColumns(withValues(value as SlimRecord)) };
  if (full.Check(value)) return { is: 'full', record: value as FullRecord };
  if (error.Check(value)) return { is: 'error', record: value };
  if (header.Check(value)) return { is: 'header', header: value };
  return summary.Check(value) ? { is: 'summary', summary: value } : undefined;
}

/** A record of before had none. */
const withColumns = (record: SlimRecord): SlimRecord =>
  record.folder === undefined ? { ...record, ...columnsOf(record.path, record) } : record;
