import { type Said, said } from '../../say/said.js';
import type { Carrier } from '../media/carrier.js';
import type { Coverage } from '../report/report.js';
import type { Facts as All } from './sentence-facts.js';
import { carrierSaid } from './terms.js';

/** What the summary says of what was not read, and why: nothing at all, out of time, past a cut, or unreadable. */

type Facts = Pick<All, 'coverage' | 'late' | 'cutOff' | 'credentials'>;

/** The fault’s own words may be long and are the readers’: its kind is enough to know what to do. */
export function nothingRead({ late }: Pick<Facts, 'late'>, { id }: Said): Said[] {
  if (late !== undefined) return [said('sentence.notFinished'), said('sentence.tryAgain')];
  const how = id.startsWith('fault.reader.memory')
    ? 'memory'
    : id === 'fault.reader.crashed' || id === 'fault.reader.error'
      ? 'crashed'
      : 'other';
  return [said('sentence.unreadFile', { how }), said('sentence.notReadSays')];
}

/** Whoever has a piece of a file needs the whole before anything else. */
export function cutOffDoubt({ cutOff }: Pick<Facts, 'cutOff'>): Said[] {
  return cutOff === undefined ? [] : [said(cutOff.most ? 'sentence.cutOff.copy' : 'sentence.cutOff.end')];
}

/** The rest is counted: the page lists them all. */
const MOST_UNREAD_NAMED = 3;

/** What the cut took along is told by then. Files within this one are named as what they are. */
export function unreadDoubts({ coverage, late = [], cutOff, credentials }: Facts): Said[] {
  if (coverage.unread.length === 0) return [];
  const rest = coverage.unread
    .filter((one) => !isFurther(one))
    .map(({ carrier }) => carrier)
    .filter((carrier) => !cutOff?.carriers.includes(carrier))
    // What they state is told to be unread by then.
    .filter((carrier) => carrier !== 'c2pa' || !credentials.bytesFaultMissing?.includes('statements'));
  return [
    ...unreadSaid(
      rest.filter((carrier) => late.includes(carrier)),
      'sentence.lateParts',
    ),
    ...unreadSaid(
      rest.filter((carrier) => !late.includes(carrier)),
      'sentence.unreadParts',
    ),
    ...coverage.unread.filter(isFurther).map(furtherSaid),
  ];
}

/** The first of these carriers by name, and how many more there are. */
export function unreadSaid(
  carriers: readonly Carrier[],
  id: 'sentence.unreadParts' | 'sentence.lateParts' = 'sentence.unreadParts',
): Said[] {
  if (carriers.length === 0) return [];
  const isMany = carriers.length > MOST_UNREAD_NAMED + 1;
  const named = carriers.slice(0, isMany ? MOST_UNREAD_NAMED : undefined);
  return [said(id, { carriers: named.map(carrierSaid), more: carriers.length - named.length })];
}

/** Of several kinds their number alone: a file can hold many. */
function furtherSaid({ params = {} }: Coverage['unread'][number]): Said {
  const { parts, count } = params;
  const where = params['where'] === 'behind' ? 'behind' : 'other';
  const how = params['how'] === 'partly' ? 'partly' : 'other';
  const isFew = typeof parts === 'object' && 'id' in parts && parts.id !== 'list.and';
  return isFew
    ? said('sentence.furtherParts', { parts, where, how })
    : said('sentence.furtherCount', { count: typeof count === 'number' ? count : 1, where, how });
}

/** A second file inside this one: it is named as what it is. */
export const isFurther = ({ carrier, code }: Coverage['unread'][number]): boolean =>
  carrier === 'parts' && code === 'parts.notLookedInto';

/** Some of a segment is read, and what is said of its stream stands in another file. */
export const isSegmentAlone = ({ unread }: Coverage): boolean =>
  unread.some(({ code }) => code === 'segment.needsInit');
