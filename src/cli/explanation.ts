import type { Carrier } from '../core/evidence.js';
import type { Rule, Rulebook } from '../core/rulebook.js';
import { textIn } from '../core/rulebooks/tell.js';
import { textsOf } from '../core/rulebooks/texts.js';
import { signalList } from '../core/signal-list.js';
import { WORDS } from '../core/words/all.js';
import type { Words } from '../core/words/words.js';
import type { Language } from '../say/languages.js';

/** Words of a closed list that stand in a Report, by what they are said of. */
const TABLES = [
  'signals',
  'origins',
  'backing',
  'grades',
  'presence',
  'integrity',
  'trust',
  'validity',
  'revocation',
  'signedStates',
  'relationships',
  'actions',
  'sourceTypes',
  'readStatus',
  'coverageStates',
] as const satisfies readonly (keyof Words)[];
export type Table = (typeof TABLES)[number];

/** What one code is; some stand in more than one place. */
export type Explanation =
  | {
      kind: Table;
      code: string;
      meaning: string;
      /** Of a signal: where it may stand, and which clauses look at it. */
      reads?: Carrier[];
      clauses?: { rulebook: string; rule: string; clause: string }[];
    }
  | { kind: 'rulebook'; code: string; meaning: string; book: Rulebook }
  | { kind: 'clause'; code: string; meaning: string; book: Rulebook; rule: Rule };

/**
 * A code, signal or clause in words, each with all that it may be; empty where none of these lists has it. A clause is
 * named by its rule's id, or as its law numbers it.
 */
export function explained(code: string, books: readonly Rulebook[], language: Language): Explanation[] {
  const words = WORDS[language];
  const said = TABLES.flatMap((kind): Explanation[] => {
    const table: Readonly<Record<string, string>> = words[kind];
    const meaning = Object.hasOwn(table, code) ? table[code] : undefined;
    if (meaning === undefined) return [];
    return [{ kind, code, meaning, ...(kind === 'signals' && aboutSignal(code, books)) }];
  });
  const law = books.flatMap((book): Explanation[] => [
    ...(book.id === code
      ? [{ kind: 'rulebook' as const, code, meaning: textsOf(book, language).about, book }]
      : []),
    ...book.rules
      .filter(({ id, clause }) => id === code || clause === code)
      .map((rule) => {
        const meaning = textIn(textsOf(book, language), rule, 'asks') ?? '';
        return { kind: 'clause' as const, code, meaning, book, rule };
      }),
  ]);
  return [...said, ...law];
}

/** All that can be explained, once each. */
export function explainable(books: readonly Rulebook[]): string[] {
  const said = TABLES.flatMap((kind) => Object.keys(WORDS.en[kind]));
  const law = books.flatMap(({ id, rules }) => [id, ...rules.map((rule) => rule.id)]);
  return [...new Set([...said, ...law])];
}

function aboutSignal(id: string, books: readonly Rulebook[]) {
  const looks = ({ appliesWhen, answeredWhen, partlyAnsweredWhen }: Rule) =>
    [appliesWhen, answeredWhen, partlyAnsweredWhen].some((when) =>
      [when?.any, when?.all, when?.none].some((terms) => terms?.some(({ signal }) => signal === id)),
    );
  return {
    reads: signalList().find((one) => one.id === id)?.reads ?? [],
    clauses: books.flatMap((book) =>
      book.rules.filter(looks).map(({ id: rule, clause }) => ({ rulebook: book.id, rule, clause })),
    ),
  };
}
