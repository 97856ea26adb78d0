import { asRecord, type JsonRecord } from '../../base/json-shape.js';
import { legacyCoverage, upgradeLegacyReport } from '../../core/pipeline/legacy-report.js';
import { expandRecordLine } from './record-line.js';
import { coverageSummary, summarizeFindings } from './summary-record.js';

/**
 * Converts a legacy line of results to the current form. Records without coverage get it, and their origin, from their
 * own `reads`. An invalid line is returned as it is, for `parseLine` to reject.
 */
export function upgradeLegacyRecord(value: unknown): unknown {
  const record = asRecord(value);
  if (record === undefined || record['schema'] !== 'assay.scan-record/1') return value;
  return 'report' in record
    ? { ...record, report: upgradeLegacyReport(record['report']) }
    : upgradeLegacySummary(shortenFindings(expandRecordLine(record)));
}

function upgradeLegacySummary(record: JsonRecord): JsonRecord {
  const told = legacyCoverage(record);
  if (told === undefined) return record;
  const { origin, coverage } = told;
  return {
    ...record,
    summary: { ...asRecord(record['summary']), origin, coverage: coverageSummary(coverage) },
  };
}

/** Legacy records listed every clause with its number in the law, which the header now contains. */
function shortenFindings(record: JsonRecord): JsonRecord {
  const findings = record['findings'];
  if (!Array.isArray(findings) || 'silent' in record || !findings.every(isFinding)) return record;
  return { ...record, ...summarizeFindings(findings, (items) => items) };
}

/** Values are validated later, when the record is checked against its schema. */
function isFinding(value: unknown): value is Parameters<typeof summarizeFindings>[0][number] {
  const { rulebook, rule, outcome, because } = asRecord(value) ?? {};
  return [rulebook, rule, outcome].every((one) => typeof one === 'string') && Array.isArray(because);
}
