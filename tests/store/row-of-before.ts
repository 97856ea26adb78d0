import { rowOf } from '../../src/store/inspection-rows.js';

/** A row of an inspection as 0.1 wrote it: without the columns that came later. */
export function rowOfBefore(record: Parameters<typeof rowOf>[0]) {
  const { interrupted: _, faults: __, upload_kept_until: ___, headline: ____, ...row } = rowOf(record);
  return row;
}
