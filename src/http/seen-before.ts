import { setTimeout as delay } from 'node:timers/promises';
import type { InspectionRecord } from '../store/inspections.js';
import type { Beside } from './beside-report.js';
import { figuresByAddress } from './figures.js';
import type { SeenBefore } from './form/seen-section.js';
import { httpLimits } from './limits.js';
import type { NearCount } from './matching.js';
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

/** Of files of a batch: how many kept ones look or sound alike, by id, as far as that could be found out. */
export interface SeenCounts {
  counts: ReadonlyMap<string, NearCount>;
  /** Files for which there was no time, or no search. */
  left: number;
}

/** A page waits for all of them together no longer than for those of one report. */
export async function seenCounts(
  records: readonly Pick<InspectionRecord, 'tenant' | 'id'>[],
  { matching, log }: Pick<Services, 'matching'> & { log: { error(of: object, text: string): void } },
): Promise<SeenCounts> {
  const counts = new Map<string, NearCount>();
  if (!matching.on) return { counts, left: 0 };
  const until = performance.now() + httpLimits.pageSearchMillis;
  for (const [at, record] of records.entries()) {
    const over = new AbortController();
    const late = delay(Math.max(0, until - performance.now()), 'late' as const, { signal: over.signal });
    late.catch(() => undefined);
    const counted = await Promise.race([matching.countOf(record), late]).catch((err: unknown) => {
      if (!(err instanceof Problem)) log.error({ err }, 'files that look alike could not be counted');
      return 'late' as const;
    });
    over.abort();
    if (counted === 'late') return { counts, left: records.length - at };
    if (counted !== undefined) counts.set(record.id, counted);
  }
  return { counts, left: 0 };
}
