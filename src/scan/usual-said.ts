import { isDeepStrictEqual } from 'node:util';
import { asRecord } from '../core/ground/json-shape.js';
import { CARRIERS } from '../core/media/carrier.js';
import { KINDS } from '../core/media/media-kinds.js';
import { unreadSaid } from '../core/summary/sentence-unread.js';
import { type Said, said } from '../say/said.js';
import { type ShortSaid, sentencesIn, shortSentences } from './short-said.js';

/**
 * The sentences of a record's summary as its line has them. Most files are told by the same few, and what goes into these
 * stands in the record beside them: the kind of the file, and the carriers that were not read.
 */

/** What stands beside the sentences. */
export interface Beside {
  kind: unknown;
  unread: readonly unknown[];
}

/** Names stand in lines that were written: what one says never becomes another thing. */
const USUAL = {
  'nothing-found': ['sentence.nothing.lookedFor', 'sentence.nothing.most', 'sentence.nothing.says'],
  'partly-read': ['sentence.nothingElse.whereRead', 'sentence.unreadParts'],
} as const;

const BARE = Object.entries(USUAL).map(([name, ids]) => ({ name, sentences: ids.map((id) => ({ id })) }));

/** How ids begin that are left out. */
const SENTENCE = 'sentence';

export function shortSummarySaid(sentences: readonly Said[], beside: Beside): string | ShortSaid[] {
  const bare = sentences.map((one) =>
    isDeepStrictEqual(one, placed(one.id, beside)) ? { id: one.id } : one,
  );
  const usual = BARE.find((one) => isDeepStrictEqual(bare, one.sentences));
  return usual?.name ?? shortSentences(bare as Said[], SENTENCE);
}

/** The other way, and for lines of before; what is no form that there is comes back for the check of the record to refuse. */
export function summarySaidIn(short: unknown, beside: Beside): unknown {
  if (typeof short === 'string' && Object.hasOwn(USUAL, short))
    return USUAL[short as keyof typeof USUAL].map((id) => placed(id, beside) ?? { id });
  if (!Array.isArray(short)) return short;
  return sentencesIn(short, SENTENCE).map((one) => {
    const { id, params } = asRecord(one) ?? {};
    return (params === undefined && typeof id === 'string' ? placed(id, beside) : undefined) ?? one;
  });
}

/** A sentence that has places for what stands beside it. */
function placed(id: string, { kind, unread }: Beside): Said | undefined {
  if (id === 'sentence.nothing.says') return said(id, { kind: KINDS.find((one) => one === kind) ?? 'other' });
  if (id !== 'sentence.unreadParts') return undefined;
  return unreadSaid(CARRIERS.filter((carrier) => unread.includes(carrier)))[0];
}
