import { reportOfBefore, toldOfBefore } from '../core/analysis/report-of-before.js';
import { asRecord, type JsonRecord } from '../core/ground/json-shape.js';
import { coverageIn, judgedIn } from './slim.js';
import { recordIn } from './written.js';

/**
 * A line of results as it is written today: one that was written before records told how far a file was looked into gets
 * that, and its origin, from its own `reads`. What is none comes back as it is, for `parseLine` to refuse.
 */
export function recordOfBefore(value: unknown): unknown {
  const record = asRecord(value);
  if (record === undefined || record['schema'] !== 'assay.scan-record/1') return value;
  return 'report' in record
    ? { ...record, report: reportOfBefore(record['report']) }
    : slimOfBefore(inBrief(recordIn(record)));
}

function slimOfBefore(record: JsonRecord): JsonRecord {
  const told = toldOfBefore(record);
  if (told === undefined) return record;
  const { origin, coverage } = told;
  return { ...record, summary: { ...asRecord(record['summary']), origin, coverage: coverageIn(coverage) } };
}

/** A record of before named all clauses, with the place of each in its law; the header has that now. */
function inBrief(record: JsonRecord): JsonRecord {
  const findings = record['findings'];
  if (!Array.isArray(findings) || 'silent' in record || !findings.every(isFinding)) return record;
  return { ...record, ...judgedIn(findings, (items) => items) };
}

/** Whether its words are ones of ours is looked at where the record is checked. */
function isFinding(value: unknown): value is Parameters<typeof judgedIn>[0][number] {
  const { rulebook, rule, outcome, because } = asRecord(value) ?? {};
  return [rulebook, rule, outcome].every((one) => typeof one === 'string') && Array.isArray(because);
}
