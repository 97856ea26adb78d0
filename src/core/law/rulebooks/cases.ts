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
 * What a law must come to, told by whoever wrote it (`cases.json`): asked of a law that comes from elsewhere before it is
 * believed. Signals and clauses that this version does not know are left out of it, as they are of the law.
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
    unknowable: Type.Optional(Type.Array(text)),
    roles: Type.Optional(Type.Array(Type.Enum([...ROLES]))),
    expect: Type.Record(text, Type.Enum([...OUTCOMES])),
    leavesOut: Type.Optional(Type.Array(text)),
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

/** Each with whether the law comes to it, one after another. `books`: all of the law. */
export function* judgedCases(
  book: Rulebook,
  cases: readonly Case[],
  books: readonly Rulebook[],
): Generator<{ name: string; holds: boolean }> {
  const disabled = new Set((book.disabled ?? []).map(({ rule }) => rule));
  for (const one of cases) yield { name: one.name, holds: holds(one, { book, books, disabled }) };
}

interface About {
  book: Rulebook;
  books: readonly Rulebook[];
  disabled: ReadonlySet<string>;
}

function holds(one: Case, { book, books, disabled }: About): boolean {
  const signals = one.signals.filter(({ id }) => isKnown(id)).map(signalOf);
  const unknowable = new Set((one.unknowable ?? []).filter(isKnown));
  const facts = { kind: one.kind, signals, unknowable, asOf: one.asOf };
  const findings = new Map(evaluate([book], facts, one.roles).map((finding) => [finding.rule, finding]));
  return (
    Object.entries(one.expect).every(
      ([rule, outcome]) => disabled.has(rule) || findings.get(rule)?.outcome === outcome,
    ) &&
    (one.leavesOut ?? []).every((rule) => !findings.has(rule)) &&
    Object.entries(one.says ?? {}).every(
      ([rule, says]) => disabled.has(rule) || saysAll(findings.get(rule), says, one, signals, books),
    )
  );
}

function saysAll(
  finding: Finding | undefined,
  says: Readonly<Record<string, string>>,
  { kind, asOf }: Case,
  signals: readonly Signal[],
  books: readonly Rulebook[],
): boolean {
  if (finding === undefined) return false;
  const about = { asset: { kind }, signals: [...signals], tool: { asOf } };
  return Object.entries(says).every(([language, words]) => {
    // One that this version does not speak.
    if (!isLanguage(language)) return true;
    return findingWords(finding, about, speechOf(language), books).statement.includes(words);
  });
}

const KNOWN: ReadonlySet<string> = new Set(SIGNAL_IDS);
const isKnown = (id: string): id is SignalId => KNOWN.has(id);
const isLanguage = (language: string): language is Language => LANGUAGES.some((one) => one === language);

function signalOf({ id, ...signal }: Case['signals'][number]): Signal {
  return { ...signal, id: id as SignalId, basis: [{ carrier: 'file', place: 'case' }] };
}
