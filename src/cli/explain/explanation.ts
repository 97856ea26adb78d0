import { signalList } from '../../core/detectors/signal-list.js';
import type { Rule, Rulebook } from '../../core/law/rulebook.js';
import { listSignals } from '../../core/law/rulebooks/check-rules.js';
import { disabledMessages, textIn } from '../../core/law/rulebooks/finding-texts.js';
import { textsOf } from '../../core/law/rulebooks/texts.js';
import type { Carrier } from '../../core/media/carrier.js';
import type { Language } from '../../i18n/languages.js';
import { translatorFor } from '../../i18n/translator.js';
import { VOCABULARIES, type Vocabulary } from '../shared/vocabularies.js';

/** Meaning of a code; a code may have several. */
export type Explanation =
  | {
      kind: Vocabulary;
      code: string;
      meaning: string;
      /** Present only for a signal: the carriers it may appear in, and the clauses that use it. */
      reads?: Carrier[];
      clauses?: { rulebook: string; rule: string; clause: string }[];
    }
  | { kind: 'rulebook'; code: string; meaning: string; book: Rulebook }
  /** A clause that a layer of law disables: by whom, and why. */
  | { kind: 'clause'; code: string; meaning: string; book: Rulebook }
  | { kind: 'clause'; code: string; meaning: string; book: Rulebook; rule: Rule };

/**
 * Returns every meaning of a code, signal or clause; empty if no vocabulary has it. A clause is named by its rule's id
 * or by its number in the law.
 */
export function explainCode(code: string, books: readonly Rulebook[], language: Language): Explanation[] {
  const translator = translatorFor(language);
  const vocabularyMeanings = VOCABULARIES.flatMap(({ name: kind, of }): Explanation[] => {
    const meaning = of(translator).get(code);
    if (meaning === undefined) return [];
    return [{ kind, code, meaning, ...(kind === 'signals' && describeSignal(code, books, language)) }];
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
    ...disabledMessages(
      book.disabled?.filter((one) => one.rule === code || ('clause' in one && one.clause === code)),
    ).map((one) => ({ kind: 'clause' as const, code, meaning: translator.translate(one), book })),
  ]);
  return [...vocabularyMeanings, ...law];
}

/** Returns every code that can be explained, without duplicates. */
export function explainableCodes(books: readonly Rulebook[]): string[] {
  const vocabularyCodes = VOCABULARIES.flatMap(({ of }) => [...of(translatorFor('en')).keys()]);
  const law = books.flatMap(({ id, rules }) => [id, ...rules.map((rule) => rule.id)]);
  return [...new Set([...vocabularyCodes, ...law])];
}

function describeSignal(id: string, books: readonly Rulebook[], language: Language) {
  const usesSignal = (rule: Rule) => listSignals(rule).includes(id);
  return {
    reads: signalList(language).find((one) => one.id === id)?.reads ?? [],
    clauses: books.flatMap((book) =>
      book.rules.filter(usesSignal).map(({ id: rule, clause }) => ({ rulebook: book.id, rule, clause })),
    ),
  };
}
