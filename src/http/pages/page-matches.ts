import { setTimeout as delay } from 'node:timers/promises';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import { httpLimits } from '../contract/limits.js';
import { Problem } from '../contract/problems/problem.js';
import type { SimilarCount } from '../services/matches/matching.js';
import { linkedFigures } from '../services/page-figures.js';
import type { Services } from '../services/services.js';
import type { PageAttachments } from './report-attachments.js';
import type { PageMatches } from './sections/matches-section.js';

/**
 * Finds files that look or sound alike, for the page of a report. The page never waits long for them and never fails
 * because of them; the Report does not contain them.
 */
export async function findPageMatches(
  record: InspectionRecord,
  { album }: Pick<PageAttachments, 'album'>,
  { matching, log }: Pick<Services, 'matching'> & { log: { error(of: object, text: string): void } },
): Promise<PageMatches> {
  const over = new AbortController();
  const slow = delay(httpLimits.pageSearchMillis, { state: 'slow' } as const, { signal: over.signal });
  slow.catch(() => undefined);
  const sought = matching.searchByInspection(record).catch((err: unknown) => {
    if (!(err instanceof Problem)) log.error({ err }, 'files that look alike could not be looked for');
    return { state: 'failed' } as const;
  });
  try {
    return {
      search: await Promise.race([sought, slow]),
      preview: linkedFigures(`/v1/inspections/${record.id}`, album)?.preview,
      isInCase: record.caseRef !== undefined,
    };
  } finally {
    over.abort();
  }
}

/** Number of similar stored files for each file of a batch, by id, as far as it is known. */
export interface SimilarCounts {
  counts: ReadonlyMap<string, SimilarCount>;
  /** Number of files whose search failed or did not finish in time. */
  unknown: number;
}

/** All searches of the page together may take as long as those of one report. */
export async function countSimilarFiles(
  records: readonly Pick<InspectionRecord, 'tenant' | 'id'>[],
  { matching, log }: Pick<Services, 'matching'> & { log: { error(of: object, text: string): void } },
): Promise<SimilarCounts> {
  const counts = new Map<string, SimilarCount>();
  if (!matching.isEnabled) return { counts, unknown: 0 };
  const until = performance.now() + httpLimits.pageSearchMillis;
  for (const [at, record] of records.entries()) {
    const over = new AbortController();
    const late = delay(Math.max(0, until - performance.now()), 'late' as const, { signal: over.signal });
    late.catch(() => undefined);
    const counted = await Promise.race([matching.countSimilar(record), late]).catch((err: unknown) => {
      if (!(err instanceof Problem)) log.error({ err }, 'files that look alike could not be counted');
      return 'late' as const;
    });
    over.abort();
    if (counted === 'late') return { counts, unknown: records.length - at };
    if (counted !== undefined) counts.set(record.id, counted);
  }
  return { counts, unknown: 0 };
}
