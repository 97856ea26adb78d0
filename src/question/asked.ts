import type { EngineChoice } from '../core/c2pa/engine-names.js';
import type { Role } from '../core/report/rule-terms.js';
import { MEMBERS, type Question } from './members.js';

/** A question with every default in its place: what is done, kept, compared and handed on whole. */
export interface Asked extends Omit<Question, 'jurisdiction' | 'role'> {
  asOf: string;
  /** Left out: it was asked for. */
  asOfBecause?: 'asked' | 'today';
  engine: EngineChoice;
  /** Ids, those of the jurisdictions asked for included; left out: all. */
  rulebooks?: string[];
  roles?: Role[];
}

const ASKED = {
  asOf: true,
  asOfBecause: true,
  rulebooks: true,
  roles: true,
  engine: true,
  deep: true,
  reveal: true,
} as const satisfies Record<keyof Asked, true>;

/** Of whatever holds it among other things, nothing but the question. */
export function askedIn(holder: Asked): Asked {
  const entries = Object.entries(holder).filter(([name, value]) => name in ASKED && value !== undefined);
  return { asOf: holder.asOf, engine: holder.engine, ...Object.fromEntries(entries) };
}

/** `YYYY-MM-DD`, UTC. */
export const utcDay = (): string => new Date().toISOString().slice(0, 10);

/** It says itself whether the day was asked for. */
export type Settled = Asked & Required<Pick<Asked, 'asOfBecause'>>;

/** `rulebooks`: what the rulebooks and jurisdictions asked for come to (`chosenIn`). */
export function settled(question: Question, rulebooks: string[] | undefined, today = utcDay()): Settled {
  const { asOf, rulebooks: _, jurisdiction: __, role, engine = MEMBERS.engine.usual, ...rest } = question;
  return {
    ...rest,
    asOf: asOf ?? today,
    asOfBecause: asOf === undefined ? 'today' : 'asked',
    engine,
    ...(rulebooks === undefined ? {} : { rulebooks }),
    ...(role === undefined ? {} : { roles: role }),
  };
}

type Law = Pick<Question, 'rulebooks' | 'jurisdiction'>;

export const asksLaw = ({ rulebooks, jurisdiction }: Law): boolean =>
  rulebooks !== undefined || jurisdiction !== undefined;

/** Ids of the rulebooks that fit all that was asked; undefined where nothing was, which means all of them. */
export function chosenIn(
  question: Law,
  choose: (choice: { ids?: string[]; jurisdictions?: string[] }) => readonly { id: string }[],
): string[] | undefined {
  if (!asksLaw(question)) return undefined;
  const { rulebooks: ids, jurisdiction: jurisdictions } = question;
  const books = choose({ ...(ids && { ids }), ...(jurisdictions && { jurisdictions }) });
  return books.map(({ id }) => id);
}
