import type { EngineChoice } from '../core/c2pa/engine-names.js';
import type { AskedLaw, LawMembers } from './asked-law.js';
import { MEMBERS, type Question } from './members.js';

/** A question with every default in its place: what is done, kept, compared and handed on whole. */
export interface Asked extends Omit<Question, keyof LawMembers>, AskedLaw {
  asOf: string;
  /** Left out: it was asked for. */
  asOfBecause?: 'asked' | 'today';
  engine: EngineChoice;
}

const ASKED = {
  asOf: true,
  asOfBecause: true,
  rulebooks: true,
  places: true,
  roles: true,
  summed: true,
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

/** `law`: what is asked of it, with the defaults of whoever asks (`askedLaw`). */
export function settled(question: Question, law: AskedLaw, today = utcDay()): Settled {
  const {
    asOf,
    rulebooks: _,
    jurisdiction: __,
    role: ___,
    engine = MEMBERS.engine.usual,
    ...rest
  } = question;
  return {
    ...rest,
    asOf: asOf ?? today,
    asOfBecause: asOf === undefined ? 'today' : 'asked',
    engine,
    ...law,
  };
}
