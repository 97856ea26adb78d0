import { setTimeout as delay } from 'node:timers/promises';
import type { InspectionRecord } from '../store/inspections.js';
import type { Beside } from './beside-report.js';
import { figuresByAddress } from './figures.js';
import type { SeenBefore } from './form/seen-section.js';
import { httpLimits } from './limits.js';
import { Problem } from './problem.js';
import type { Services } from './services.js';

/**
 * Files that look or sound alike, for the page of a report. A page never waits long for them, and never fails for them; its
 * Report knows nothing of them.
 */
export async function seenBefore(
  record: InspectionRecord,
  { album }: Pick<Beside, 'album'>,
  { matching, log }: Pick<Services, 'matching'> & { log: { error(of: object, text: string): void } },
): Promise<SeenBefore> {
  const over = new AbortController();
  const slow = delay(httpLimits.pageSearchMillis, { state: 'slow' } as const, { signal: over.signal });
  slow.catch(() => undefined);
  const sought = matching.ofInspection(record).catch((err: unknown) => {
    if (!(err instanceof Problem)) log.error({ err }, 'files that look alike could not be looked for');
    return { state: 'failed' } as const;
  });
  try {
    return {
      sought: await Promise.race([sought, slow]),
      preview: figuresByAddress(`/v1/inspections/${record.id}`, album)?.preview,
      inCase: record.caseRef !== undefined,
    };
  } finally {
    over.abort();
  }
}
