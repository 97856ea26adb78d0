import { Compile } from 'typebox/compile';
import { type Report, ReportSchema } from '../core/report.js';
import type { InspectRequest } from './inspector.js';

/** Compiled once, for every Report passes here: interpreting the schema takes ten times as long as this. */
const schema = Compile(ReportSchema);

/** What a reading process sends is a Report when its shape says so and it speaks of what was asked. */
export function isReportOf(value: unknown, request: InspectRequest, bytes: number): value is Report {
  return schema.Check(value) && value.asset.bytes === bytes && value.tool.asOf === request.asOf;
}
