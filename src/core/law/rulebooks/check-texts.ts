import { placesIn } from '../../../say/places.js';
import type { Outcome } from '../../report/finding-schema.js';
import type { Rule, Rulebook } from '../rulebook.js';
import { refuse } from './check-rules.js';

/** Text id → text. */
export type Texts = Readonly<Record<string, string>>;

/**
 * Whether a law's file of one language says all that the law has words for, and nothing else. Throws an error that
 * names file and text. `english`: of a translation, whose notes are those of the English.
 */
export function checkTexts(value: unknown, book: Rulebook, file: string, english?: Texts): Texts {
  if (!isTexts(value)) throw new Error(`rulebook ${file}: it is not an object of texts`);
  const notes = book.rules.map(({ id }) => `${id}.note`).filter((id) => id in (english ?? value));
  const wanted = new Map([...wantedTexts(book), ...notes.map((id) => [id, []] as const)]);
  const optional = new Set(book.rules.map(({ id }) => `${id}.clause`));
  for (const id of wanted.keys()) if (!(id in value)) refuse(file, id, 'is missing');
  const disabled = (book.disabled ?? []).map(({ rule }) => `${rule}.`);
  for (const [id, text] of Object.entries(value)) {
    if (disabled.some((rule) => id.startsWith(rule))) continue;
    if (!wanted.has(id) && !optional.has(id)) refuse(file, id, 'is a text that clauses.json has no use for');
    const has = placesOf(text, file, id).filter((place) => !(place === QUOTE && quotes(id, book)));
    const should = [...(wanted.get(id) ?? [])].sort().join();
    if (has.sort().join() !== should)
      refuse(file, id, `has the places {${has}}, and clauses.json gives it {${should}}`);
  }
  return value;
}

/** The place that the first quotation of a clause’s sources goes into. */
export const QUOTE = 'quote';

/** A sentence may quote the law where a source of its clause does. */
const quotes = (id: string, { rules }: Rulebook): boolean =>
  rules.some(
    (rule) => id.startsWith(`${rule.id}.statement.`) && rule.sources.some(({ quotation }) => quotation),
  );

/** The texts that a law cannot do without, each with its places. */
function wantedTexts({ jurisdiction, rules }: Rulebook): Map<string, readonly string[]> {
  // Countries have a name in every language already.
  const unnamed = jurisdiction === 'INT' || jurisdiction.includes('-');
  return new Map<string, readonly string[]>([
    ['title', []],
    ['short', []],
    ['about', []],
    ...(unnamed ? ([['jurisdiction', []]] as const) : []),
    ...rules.flatMap(ruleTexts),
  ]);
}

type Wanted = [string, readonly string[]];

function ruleTexts(rule: Rule): Wanted[] {
  const { id, parts = [], periods, exceptions = [] } = rule;
  const cohorts = new Set(periods.flatMap(({ cohort }) => cohort ?? []));
  return [
    [`${id}.title`, []],
    [`${id}.asks`, []],
    ...parts.flatMap((part): Wanted[] => [
      [`${id}.part.${part.id}`, []],
      ...(part.ways ?? []).map((way): Wanted => [`${id}.part.${part.id}.${way.id}`, way.gives ?? []]),
    ]),
    ...[...cohorts].map((cohort): Wanted => [`${id}.cohort.${cohort}`, []]),
    ...exceptions.map((one): Wanted => [`${id}.exception.${one.id}`, []]),
    ...[...statementsOf(rule)].map((outcome): Wanted => [`${id}.statement.${outcome}`, []]),
  ];
}

/** The outcomes that a clause words itself: of what no file shows nobody else could say why, or what to look for. */
export function statementsOf({ kind, parts, statements = [] }: Rule): Set<Outcome> {
  const own = kind === 'tell' ? 'look' : parts === undefined ? 'not-assessable' : undefined;
  return new Set([...statements, ...(own === undefined ? [] : [own as Outcome])]);
}

function placesOf(text: string, file: string, id: string): string[] {
  try {
    return placesIn(text);
  } catch (cause) {
    throw new Error(`rulebook ${file}: ${id} cannot be read as ICU MessageFormat`, { cause });
  }
}

function isTexts(value: unknown): value is Texts {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((text) => typeof text === 'string' && text !== '')
  );
}
