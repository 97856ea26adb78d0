import { readFile } from 'node:fs/promises';
import type { Rulebook } from '../../core/law/rulebook.js';
import { type Case, parseCases, runCases } from '../../core/law/rulebooks/cases.js';
import { createLawSet } from '../../core/law/rulebooks/index.js';
import { textsOf } from '../../core/law/rulebooks/texts.js';
import { LANGUAGES } from '../../i18n/languages.js';
import { messageOf } from '../../i18n/message-error.js';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';
import { loadBooks } from './loaded-law.js';

/**
 * Checks that the books in a folder are valid law: their schema and rules, their texts in each language, and their own
 * test cases. Rejects with a `LawRefusal` that names the first invalid book.
 */
export async function checkBooks(folder: URL): Promise<void> {
  const laws = await loadBooks(folder);
  // Loads the texts of the books from this folder; the law in force is untouched.
  createLawSet(folder, laws);
  const books = [...laws.values()];
  const end = performance.now() + lawLimits.casesMillis;
  for (const book of books) {
    const cases = await checkBook(book, async () => {
      for (const language of LANGUAGES) textsOf(book, language);
      return parseCases(await readFile(new URL(`${book.id}/cases.json`, folder), 'utf8'), book.id);
    });
    const failing = findFailingCases(book, cases, books, end);
    if (failing.length > 0) throw new LawRefusal('law.cases', { book: book.id, cases: failing });
  }
}

async function checkBook<T>(book: Rulebook, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new LawRefusal('law.rules', { book: book.id, why: messageOf(error) });
  }
}

function findFailingCases(
  book: Rulebook,
  cases: readonly Case[],
  books: readonly Rulebook[],
  end: number,
): string[] {
  const failing: string[] = [];
  for (const { name, holds } of runCases(book, cases, books)) {
    if (!holds) failing.push(name);
    if (failing.length === lawLimits.namedCases) break;
    if (performance.now() > end)
      throw new LawRefusal('law.casesTime', { seconds: String(lawLimits.casesMillis / 1000) });
  }
  return failing;
}
