import { type Said, said } from '../say/said.js';
import type { RejudgementCounts } from './rejudgements.js';

type Told = Pick<RejudgementCounts, 'judged' | 'newFindings'>;

/** What a re-judgement came to, in one sentence. */
export const rejudgedSaid = ({ judged, newFindings }: Told): Said =>
  judged === 0 ? said('rejudged.nothing') : said('rejudged.found', { found: newFindings, reports: judged });

/** What has to be known beside it, so that no Report is left out in silence. */
export function rejudgedNotes(counts: RejudgementCounts): Said[] {
  const { endedFindings, onTheirDay, superseded, notJudged } = counts;
  const { damaged = 0, 'unknown-rulebook': unknown = 0, shortened = 0 } = notJudged;
  return [
    ...(endedFindings > 0 ? [said('rejudged.ended', { count: endedFindings })] : []),
    ...(onTheirDay > 0 ? [said('rejudged.theirDay', { count: onTheirDay })] : []),
    ...(damaged > 0 ? [said('rejudged.damaged', { count: damaged })] : []),
    ...(unknown > 0 ? [said('rejudged.unknownRulebook', { count: unknown })] : []),
    ...(shortened > 0 ? [said('rejudged.shortened', { count: shortened })] : []),
    ...(superseded > 0 ? [said('rejudged.superseded', { count: superseded })] : []),
  ];
}

export const notJudgedIn = ({ notJudged }: Pick<RejudgementCounts, 'notJudged'>): number =>
  Object.values(notJudged).reduce((sum, one) => sum + one, 0);
