import type { IndexCounts, IndexedRow } from './index.js';
import type { SearchAnswer } from './matcher.js';
import type { KindQuery, SearchParameters } from './query.js';

/** Data that a thread is started with. */
export interface ThreadData {
  mostBytes: number;
}

/** Row whose fingerprint bytes are the next `length` bytes sent with the message. */
export type SentRow = Omit<IndexedRow, 'shelf'> & { length: number };

export type ToThread =
  | { is: 'put'; number: number; rows: SentRow[]; bytes: Uint8Array }
  | { is: 'search'; number: number; tenant: string; asked: KindQuery[]; options: SearchParameters }
  /** Cancels a search that no caller waits for. */
  | { is: 'stop'; number: number };

/** Answers of a thread: one for each message except `stop`, with the same number. */
export type FromThread =
  | { is: 'put'; number: number; counts: IndexCounts }
  | { is: 'found'; number: number; answer: SearchAnswer };
