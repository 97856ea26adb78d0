import Type, { type Static } from 'typebox';
import { Check } from 'typebox/schema';
import { LANGUAGES, type Language } from '../../../i18n/languages.js';
import { translatorFor } from '../../../i18n/translator.js';
import { MEDIA_KINDS } from '../../media/media-kinds.js';
import { type Finding, OUTCOMES } from '../../report/finding-schema.js';
import { ROLES } from '../../report/rule-terms.js';
import type { Signal, SignalId } from '../../report/signal.js';
import { BACKINGS } from '../../signals/backing.js';
import { SIGNAL_IDS } from '../../signals/index.js';
import { evaluate } from '../evaluate.js';
import type { Rulebook } from '../rulebook.js';
import { findingTexts } from './finding-texts.js';

/**
 * Expected results of a law, written by its authors (`cases.json`). The tests check them, and law from elsewhere must
 * pass them before it is used. Signals and clauses unknown to this version are removed, as they are from the law.
 */

const closed = { additionalProperties: false } as const;
const text = Type.String({ maxLength: 2_000 });

export const CaseSchema = Type.Object(
  {
    name: text,
    asOf: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    kind: Type.Enum([...MEDIA_KINDS]),
    signals: Type.Array(
      Type.Object({ id: text, backing: Type.Enum([...BACKINGS]), value: Type.Optional(text) }, closed),
    ),
    /** Signals that could not be looked for. */
    unknowable: Type.Optional(Type.Array(text)),
    /** Roles of the person asking; default: all. */
    roles: Type.Optional(Type.Array(Type.Enum([...ROLES]))),
    /** Expected outcome by rule id; rules that are not named may have any outcome. */
    expect: Type.Record(text, Type.Enum([...OUTCOMES])),
    /** Expected parts by rule id, with the method after a dot. */
    found: Type.Optional(Type.Record(text, Type.Array(text))),
    /** Rules that do not bind those roles. */
    leavesOut: Type.Optional(Type.Array(text)),
    /** Text that the statement must contain, by rule id and language. */
    says: Type.Optional(Type.Record(text, Type.Record(text, text))),
  },
  closed,
);

export type Case = Static<typeof CaseSchema>;

/** Parses the cases. Throws if the JSON is no list of cases. */
export function parseCases(json: string, id: string): Case[] {
  const value: unknown = JSON.parse(json);
  if (!Check(Type.Array(CaseSchema), value))
    throw new Error(`rulebook ${id}/cases.json: it is no list of cases`);
  return value;
}

/** Yields each case with whether the law gives the expected results, including the texts. `books`: all rulebooks. */
export function* runCases(
  book: Rulebook,
  cases: readonly Case[],
  books: readonly Rulebook[],
): Generator<{ name: string; holds: boolean }> {
  for (const one of cases) {
    const findings = evaluateNamedRules(book, one);
    yield {
      name: one.name,
      holds: hasExpectedFindings(findings, book, one) && hasExpectedStatements(findings, book, one, books),
    };
  }
}

export const signalsOf = ({ signals }: Case): Signal[] =>
  signals.flatMap(({ id, ...signal }) =>
    isKnown(id) ? [{ ...signal, id, basis: [{ carrier: 'file', locator: 'case' }] }] : [],
  );

export function evaluateCase(book: Rulebook, one: Case): Finding[] {
  const unknowable = new Set((one.unknowable ?? []).filter(isKnown));
  return evaluate([book], { kind: one.kind, signals: signalsOf(one), unknowable, asOf: one.asOf }, one.roles);
}

/** Evaluates only the rules that a case names, because the others are many and not checked. */
function evaluateNamedRules(book: Rulebook, one: Case): Finding[] {
  const named = new Set([
    ...[one.expect, one.found, one.says].flatMap((of) => Object.keys(of ?? {})),
    ...(one.leavesOut ?? []),
  ]);
  return evaluateCase({ ...book, rules: book.rules.filter(({ id }) => named.has(id)) }, one);
}

/** Returns whether a case gives the expected results, ignoring texts. */
export const passesCase = (book: Rulebook, one: Case): boolean =>
  hasExpectedFindings(evaluateNamedRules(book, one), book, one);

function hasExpectedFindings(all: readonly Finding[], book: Rulebook, one: Case): boolean {
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

function hasExpectedStatements(
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
      // This version does not support the language.
      if (!isLanguage(language)) return true;
      return (
        finding && findingTexts(finding, about, translatorFor(language), books).statement.includes(words)
      );
    });
  });
}

const isDisabled = ({ disabled = [] }: Rulebook, rule: string): boolean =>
  disabled.some((one) => one.rule === rule);

const KNOWN: ReadonlySet<string> = new Set(SIGNAL_IDS);
const isKnown = (id: string): id is SignalId => KNOWN.has(id);
const isLanguage = (language: string): language is Language => LANGUAGES.some((one) => one === language);
