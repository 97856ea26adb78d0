import type { Report } from '../core/report/report.js';
import type { KyselyInspections } from '../store/kysely-inspections.js';
import { partKind } from '../worker/parts.js';
import { Problem } from './problem.js';
import { reportOf } from './send-inspection.js';
import type { Shown } from './shown.js';

/** The Report on a part alone, as it is kept. */
export interface KeptPart {
  number: number;
  report: Report;
  /** JSON. */
  text: string;
  /** All that have one. */
  parts: readonly number[];
}

const NUMBER = /^[1-9]\d{0,4}$/;

/** Rejects where there is no such part, or none of it was kept. */
export async function keptPart(
  inspections: Pick<KyselyInspections, 'partNumbers'>,
  shown: Shown,
  written: string,
): Promise<KeptPart> {
  const number = Number(written);
  const { tenant, id } = shown.record;
  const kept = NUMBER.test(written) ? await shown.derivative(partKind(number)) : undefined;
  if (kept === undefined) throw new Problem('part-not-found');
  const text = kept.content.toString('utf8');
  return {
    number,
    report: reportOf({ report: text }),
    text,
    parts: await inspections.partNumbers(tenant, id),
  };
}
