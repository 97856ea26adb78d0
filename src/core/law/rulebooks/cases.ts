import Type, { type Static } from 'typebox';
import { Check } from 'typebox/schema';
import { LANGUAGES, type Language } from '../../../say/languages.js';
import { speechOf } from '../../../say/speech.js';
import { KINDS } from '../../media/media-kinds.js';
import { type Finding, OUTCOMES } from '../../report/finding-schema.js';
import { ROLES } from '../../report/rule-terms.js';
import type { Signal, SignalId } from '../../report/signal.js';
import { BACKINGS } from '../../signals/backing.js';
import { SIGNAL_IDS } from '../../signals/index.js';
import { evaluate } from '../finding.js';
import type { Rulebook } from '../rulebook.js';
import { findingWords } from './tell.js';

/**
 * What a law must come to, told by whoever wrote it (`cases.json`): asked by the tests, and of law that comes from elsewhere
 * before it is believed. Signals and clauses that this version does not know are left out of it, as they are of the law.
 */

const closed = { additionalProperties: false } as const;
const text = Type.String({ maxLength: 2_000 });

const CaseSchema = Type.Object(
  {
    name: text,
    asOf: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    kind: Type.Enum([...KINDS]),
    signals: Type.Array(
      Type.Object({ id: text, backing: Type.Enum([...BACKINGS]), value: Type.Optional(text) }, closed),
    ),
    /** Signals that could not be looked for. */
    unknowable: Type.Optional(Type.Array(text)),
    /** Who asks; left out: everybody. */
    roles: Type.Optional(Type.Array(Type.Enum([...ROLES]))),
    /** Rule id → outcome; rules that are not named may come out as they like. */
    expect: Type.Record(text, Type.Enum([...OUTCOMES])),
    /** Rule id → which of its parts are found, and after a dot in which way. */
    found: Type.Optional(Type.Record(text, Type.Array(text))),
    /** Rules that do not speak to those roles. */
    leavesOut: Type.Optional(Type.Array(text)),
    /** Rule id → what its statement must say, by language. */
    says: Type.Optional(Type.Record(text, Type.Record(text, text))),
  },
  closed,
);

export type Case = Static<typeof CaseSchema>;

/** Throws where it is no list of cases. */
export function casesIn(json: string, id: string): Case[] {
  const value: unknown = JSON.parse(json);
  if (!Check(Type.Array(CaseSchema), value))
    throw new Error(`rulebook ${id}/cases.json: it is no list of cases`);
  return value;
}

/** Each with whether the law comes to it, in words too, one after another. `books`: all of the law. */
export function* judgedCases(
  book: Rulebook,
  cases: readonly Case[],
  books: readonly Rulebook[],
): Generator<{ name: string; holds: boolean }> {
  for (const one of cases) {
    const findings = findingsOfNamed(book, one);
    yield { name: one.name, holds: comeTo(findings, book, one) && sayAll(findings, book, one, books) };
  }
}

export const signalsOf = ({ signals }: Case): Signal[] =>
  signals.flatMap(({ id, ...signal }) =>
    isKnown(id) ? [{ ...signal, id, basis: [{ carrier: 'file', place: 'case' }] }] : [],
  );

export function findingsOf(book: Rulebook, one: Case): Finding[] {
  const unknowable = new Set((one.unknowable ?? []).filter(isKnown));
  return evaluate([book], { kind: one.kind, signals: signalsOf(one), unknowable, asOf: one.asOf }, one.roles);
}

/** Of the rules that a case names: what the others come to is asked by nobody, and they are most. */
function findingsOfNamed(book: Rulebook, one: Case): Finding[] {
  const named = new Set([
    ...[one.expect, one.found, one.says].flatMap((of) => Object.keys(of ?? {})),
    ...(one.leavesOut ?? []),
  ]);
  return findingsOf({ ...book, rules: book.rules.filter(({ id }) => named.has(id)) }, one);
}

/** Whether a case comes out as it says, words aside. */
export const comesTo = (book: Rulebook, one: Case): boolean => comeTo(findingsOfNamed(book, one), book, one);

function comeTo(all: readonly Finding[], book: Rulebook, one: Case): boolean {
  const findings = new Map(all.map((finding) => [finding.rule, finding]));
  const found = (rule: string): string => (findings.get(rule)?.found ?? []).join();
  return (
    Object.entries(one.expect).every(
      ([rule, outcome]) => isDisabled(book, rule) || findings.get(rule)?.outcome === outcome,
    ) &&
    Object.entries(one.found ?? {}).every(
      ([rule, parts]) => isDisabled(book, rule) || found(rule) === parts.join(),
    ) &&
    (one.leavesOut ?? []).every((rule) => !findings.has(rule))
  );
}

function sayAll(
  findings: readonly Finding[],
  book: Rulebook,
  one: Case,
  books: readonly Rulebook[],
): boolean {
  const { kind, asOf, says = {} } = one;
  const about = { asset: { kind }, signals: signalsOf(one), tool: { asOf } };
  return Object.entries(says).every(([rule, texts]) => {
    if (isDisabled(book, rule)) return true;
    const finding = findings.find((other) => other.rule === rule);
    return Object.entries(texts).every(([language, words]) => {
      // One that this version does not speak.
      if (!isLanguage(language)) return true;
      return finding && findingWords(finding, about, speechOf(language), books).statement.includes(words);
    });
  });
}

const isDisabled = ({ disabled = [] }: Rulebook, rule: string): boolean =>
  disabled.some((one) => one.rule === rule);

const KNOWN: ReadonlySet<string> = new Set(SIGNAL_IDS);
const isKnown = (id: string): id is SignalId => KNOWN.has(id);
const isLanguage = (language: string): language is Language => LANGUAGES.some((one) => one === language);
