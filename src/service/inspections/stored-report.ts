import { Compile } from 'typebox/compile';
import { REFERENCED_SCHEMAS, toStoredSchema } from '../../base/message-schema.js';
import { ReportSchema, type StoredReport } from '../../core/report/report.js';
import { StoreError } from '../../storage/engine/store-error.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';

/** Compiled on first use, so that a worker that reads no Report need not wait for it. */
let validator: ReturnType<typeof compileValidator> | undefined;
const compileValidator = () => Compile(REFERENCED_SCHEMAS, toStoredSchema(ReportSchema));

/**
 * Parses a stored Report; `undefined` if it does not match the schema. Validated because others may write to the disk
 * too.
 */
export function parseStoredReport(text: string): StoredReport | undefined {
  validator ??= compileValidator();
  try {
    const value = JSON.parse(text);
    const isReport: boolean = validator.Check(value);
    return isReport ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the Report of a record. Throws `StoreError` (`store.corrupt`) if it does not match the schema. */
export function requireStoredReport({ report }: Pick<InspectionRecord, 'report'>): StoredReport {
  const stored = parseStoredReport(report ?? '');
  if (stored === undefined) throw new StoreError('store.corrupt');
  return stored;
}
