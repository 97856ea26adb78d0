import { isDeepStrictEqual } from 'node:util';
import { asRecord } from '../../base/json-shape.js';
import { CARRIERS } from '../../core/media/carrier.js';
import { MEDIA_KINDS } from '../../core/media/media-kinds.js';
import { unreadMessages } from '../../core/summary/sentence/unread.js';
import { type Message, message } from '../../i18n/message.js';
import { expandSentences, type ShortMessage, shortenSentences } from './short-messages.js';

/**
 * Shortened sentences of a record's summary. Most files have the same few sentences, whose parameters are in the record
 * itself: the file's kind and the unread carriers.
 */

/** Values of the record that sentences refer to. */
export interface SentenceContext {
  kind: unknown;
  unread: readonly unknown[];
}

/** The names occur in existing lines, so their meaning must never change. */
const COMMON_SENTENCES = {
  'nothing-found': ['sentence.nothing.lookedFor', 'sentence.nothing.most', 'sentence.nothing.says'],
  'partly-read': ['sentence.nothingElse.whereRead', 'sentence.unreadParts'],
} as const;

const COMMON_WITHOUT_PARAMS = Object.entries(COMMON_SENTENCES).map(([name, ids]) => ({
  name,
  sentences: ids.map((id) => ({ id })),
}));

/** Prefix omitted from ids. */
const ID_PREFIX = 'sentence';

export function shortenSummary(
  sentences: readonly Message[],
  beside: SentenceContext,
): string | ShortMessage[] {
  const bare = sentences.map((one) =>
    isDeepStrictEqual(one, fillSentence(one.id, beside)) ? { id: one.id } : one,
  );
  const usual = COMMON_WITHOUT_PARAMS.find((one) => isDeepStrictEqual(bare, one.sentences));
  return usual?.name ?? shortenSentences(bare as Message[], ID_PREFIX);
}

/**
 * Expands sentences, including those of legacy lines. Invalid values are returned unchanged, for the schema of the
 * record to reject.
 */
export function expandSummary(short: unknown, beside: SentenceContext): unknown {
  if (typeof short === 'string' && Object.hasOwn(COMMON_SENTENCES, short))
    return COMMON_SENTENCES[short as keyof typeof COMMON_SENTENCES].map(
      (id) => fillSentence(id, beside) ?? { id },
    );
  if (!Array.isArray(short)) return short;
  return expandSentences(short, ID_PREFIX).map((one) => {
    const { id, params } = asRecord(one) ?? {};
    return (params === undefined && typeof id === 'string' ? fillSentence(id, beside) : undefined) ?? one;
  });
}

/** Returns the sentence with its parameters taken from the record; `undefined` if it has none of these. */
function fillSentence(id: string, { kind, unread }: SentenceContext): Message | undefined {
  if (id === 'sentence.nothing.says')
    return message(id, { kind: MEDIA_KINDS.find((one) => one === kind) ?? 'other' });
  if (id !== 'sentence.unreadParts') return undefined;
  return unreadMessages(CARRIERS.filter((carrier) => unread.includes(carrier)))[0];
}
