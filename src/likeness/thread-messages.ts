import type { Asked, AskedOptions } from './asked.js';
import type { HeldCounts, HeldRow } from './held.js';
import type { SearchAnswer } from './seen-types.js';

/** What a thread is started with. */
export interface ThreadData {
  mostBytes: number;
}

/** A row whose shelf is so many bytes of those that go with the message, one after another. */
export type SentRow = Omit<HeldRow, 'shelf'> & { length: number };

export type ToThread =
  | { is: 'put'; number: number; rows: SentRow[]; bytes: Uint8Array }
  | { is: 'search'; number: number; tenant: string; asked: Asked[]; options: AskedOptions }
  /** Nobody waits for this search any more. */
  | { is: 'stop'; number: number };

/** Each message but `stop` has one answer, of the same number. */
export type FromThread =
  | { is: 'put'; number: number; counts: HeldCounts }
  | { is: 'found'; number: number; answer: SearchAnswer };
