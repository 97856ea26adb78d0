import { placeholdersIn } from '../../../i18n/placeholders.js';
import type { Outcome } from '../../report/finding-schema.js';
import type { Rule, Rulebook } from '../rulebook.js';
import { refuse } from './check-rules.js';

/** Texts by text id. */
export type Texts = Readonly<Record<string, string>>;

/**
 * Checks that a law's text file in one language has exactly the required texts. Throws an error that names file and
 * text. `english`: the English texts when checking a translation, whose notes must match theirs.
 */
export function checkTexts(value: unknown, book: Rulebook, file: string, english?: Texts): Texts {
  if (!isTexts(value)) throw new Error(`rulebook ${file}: it is not an object of texts`);
  const [fault] = findTextIdFaults(value, book, english);
  if (fault !== undefined) refuse(file, fault.id, fault.why);
  return value;
}

/** Returns the texts that are missing, unused, or have other placeholders than the clauses give them. */
export function findTextIdFaults(
  value: Texts,
  book: Rulebook,
  english?: Texts,
): { id: string; why: string }[] {
  const notes = book.rules.map(({ id }) => `${id}.note`).filter((id) => id in (english ?? value));
  const wanted = new Map([...requiredTexts(book), ...notes.map((id) => [id, []] as const)]);
  const optional = new Set(book.rules.map(({ id }) => `${id}.clause`));
  const disabled = (book.disabled ?? []).map(({ rule }) => `${rule}.`);
  const missing = [...wanted.keys()].filter((id) => !(id in value));
  return [
    ...missing.map((id) => ({ id, why: 'is missing' })),
    ...Object.entries(value).flatMap(([id, text]) => {
      if (disabled.some((rule) => id.startsWith(rule))) return [];
      if (!wanted.has(id) && !optional.has(id))
        return [{ id, why: 'is a text that clauses.json has no use for' }];
      const all = placeholdersOf(text);
      if (all === undefined) return [{ id, why: 'cannot be read as ICU MessageFormat' }];
      const has = all.filter((place) => !(place === QUOTE_PLACEHOLDER && canQuote(id, book)));
      const should = [...(wanted.get(id) ?? [])].sort().join();
      if (has.sort().join() === should) return [];
      return [{ id, why: `has the places {${has}}, and clauses.json gives it {${should}}` }];
    }),
  ];
}

/** Placeholder for the first quotation in a clause’s sources. */
export const QUOTE_PLACEHOLDER = 'quote';

/** A sentence may quote the law only if a source of its clause has a quotation. */
const canQuote = (id: string, { rules }: Rulebook): boolean =>
  rules.some(
    (rule) => id.startsWith(`${rule.id}.statement.`) && rule.sources.some(({ quotation }) => quotation),
  );

/** Returns the texts that a law requires, each with its placeholders. */
function requiredTexts({ jurisdiction, rules }: Rulebook): Map<string, readonly string[]> {
  // Countries already have a name in every language.
  const unnamed = jurisdiction === 'INT' || jurisdiction.includes('-');
  return new Map<string, readonly string[]>([
    ['title', []],
    ['short', []],
    ['about', []],
    ...(unnamed ? ([['jurisdiction', []]] as const) : []),
    ...rules.flatMap(ruleTexts),
  ]);
}

type RequiredText = [string, readonly string[]];

function ruleTexts(rule: Rule): RequiredText[] {
  const { id, parts = [], periods, exceptions = [] } = rule;
  const cohorts = new Set(periods.flatMap(({ cohort }) => cohort ?? []));
  return [
    [`${id}.title`, []],
    [`${id}.asks`, []],
    ...parts.flatMap((part): RequiredText[] => [
      [`${id}.part.${part.id}`, []],
      ...(part.ways ?? []).map((way): RequiredText => [`${id}.part.${part.id}.${way.id}`, way.gives ?? []]),
    ]),
    ...[...cohorts].map((cohort): RequiredText => [`${id}.cohort.${cohort}`, []]),
    ...exceptions.map((one): RequiredText => [`${id}.exception.${one.id}`, []]),
    ...[...listOwnStatements(rule)].map((outcome): RequiredText => [`${id}.statement.${outcome}`, []]),
  ];
}

/**
 * Returns the outcomes for which a clause must have its own text: if no file can show compliance, only the clause can
 * explain why, or what to look for.
 */
export function listOwnStatements({ kind, parts, statements = [] }: Rule): Set<Outcome> {
  const own = kind === 'tell' ? 'look' : parts === undefined ? 'not-assessable' : undefined;
  return new Set([...statements, ...(own === undefined ? [] : [own as Outcome])]);
}

function placeholdersOf(text: string): string[] | undefined {
  try {
    return placeholdersIn(text);
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is Texts {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((text) => typeof text === 'string' && text !== '')
  );
}
