import { OUTCOMES, type Outcome } from '../../core/report/finding-schema.js';
import { SIGNAL_IDS, type SignalId } from '../../core/report/signal.js';
import { outcomeCounts } from '../records/outcomes.js';
import type { ScanRecord } from '../records/record.js';
import { hasReadFailure } from '../records/tally.js';

/** Conditions of `--fail-on` for records, in addition to signals and outcomes by their own names. */
export const RECORD_CONDITIONS = {
  altered: ({ contentCredentials }) => contentCredentials.integrity === 'altered',
  undetermined: ({ contentCredentials }) => contentCredentials.integrity === 'undetermined',
  ai: ({ summary }) => summary.origin === 'ai-generated' || summary.origin === 'ai-edited',
  'ai-part': ({ inside }) => (inside?.ai ?? 0) > 0,
  none: ({ summary }) => summary.origin === 'none',
  unknown: ({ summary }) => summary.origin === 'unknown',
  contradiction: ({ contradictions }) => contradictions.length > 0,
  unreadable: (record) => record.contentCredentials.presence === 'unreadable' || hasReadFailure(record),
} as const satisfies Record<string, (record: ScanRecord) => boolean>;

/**
 * Returns the test of a condition; `undefined` if it is unknown. `rulebook:outcome` applies to one rulebook, an outcome
 * alone to any.
 */
export function parseCondition(word: string): ((record: ScanRecord) => boolean) | undefined {
  if (Object.hasOwn(RECORD_CONDITIONS, word))
    return RECORD_CONDITIONS[word as keyof typeof RECORD_CONDITIONS];
  if (isSignal(word)) return ({ signals }) => signals.some(({ id }) => id === word);
  const [outcome, rulebook] = word.split(':').reverse();
  if (!isOutcome(outcome)) return undefined;
  return (record) =>
    [...outcomeCounts(record)].some(
      (one) => one.outcome === outcome && (rulebook === undefined || one.rulebook === rulebook),
    );
}

/** Returns whether a condition depends on outcomes of rules. */
export const needsRules = (word: string): boolean => isOutcome(word.split(':').at(-1));

/** Returns the rulebook named by a condition; `undefined` if it names none. */
export const rulebookIn = (word: string): string | undefined =>
  needsRules(word) ? word.split(':').reverse()[1] : undefined;

const isSignal = (word: string): word is SignalId => (SIGNAL_IDS as readonly string[]).includes(word);
const isOutcome = (word: string | undefined): word is Outcome => OUTCOMES.some((outcome) => outcome === word);
