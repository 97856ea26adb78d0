import { type Said, said } from '../../say/said.js';
import { codedSaid } from '../ground/fault.js';
import type { Carrier } from '../media/carrier.js';
import type { Coverage } from '../report/report.js';
import type { Facts as All } from './sentence-facts.js';
import { carrierSaid } from './terms.js';

/** What the summary says of what was not read, and why: nothing at all, out of time, past a cut, or unreadable. */

type Facts = Pick<All, 'coverage' | 'late' | 'cutOff'>;

export const nothingRead = ({ late }: Facts, reason: Said): Said =>
  late === undefined ? said('sentence.unreadFile', { reason }) : said('sentence.notFinished');

/** Comes first: whoever has a piece of a file needs the whole before anything else. */
export function cutOffPart({ cutOff }: Facts): Said[] {
  return cutOff === undefined ? [] : [said(cutOff.most ? 'sentence.cutOff.most' : 'sentence.cutOff.end')];
}

/** The rest is counted: the page lists them all. */
const MOST_UNREAD_NAMED = 4;

/** What the cut took along is told by then. */
export function unreadPart({ coverage, late = [], cutOff }: Facts): Said[] {
  const further = coverage.unread.filter(isFurther).flatMap((one) => codedSaid(one) ?? []);
  const rest = coverage.unread
    .filter((one) => !isFurther(one))
    .map(({ carrier }) => carrier)
    .filter((carrier) => !cutOff?.carriers.includes(carrier));
  const unread = (
    carriers: readonly Carrier[],
    id: 'sentence.unreadParts' | 'sentence.lateParts',
  ): Said[] => {
    if (carriers.length === 0) return [];
    const named = carriers.slice(0, carriers.length > MOST_UNREAD_NAMED ? MOST_UNREAD_NAMED - 1 : undefined);
    return [said(id, { carriers: named.map(carrierSaid), more: carriers.length - named.length })];
  };
  return [
    ...further,
    ...unread(
      rest.filter((carrier) => !late.includes(carrier)),
      'sentence.unreadParts',
    ),
    ...unread(
      rest.filter((carrier) => late.includes(carrier)),
      'sentence.lateParts',
    ),
  ];
}

/** A second file inside this one: it is named as what it is. */
export const isFurther = ({ carrier, code }: Coverage['unread'][number]): boolean =>
  carrier === 'parts' && code === 'parts.notLookedInto';
