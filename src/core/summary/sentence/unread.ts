import { type Message, message } from '../../../i18n/message.js';
import type { Carrier } from '../../media/carrier.js';
import type { Coverage } from '../../report/report.js';
import { carrierMessage } from '../terms.js';
import type { Facts as All } from './facts.js';

/** Sentences on what was not read, and why: nothing at all, out of time, past a cut, or unreadable. */

type Facts = Pick<All, 'coverage' | 'late' | 'cutOff' | 'credentials'>;

/** The fault’s own text may be long and technical; its kind is enough to know what to do. */
export function nothingReadMessages({ late }: Pick<Facts, 'late'>, { id }: Message): Message[] {
  if (late !== undefined) return [message('sentence.notFinished'), message('sentence.tryAgain')];
  const how = id.startsWith('fault.reader.memory')
    ? 'memory'
    : id === 'fault.reader.crashed' || id === 'fault.reader.error'
      ? 'crashed'
      : 'other';
  return [message('sentence.unreadFile', { how }), message('sentence.notReadSays')];
}

/** Returns the doubt for a truncated file, whose reader needs the complete file first. */
export function cutOffDoubts({ cutOff }: Pick<Facts, 'cutOff'>): Message[] {
  return cutOff === undefined
    ? []
    : [message(cutOff.isMostMissing ? 'sentence.cutOff.copy' : 'sentence.cutOff.end')];
}

/** Number of unread carriers named; the rest are counted, since the page lists them all. */
const MAX_UNREAD_NAMED = 3;

/**
 * Returns the doubts about unread carriers, without those lost to truncation, which are described separately. Embedded
 * files are named as such.
 */
export function unreadDoubts({ coverage, late = [], cutOff, credentials }: Facts): Message[] {
  if (coverage.unread.length === 0) return [];
  const rest = coverage.unread
    .filter((one) => !isFurtherFile(one))
    .map(({ carrier }) => carrier)
    .filter((carrier) => !cutOff?.carriers.includes(carrier))
    // Unread statements are already reported.
    .filter((carrier) => carrier !== 'c2pa' || !credentials.bytesFaultMissing?.includes('statements'));
  return [
    ...unreadMessages(
      rest.filter((carrier) => late.includes(carrier)),
      'sentence.lateParts',
    ),
    ...unreadMessages(
      rest.filter((carrier) => !late.includes(carrier)),
      'sentence.unreadParts',
    ),
    ...coverage.unread.filter(isFurtherFile).map(furtherMessage),
  ];
}

/** Names the first of these carriers and counts the rest. */
export function unreadMessages(
  carriers: readonly Carrier[],
  id: 'sentence.unreadParts' | 'sentence.lateParts' = 'sentence.unreadParts',
): Message[] {
  if (carriers.length === 0) return [];
  const isMany = carriers.length > MAX_UNREAD_NAMED + 1;
  const named = carriers.slice(0, isMany ? MAX_UNREAD_NAMED : undefined);
  return [message(id, { carriers: named.map(carrierMessage), more: carriers.length - named.length })];
}

/** Embedded files of several kinds are only counted, because a file can contain many. */
function furtherMessage({ params = {} }: Coverage['unread'][number]): Message {
  const { parts, count } = params;
  const where = params['where'] === 'behind' ? 'behind' : 'other';
  const how = params['how'] === 'partly' ? 'partly' : 'other';
  const isFew = typeof parts === 'object' && 'id' in parts && parts.id !== 'list.and';
  return isFew
    ? message('sentence.furtherParts', { parts, where, how })
    : message('sentence.furtherCount', { count: typeof count === 'number' ? count : 1, where, how });
}

/** Returns whether the entry stands for a second file inside this one. */
export const isFurtherFile = ({ carrier, code }: Coverage['unread'][number]): boolean =>
  carrier === 'parts' && code === 'parts.notLookedInto';

/** True for a media segment that was partly read and whose stream description is in another file. */
export const isSegmentAlone = ({ unread }: Coverage): boolean =>
  unread.some(({ code }) => code === 'segment.needsInit');
