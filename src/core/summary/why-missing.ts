import { said } from '../../say/said.js';
import { limits } from '../ground/limits.js';
import type { Coverage, Presence, WhyMissing } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import { PATHS } from '../signals/row.js';

/**
 * Why nothing might be there, where nothing was found and the file has passed through hands that usually remove it.
 * Never a verdict: the same traces stand on files that never had a label. Which signal tells of which path its row says;
 * paths change without notice, so each text has its source and date.
 */
export function whyMissing(
  presence: Presence,
  signals: readonly Signal[],
  { state }: Pick<Coverage, 'state'>,
): WhyMissing[] {
  // Where a part was not looked into, something may be there.
  if (state !== 'complete') return [];
  if (presence !== 'absent' && presence !== 'unsupported') return [];
  if (signals.some(({ id }) => rowOf(id).missing === 'there')) return [];
  return PATHS.flatMap((path): WhyMissing[] => {
    const because = new Set(signals.flatMap(({ id }) => (rowOf(id).missing === path ? [id] : [])));
    if (because.size === 0) return [];
    const [says, source] = [said(`whyMissing.${path}.says`), said(`whyMissing.${path}.source`)];
    return [{ because: [...because], said: { says, source } }];
  }).slice(0, limits.whyMissing);
}
