import { reportOfBefore, toldOfBefore } from '../core/analysis/report-of-before.js';
import { asRecord, type JsonRecord } from '../core/ground/json-shape.js';
import { coverageIn } from './slim.js';

/**
 * A line of results as it is written today: one that was written before records told how far a file was looked into gets
 * that, and its origin, from its own `reads`. What is none comes back as it is, for `parseLine` to refuse.
 */
export function recordOfBefore(value: unknown): unknown {
  const record = asRecord(value);
  if (record === undefined || record['schema'] !== 'assay.scan-record/1') return value;
  return 'report' in record ? { ...record, report: reportOfBefore(record['report']) } : slimOfBefore(record);
}

function slimOfBefore(record: JsonRecord): JsonRecord {
  const told = toldOfBefore(record);
  if (told === undefined) return record;
  const { origin, coverage } = told;
  return { ...record, summary: { ...asRecord(record['summary']), origin, coverage: coverageIn(coverage) } };
}
