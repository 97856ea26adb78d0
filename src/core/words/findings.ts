import type { Location } from '../evidence.js';
import type { Outcome } from '../finding-schema.js';
import type { Kind } from '../media-types.js';
import type { RuleLanguage, RuleNext } from '../rule-terms.js';
import type { SignalId } from '../signal.js';

/** Dates a general sentence may name. */
export interface RuleDates {
  from: string;
  until?: string;
  asOf: string;
}

/** The words around a rule's own, one language a file. A word that one of them lacks does not compile. */
export interface FindingWords {
  language: RuleLanguage;
  outcomes: Record<Outcome, string>;
  /** What a finding says where its rule has no sentence of its own. */
  general: Record<Outcome, (dates: RuleDates) => string>;
  /** What to do next, a whole sentence. */
  next: Record<RuleNext, string>;
  otherKind(media: readonly Kind[], kind: Kind): string;
  /** Of signals that are there and were not counted, since they no longer match the file. */
  leftOut: string;
  /** Of credentials that the file only points to, where a clause that asks for what they could hold finds none. */
  elsewhere: string;
  /** What is wrong with a label or credentials, by the signal that tells it: stands for `{faults}` in a rule's own sentence. */
  faults: Partial<Record<SignalId, string>>;
  faultsJoined(faults: readonly string[]): string;
  /** Where the signals that decided it stand; `more` counts the places left out. */
  where(places: readonly Location[], more: number): string;
  /** Between two sentences. */
  gap: string;
}
