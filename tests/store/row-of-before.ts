import { summaryColumns } from '../../src/store/inspection-facts.js';
import { rowOf } from '../../src/store/inspection-rows.js';

/** A row of an inspection as 0.1 wrote it: without the columns that came later. */
export function rowOfBefore(record: Parameters<typeof rowOf>[0]) {
  const { interrupted: _, faults: __, upload_kept_until: ___, headline: ____, ...then } = rowOf(record);
  const { case_at: _____, case_by: ______, ...row } = then;
  return row;
}

/** The same of what a Report sums up. */
export function summaryOfBefore(report: Parameters<typeof summaryColumns>[0]) {
  const { headline: _, ...columns } = summaryColumns(report);
  return columns;
}
