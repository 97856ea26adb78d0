import { limits } from '../../base/limits.js';
import { message } from '../../i18n/message.js';
import type { Coverage, Presence, WhyMissing } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { signalRowOf } from '../signals/index.js';
import { DISTRIBUTION_PATHS } from '../signals/row.js';

/**
 * Returns possible reasons for missing credentials if nothing was found and the file passed through services that
 * usually remove them. Never a verdict: files that never had a label have the same traces. Each signal's row names its
 * path; paths change without notice, so each text has its source and date.
 */
export function explainMissing(
  presence: Presence,
  signals: readonly Signal[],
  { state }: Pick<Coverage, 'state'>,
): WhyMissing[] {
  // A part that was not examined may contain something.
  if (state !== 'complete') return [];
  if (presence !== 'absent' && presence !== 'unsupported') return [];
  if (signals.some(({ id }) => signalRowOf(id).explainsMissing === 'there')) return [];
  return DISTRIBUTION_PATHS.flatMap((path): WhyMissing[] => {
    const because = new Set(
      signals.flatMap(({ id }) => (signalRowOf(id).explainsMissing === path ? [id] : [])),
    );
    if (because.size === 0) return [];
    const [says, source] = [message(`whyMissing.${path}.says`), message(`whyMissing.${path}.source`)];
    return [{ because: [...because], messages: { says, source } }];
  }).slice(0, limits.whyMissing);
}
