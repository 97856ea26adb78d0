import { type Message, message } from '../../i18n/message.js';
import type { RejudgementCounts } from './rejudgements.js';

type CountsForMessage = Pick<RejudgementCounts, 'judged' | 'newFindings'>;

/** Returns the result of a rejudgement as one message. */
export const rejudgedMessage = ({ judged, newFindings }: CountsForMessage): Message =>
  judged === 0
    ? message('rejudged.nothing')
    : message('rejudged.found', { found: newFindings, reports: judged });

/** Returns additional messages, so that no omitted Report goes unmentioned. */
export function rejudgedNoteMessages(counts: RejudgementCounts): Message[] {
  const { endedFindings, onTheirDay, superseded, notJudged } = counts;
  const { damaged = 0, 'unknown-rulebook': unknown = 0, shortened = 0 } = notJudged;
  return [
    ...(endedFindings > 0 ? [message('rejudged.ended', { count: endedFindings })] : []),
    ...(onTheirDay > 0 ? [message('rejudged.theirDay', { count: onTheirDay })] : []),
    ...(damaged > 0 ? [message('rejudged.damaged', { count: damaged })] : []),
    ...(unknown > 0 ? [message('rejudged.unknownRulebook', { count: unknown })] : []),
    ...(shortened > 0 ? [message('rejudged.shortened', { count: shortened })] : []),
    ...(superseded > 0 ? [message('rejudged.superseded', { count: superseded })] : []),
  ];
}

export const countNotJudged = ({ notJudged }: Pick<RejudgementCounts, 'notJudged'>): number =>
  Object.values(notJudged).reduce((sum, one) => sum + one, 0);
