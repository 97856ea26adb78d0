import type { Said } from '../say/said.js';

/** What happened to an inspection, a batch or a re-judgement, written in the transaction that made it so. */
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
  /** Inspection, batch or re-judgement. */
  subject: string;
  /** Thin: ids, words of closed lists and the desk's own, and a headline as ids and params, where a tool or signer may be named as the file has it; no file names. */
  data: Readonly<Record<string, string | number | boolean | readonly string[] | Said>>;
}

export interface Event extends NewEvent {
  /** Ascending in the order of writing; it may have gaps. */
  number: number;
  id: string;
}
