import type { Said } from '../say/said.js';
import type { Carrier } from './evidence.js';
import { codedSaid } from './fault.js';
import type { Coverage } from './report.js';
import type { Statement } from './sentence.js';
import type { SentenceWords } from './words/sentence.js';

/** What the summary says of what was not read, and why: nothing at all, out of time, past a cut, or unreadable. */

type Facts = Pick<Statement, 'coverage' | 'late' | 'cutOff'>;

export function nothingRead({ late }: Facts, reason: Said, words: SentenceWords): string {
  return late === undefined ? words.unreadFile(reason) : words.notFinished;
}

/** Comes first: whoever has a piece of a file needs the whole before anything else. */
export function cutOffPart({ cutOff }: Facts, words: SentenceWords): string[] {
  return cutOff === undefined ? [] : [cutOff.most ? words.cutOff.most : words.cutOff.end];
}

/** The rest is counted: the page lists them all. */
const MOST_UNREAD_NAMED = 4;

/** What the cut took along is told by then. */
export function unreadPart({ coverage, late = [], cutOff }: Facts, words: SentenceWords): string[] {
  const further = coverage.unread.filter(isFurther).flatMap((one) => codedSaid(one) ?? []);
  const rest = coverage.unread
    .filter((one) => !isFurther(one))
    .map(({ carrier }) => carrier)
    .filter((carrier) => !cutOff?.carriers.includes(carrier));
  const said = (carriers: readonly Carrier[], say: SentenceWords['unreadParts']): string[] => {
    if (carriers.length === 0) return [];
    const named = carriers.slice(0, carriers.length > MOST_UNREAD_NAMED ? MOST_UNREAD_NAMED - 1 : undefined);
    return [say(named, carriers.length - named.length)];
  };
  return [
    ...further.map((reason) => words.furtherAssets(reason)),
    ...said(
      rest.filter((carrier) => !late.includes(carrier)),
      words.unreadParts,
    ),
    ...said(
      rest.filter((carrier) => late.includes(carrier)),
      words.lateParts,
    ),
  ];
}

/** A second file inside this one: it is named as what it is. */
export const isFurther = ({ carrier, code }: Coverage['unread'][number]): boolean =>
  carrier === 'parts' && code === 'parts.notLookedInto';
