import { existsSync, readFileSync } from 'node:fs';
import { evaluate, type Facts } from '../../src/core/law/finding.js';
import type { Rulebook } from '../../src/core/law/rulebook.js';
import type { Finding, Outcome } from '../../src/core/report/finding-schema.js';
import type { Role } from '../../src/core/report/rule-terms.js';
import type { Signal, SignalId } from '../../src/core/report/signal.js';
import type { Backing } from '../../src/core/signals/backing.js';
import type { Language } from '../../src/say/languages.js';

/** One line of a law's `cases.json`, to be read and written by whoever knows the law. */
export interface Case {
  name: string;
  asOf: string;
  kind: Facts['kind'];
  signals: { id: SignalId; backing: Backing; value?: string }[];
  /** Signals that could not be looked for. */
  unknowable?: SignalId[];
  /** Who asks; left out: everybody. */
  roles?: Role[];
  /** Rule id → outcome; rules that are not named may come out as they like. */
  expect: Record<string, Outcome>;
  /** Rule id → which of its parts are found, and after a dot in which way. */
  found?: Record<string, string[]>;
  /** Rules that do not speak to those roles. */
  leavesOut?: string[];
  /** Rule id → what its statement must say, by language. */
  says?: Record<string, Partial<Record<Language, string>>>;
}

export function casesOf(id: string): Case[] {
  const file = new URL(`../../src/core/law/rulebooks/${id}/cases.json`, import.meta.url);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Case[]) : [];
}

export const signalsOf = ({ signals }: Case): Signal[] =>
  signals.map((signal) => ({ ...signal, basis: [{ carrier: 'file', place: 'case' }] }));

export const findingsOf = (book: Rulebook, one: Case): Finding[] =>
  evaluate(
    [book],
    { kind: one.kind, signals: signalsOf(one), unknowable: new Set(one.unknowable), asOf: one.asOf },
    one.roles,
  );

/** Whether a case comes out as it says. */
export function holds(book: Rulebook, one: Case): boolean {
  const findings = new Map(findingsOf(book, one).map((finding) => [finding.rule, finding]));
  const found = (rule: string): string => (findings.get(rule)?.found ?? []).join();
  return (
    Object.entries(one.expect).every(([rule, outcome]) => findings.get(rule)?.outcome === outcome) &&
    Object.entries(one.found ?? {}).every(([rule, parts]) => found(rule) === parts.join()) &&
    (one.leavesOut ?? []).every((rule) => !findings.has(rule))
  );
}
