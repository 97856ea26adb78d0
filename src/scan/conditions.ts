import { OUTCOMES, type Outcome } from '../core/report/finding-schema.js';
import { SIGNAL_IDS, type SignalId } from '../core/report/signal.js';
import { outcomesIn } from './outcomes-in.js';
import type { SlimRecord } from './record.js';
import { isUnread } from './tally.js';

/** Facts of a record that a scan can be made to fail on, besides signals and outcomes by their own names. */
export const RECORD_CONDITIONS = {
  altered: ({ contentCredentials }) => contentCredentials.integrity === 'altered',
  undetermined: ({ contentCredentials }) => contentCredentials.integrity === 'undetermined',
  ai: ({ summary }) => summary.origin === 'ai-generated' || summary.origin === 'ai-edited',
  'ai-part': ({ inside }) => (inside?.ai ?? 0) > 0,
  none: ({ summary }) => summary.origin === 'none',
  unknown: ({ summary }) => summary.origin === 'unknown',
  contradiction: ({ contradictions }) => contradictions.length > 0,
  unreadable: (record) => record.contentCredentials.presence === 'unreadable' || isUnread(record),
} as const satisfies Record<string, (record: SlimRecord) => boolean>;

/** `rulebook:outcome` speaks of one rulebook, an outcome alone of any. */
export function conditionOf(word: string): ((record: SlimRecord) => boolean) | undefined {
  if (Object.hasOwn(RECORD_CONDITIONS, word))
    return RECORD_CONDITIONS[word as keyof typeof RECORD_CONDITIONS];
  if (isSignal(word)) return ({ signals }) => signals.some(({ id }) => id === word);
  const [outcome, rulebook] = word.split(':').reverse();
  if (!isOutcome(outcome)) return undefined;
  return (record) =>
    [...outcomesIn(record)].some(
      (one) => one.outcome === outcome && (rulebook === undefined || one.rulebook === rulebook),
    );
}

/** Whether a condition asks what rules came out at. */
export const asksRules = (word: string): boolean => isOutcome(word.split(':').at(-1));

/** The rulebook that a condition speaks of; undefined where it names none. */
export const rulebookIn = (word: string): string | undefined =>
  asksRules(word) ? word.split(':').reverse()[1] : undefined;

const isSignal = (word: string): word is SignalId => (SIGNAL_IDS as readonly string[]).includes(word);
const isOutcome = (word: string | undefined): word is Outcome => OUTCOMES.some((outcome) => outcome === word);
