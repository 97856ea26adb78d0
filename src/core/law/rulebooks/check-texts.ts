import { placesIn } from '../../../say/places.js';
import type { Rule, Rulebook } from '../rulebook.js';

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
  for (const [id, text] of Object.entries(value)) {
    if (!wanted.has(id) && !optional.has(id)) refuse(file, id, 'is a text that rulebook.json has no use for');
    const has = placesOf(text, file, id).sort().join();
    const should = [...(wanted.get(id) ?? [])].sort().join();
    if (has !== should) refuse(file, id, `has the places {${has}}, and rulebook.json gives it {${should}}`);
  }
  return value;
}

/** The texts that a law cannot do without, each with its places. */
function wantedTexts({ jurisdiction, rules }: Rulebook): Map<string, readonly string[]> {
  // Countries have a name in every language already.
  const unnamed = jurisdiction === 'INT' || jurisdiction.includes('-');
  return new Map<string, readonly string[]>([
    ['title', []],
    ['about', []],
    ...(unnamed ? ([['jurisdiction', []]] as const) : []),
    ...rules.flatMap(ruleTexts),
  ]);
}

function ruleTexts({ id, notAssessable, statements }: Rule): [string, readonly string[]][] {
  return [
    [`${id}.title`, []],
    [`${id}.asks`, []],
    ...(notAssessable ? ([[`${id}.statement.not-assessable`, []]] as [string, string[]][]) : []),
    ...Object.entries(statements).map(([outcome, places]): [string, readonly string[]] => [
      `${id}.statement.${outcome}`,
      places,
    ]),
  ];
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

function refuse(file: string, id: string, why: string): never {
  throw new Error(`rulebook ${file}: ${id} ${why}`);
}
