import Type, { type Static } from 'typebox';
import { compact } from '../core/ground/json-shape.js';
import { KINDS } from '../core/media/media-kinds.js';
import { ORIGINS } from '../core/report/report.js';
import { SIGNAL_IDS } from '../core/report/signal.js';
import { said } from '../say/said.js';
import type { InspectionFilter } from '../store/inspections.js';
import { badField } from './problem.js';

const LONGEST_WORD = 200;
const word = Type.Optional(Type.String({ maxLength: LONGEST_WORD }));

/**
 * The question above the list, as a form sends it: every field, the empty ones too, and days as a person means them.
 * Programs ask as list-query.ts says.
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

/** What the address asks for, as it was typed. */
export type HistoryAsk = Omit<Static<typeof HistoryQuerySchema>, 'cursor'>;

/** An empty field asks for nothing. */
export function filterOf(ask: HistoryAsk): InspectionFilter {
  const origin = oneOf('origin', ask.origin, ORIGINS);
  const kind = oneOf('kind', ask.kind, KINDS);
  const signal = oneOf('signal', ask.signal, SIGNAL_IDS);
  const from = day('from', ask.from);
  const to = day('to', ask.to);
  const sha256 = given(ask.sha256)?.toLowerCase();
  const signer = given(ask.signer);
  const caseRef = given(ask.caseRef);
  const words = given(ask.q);
  return {
    ...compact({ words, origin, kind, signal, signer, sha256, caseRef }),
    ...(from === undefined ? {} : { from: from.toISOString() }),
    // The day that is named is included.
    ...(to === undefined ? {} : { to: new Date(to.getTime() + DAY_MILLIS).toISOString() }),
  };
}

const DAY_MILLIS = 86_400_000;

const given = (value: string | undefined): string | undefined => {
  const text = value?.trim();
  return text === '' ? undefined : text;
};

function oneOf<const T extends string>(
  field: string,
  value: string | undefined,
  choices: readonly T[],
): T | undefined {
  const text = given(value);
  if (text === undefined) return undefined;
  const choice = choices.find((one) => one === text);
  if (choice === undefined) throw badField(field, said('problem.field.nothing'));
  return choice;
}

function day(field: string, value: string | undefined): Date | undefined {
  const text = given(value);
  if (text === undefined) return undefined;
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00.000Z` : Number.NaN);
  if (Number.isNaN(date.getTime())) throw badField(field, said('problem.field.dayAs'));
  return date;
}

/** Of the page that begins there, about the same question. */
export function addressOf(ask: HistoryAsk, cursor: string): string {
  const query = new URLSearchParams({ cursor });
  for (const name of Object.keys(HistoryQuerySchema.properties) as (keyof HistoryAsk)[]) {
    const value = ask[name];
    if (value !== undefined && value !== '') query.set(name, value);
  }
  return `/inspections?${query}`;
}
