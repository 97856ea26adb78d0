import { readFile } from 'node:fs/promises';
import type { Rulebook } from '../core/law/rulebook.js';
import { type Case, casesIn, judgedCases } from '../core/law/rulebooks/cases.js';
import { lawOf } from '../core/law/rulebooks/index.js';
import { textsOf } from '../core/law/rulebooks/texts.js';
import { LANGUAGES } from '../say/languages.js';
import { errorSaid } from '../say/said-error.js';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';
import { wholeBooks } from './loaded-law.js';

/**
 * Whether the books in a folder can be law: by their schema and rules, their words in each language, and their own cases,
 * which say what they must come to. Rejects with a `LawRefusal` that names the first book at fault.
 */
export async function judgeBooks(folder: URL): Promise<void> {
  const laws = await wholeBooks(folder);
  // From here on their words come from this folder, and what is in force is untouched.
  lawOf(folder, laws);
  const books = [...laws.values()];
  const end = performance.now() + lawLimits.casesMillis;
  for (const book of books) {
    const cases = await faultless(book, async () => {
      for (const language of LANGUAGES) textsOf(book, language);
      return casesIn(await readFile(new URL(`${book.id}/cases.json`, folder), 'utf8'), book.id);
    });
    const failing = failingOf(book, cases, books, end);
    if (failing.length > 0) throw new LawRefusal('law.cases', { book: book.id, cases: failing });
  }
}

async function faultless<T>(book: Rulebook, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new LawRefusal('law.rules', { book: book.id, why: errorSaid(error) });
  }
}

function failingOf(
  book: Rulebook,
  cases: readonly Case[],
  books: readonly Rulebook[],
  end: number,
): string[] {
  const failing: string[] = [];
  for (const { name, holds } of judgedCases(book, cases, books)) {
    if (!holds) failing.push(name);
    if (failing.length === lawLimits.namedCases) break;
    if (performance.now() > end)
      throw new LawRefusal('law.casesTime', { seconds: String(lawLimits.casesMillis / 1000) });
  }
  return failing;
}
