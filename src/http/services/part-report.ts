import type { StoredReport } from '../../core/report/report.js';
import { partKind } from '../../service/inspections/parts.js';
import { requireStoredReport } from '../../service/inspections/stored-report.js';
import type { InspectionRepository } from '../../storage/inspections/kysely-inspections.js';
import { Problem } from '../contract/problems/problem.js';
import type { DisclosedInspection } from './disclosure.js';

/** Stored Report on one part alone. */
export interface StoredPart {
  number: number;
  report: StoredReport;
  /** The Report as JSON. */
  text: string;
  /** Numbers of all parts that have a Report. */
  parts: readonly number[];
}

const NUMBER = /^[1-9]\d{0,4}$/;

/** Throws `Problem` if there is no such part, or its Report was not stored. */
export async function loadPart(
  inspections: Pick<InspectionRepository, 'listPartNumbers'>,
  shown: DisclosedInspection,
  written: string,
): Promise<StoredPart> {
  const number = Number(written);
  const { tenant, id } = shown.record;
  const kept = NUMBER.test(written) ? await shown.derivative(partKind(number)) : undefined;
  if (kept === undefined) throw new Problem('part-not-found');
  const text = kept.content.toString('utf8');
  return {
    number,
    report: requireStoredReport({ report: text }),
    text,
    parts: await inspections.listPartNumbers(tenant, id),
  };
}
