import Type, { type Static } from 'typebox';
import { compact } from '../../../base/json-shape.js';
import { MEDIA_KINDS } from '../../../core/media/media-kinds.js';
import { ORIGINS } from '../../../core/report/report.js';
import { SIGNAL_IDS } from '../../../core/report/signal.js';
import { message } from '../../../i18n/message.js';
import type { InspectionFilter } from '../../../storage/inspections/inspections.js';
import { badField } from '../problems/problem.js';

const MAX_WORD_CHARACTERS = 200;
const word = Type.Optional(Type.String({ maxLength: MAX_WORD_CHARACTERS }));

/**
 * Search form above the list, as a browser sends it: every field, also empty ones, and days in the person's sense.
 * Programs use list-query.ts.
 */
export const HistoryQuerySchema = Type.Object({
  q: word,
  origin: word,
  kind: word,
  signer: word,
  signal: word,
  sha256: word,
  caseRef: word,
  from: word,
  to: word,
  cursor: Type.Optional(Type.String({ maxLength: 512 })),
});

/** Filters of the address, as they were typed. */
export type HistoryQuery = Omit<Static<typeof HistoryQuerySchema>, 'cursor'>;

/** Converts the fields to a filter; an empty field filters nothing. */
export function toHistoryFilter(ask: HistoryQuery): InspectionFilter {
  const origin = oneOf('origin', ask.origin, ORIGINS);
  const kind = oneOf('kind', ask.kind, MEDIA_KINDS);
  const signal = oneOf('signal', ask.signal, SIGNAL_IDS);
  const from = day('from', ask.from);
  const to = day('to', ask.to);
  const sha256 = nonEmpty(ask.sha256)?.toLowerCase();
  const signer = nonEmpty(ask.signer);
  const caseRef = nonEmpty(ask.caseRef);
  const words = nonEmpty(ask.q);
  return {
    ...compact({ words, origin, kind, signal, signer, sha256, caseRef }),
    ...(from === undefined ? {} : { from: from.toISOString() }),
    // The end day is included.
    ...(to === undefined ? {} : { to: new Date(to.getTime() + DAY_MILLIS).toISOString() }),
  };
}

const DAY_MILLIS = 86_400_000;

const nonEmpty = (value: string | undefined): string | undefined => {
  const text = value?.trim();
  return text === '' ? undefined : text;
};

function oneOf<const T extends string>(
  field: string,
  value: string | undefined,
  choices: readonly T[],
): T | undefined {
  const text = nonEmpty(value);
  if (text === undefined) return undefined;
  const choice = choices.find((one) => one === text);
  if (choice === undefined) throw badField(field, message('problem.field.nothing'));
  return choice;
}

function day(field: string, value: string | undefined): Date | undefined {
  const text = nonEmpty(value);
  if (text === undefined) return undefined;
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00.000Z` : Number.NaN);
  if (Number.isNaN(date.getTime())) throw badField(field, message('problem.field.dayAs'));
  return date;
}

/** Returns the address of the page that begins at the cursor, with the same filters. */
export function buildPageAddress(ask: HistoryQuery, cursor: string): string {
  const query = new URLSearchParams({ cursor });
  for (const name of Object.keys(HistoryQuerySchema.properties) as (keyof HistoryQuery)[]) {
    const value = ask[name];
    if (value !== undefined && value !== '') query.set(name, value);
  }
  return `/inspections?${query}`;
}
