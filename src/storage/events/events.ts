import type { Message } from '../../i18n/message.js';

/** Events of an inspection, a batch or a rejudgement, written in the transaction that causes them. */
export const EVENT_TYPES = [
  'inspection.done',
  'inspection.failed',
  'inspection.superseded',
  'batch.done',
  'law.rejudged',
  'match.found',
  'log.head',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export interface NewEvent {
  tenant: string;
  type: EventType;
  at: string;
  /** Id of the inspection, batch or rejudgement. */
  subject: string;
  /**
   * Thin payload: ids, words from closed lists and the newsroom's own, and a headline as message ids and params, which
   * may name a tool or signer as the file does. Contains no file names.
   */
  data: Readonly<Record<string, string | number | boolean | readonly string[] | Message>>;
}

export interface Event extends NewEvent {
  /** Ascending in the order of writing; may have gaps. */
  number: number;
  id: string;
}
