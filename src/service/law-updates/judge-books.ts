import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseJson } from '../../base/json-shape.js';
import type { Rulebook } from '../../core/law/rulebook.js';
import {
  type BookFault,
  findInvisible,
  findSourceFaults,
  findTextFaults,
  findUntestedDates,
} from '../../core/law/rulebooks/book-faults.js';
import { type Case, parseCases, runCases } from '../../core/law/rulebooks/cases.js';
import { createLawSet } from '../../core/law/rulebooks/index.js';
import { hasTexts, textsOf } from '../../core/law/rulebooks/texts.js';
import { LANGUAGES } from '../../i18n/languages.js';
import { messageOf } from '../../i18n/message-error.js';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';
import { loadBooks } from './loaded-law.js';
import type { LawManifest } from './manifest.js';
import { isAssaysLaw } from './open-bundle.js';

/**
 * Checks that the books in a folder are valid law, and returns them: their schema and rules, their texts in each
 * language and their own test cases; of a layer also what the tests of the program hold for Assay's own books. Rejects
 * with a `LawRefusal` that names the first invalid book.
 */
export async function checkBooks(
  folder: URL,
  manifest: Pick<LawManifest, 'signer'>,
): Promise<ReadonlyMap<string, Rulebook>> {
  const laws = await loadBooks(folder);
  // Loads the texts of the books from this folder; the law in force is untouched.
  createLawSet(laws);
  const books = [...laws.values()];
  const end = performance.now() + lawLimits.casesMillis;
  for (const book of books) {
    const cases = await checkBook(book, async () => {
      for (const language of LANGUAGES) textsOf(book, language);
      return parseCases(await readFile(new URL(`${book.id}/cases.json`, folder), 'utf8'), book.id);
    });
    const [fault] = isAssaysLaw(manifest) ? [] : findBookFaults(book, cases, folder);
    if (fault !== undefined) {
      const text = `/${fault.path.join('/')} ${fault.why}`;
      throw new LawRefusal('law.rules', { book: book.id, why: { id: 'text.asWritten', params: { text } } });
    }
    const failing = findFailingCases(book, cases, books, end);
    if (failing.length > 0) throw new LawRefusal('law.cases', { book: book.id, cases: failing });
  }
  return laws;
}

/** Returns what Assay's own tests would refuse in one of its books. */
function findBookFaults(book: Rulebook, cases: readonly Case[], folder: URL): BookFault[] {
  const read = (file: string): unknown =>
    parseJson(readFileSync(new URL(`${book.id}/${file}`, folder), 'utf8'));
  const files = LANGUAGES.filter((one) => hasTexts(book, one)).map((language) => {
    const texts = read(`texts.${language}.json`) as Readonly<Record<string, string>>;
    return { language, texts };
  });
  return [
    ...['book.json', 'clauses.json'].flatMap((file) => findInvisible(read(file), [file])),
    ...findInvisible(cases, ['cases.json']),
    ...findSourceFaults(book),
    ...findUntestedDates(book, cases),
    ...files.flatMap(({ language, texts }) => {
      const faults = [...findInvisible(texts), ...findTextFaults(texts, language)];
      return faults.map(({ path, why }) => ({ path: [`texts.${language}.json`, ...path], why }));
    }),
  ];
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
