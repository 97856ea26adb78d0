import { summaryColumns } from '../../src/storage/inspections/inspection-facts.js';
import { toRow } from '../../src/storage/inspections/inspection-rows.js';

/** Returns the row of an inspection as 0.1 wrote it, without later columns. */
export function rowOfBefore(record: Parameters<typeof toRow>[0]) {
  const { interrupted: _, faults: __, upload_kept_until: ___, headline: ____, ...then } = toRow(record);
  const { case_at: _____, case_by: ______, ...row } = then;
  return row;
}

/** Returns the summary columns in the old form. */
export function summaryOfBefore(report: Parameters<typeof summaryColumns>[0]) {
  const { headline: _, ...columns } = summaryColumns(report);
  return columns;
}
