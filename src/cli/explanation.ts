import { signalList } from '../core/detectors/signal-list.js';
import type { Rule, Rulebook } from '../core/law/rulebook.js';
import { signalsOf } from '../core/law/rulebooks/check-rules.js';
import { textIn } from '../core/law/rulebooks/tell.js';
import { textsOf } from '../core/law/rulebooks/texts.js';
import type { Carrier } from '../core/media/carrier.js';
import type { Language } from '../say/languages.js';
import { speechOf } from '../say/speech.js';
import { VOCABULARIES, type Vocabulary } from './vocabularies.js';

/** What one code is; some stand in more than one place. */
export type Explanation =
  | {
      kind: Vocabulary;
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
  const speech = speechOf(language);
  const said = VOCABULARIES.flatMap(({ name: kind, of }): Explanation[] => {
    const meaning = of(speech).get(code);
    if (meaning === undefined) return [];
    return [{ kind, code, meaning, ...(kind === 'signals' && aboutSignal(code, books, language)) }];
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
  const said = VOCABULARIES.flatMap(({ of }) => [...of(speechOf('en')).keys()]);
  const law = books.flatMap(({ id, rules }) => [id, ...rules.map((rule) => rule.id)]);
  return [...new Set([...said, ...law])];
}

function aboutSignal(id: string, books: readonly Rulebook[], language: Language) {
  const looks = (rule: Rule) => signalsOf(rule).includes(id);
  return {
    reads: signalList(language).find((one) => one.id === id)?.reads ?? [],
    clauses: books.flatMap((book) =>
      book.rules.filter(looks).map(({ id: rule, clause }) => ({ rulebook: book.id, rule, clause })),
    ),
  };
}
