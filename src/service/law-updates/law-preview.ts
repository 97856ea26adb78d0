import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { evaluate } from '../../core/law/evaluate.js';
import type { Rule, Rulebook, RuleCondition } from '../../core/law/rulebook.js';
import { dayBefore } from '../../core/law/rulebooks/book-faults.js';
import { runCases } from '../../core/law/rulebooks/cases.js';
import { findingTexts } from '../../core/law/rulebooks/finding-texts.js';
import { createLawSet } from '../../core/law/rulebooks/index.js';
import { hasTexts } from '../../core/law/rulebooks/texts.js';
import type { Signal } from '../../core/report/signal.js';
import { LANGUAGES, type Language } from '../../i18n/languages.js';
import { translatorFor } from '../../i18n/translator.js';
import type { LawSource } from './law-source.js';

/** What the books of a source will say, before anything is signed. */
export interface LawPreview {
  books: BookPreview[];
}

export interface BookPreview {
  id: string;
  /** Languages of Assay in which the book has no texts. */
  without: Language[];
  /** Names of cases that do not give what they expect. */
  failing: string[];
  says: ClausePreview[];
}

/** `file`: what the file states that the clause is asked about; absent if both give the same statement. */
export interface ClausePreview {
  clause: string;
  day: string;
  language: Language;
  file?: 'bare' | 'full';
  statement: string;
}

/** Says what each clause gives on either side of each of its dates, and runs the cases. The source must have no faults. */
export async function previewLaw(source: LawSource): Promise<LawPreview> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-law-'));
  try {
    for (const { name, bytes } of source.files) {
      await mkdir(dirname(join(dir, name)), { recursive: true });
      await writeFile(join(dir, name), bytes);
    }
    const folder = pathToFileURL(`${join(dir, 'rulebooks')}/`);
    const books = source.books.map(({ book }) => ({ ...book, folder }));
    createLawSet(new Map(books.map((book) => [book.id, book])));
    return {
      books: source.books.map(({ cases }, index): BookPreview => {
        const book = books[index] as Rulebook;
        return {
          id: book.id,
          without: LANGUAGES.filter((language) => !hasTexts(book, language)),
          failing: [...runCases(book, cases, books)].filter(({ holds }) => !holds).map(({ name }) => name),
          says: book.rules.flatMap((rule) => previewClause(book, rule, books)),
        };
      }),
    };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function previewClause(book: Rulebook, rule: Rule, books: readonly Rulebook[]): ClausePreview[] {
  const days = rule.periods.flatMap(({ from, until }) =>
    [from, until].flatMap((day) => (day === undefined ? [] : [dayBefore(day), day])),
  );
  const full = signalsFor(rule);
  const languages = LANGUAGES.filter((one) => hasTexts(book, one));
  return [...new Set(days)].sort().flatMap((day) =>
    languages.flatMap((language): ClausePreview[] => {
      const { clause } = rule;
      const say = (signals: readonly Signal[]) => sayClause(book, rule, day, signals, language, books);
      const [bare, whole] = [say([]), say(full)];
      return bare === whole
        ? [{ clause, day, language, statement: bare }]
        : [
            { clause, day, language, file: 'bare', statement: bare },
            { clause, day, language, file: 'full', statement: whole },
          ];
    }),
  );
}

function sayClause(
  book: Rulebook,
  rule: Rule,
  asOf: string,
  signals: readonly Signal[],
  language: Language,
  books: readonly Rulebook[],
): string {
  const kind = rule.covers.find((one) => one !== 'text') ?? 'other';
  const [finding] = evaluate([{ ...book, rules: [rule] }], { kind, signals, unknowable: new Set(), asOf });
  if (finding === undefined) return '';
  return findingTexts(finding, { asset: { kind }, signals, tool: { asOf } }, translatorFor(language), books)
    .statement;
}

/** Signals that bring a clause into play and show all that it asks for. */
function signalsFor({ trigger, parts = [] }: Rule): Signal[] {
  const conditions = [trigger, ...parts.map(({ when, ways }) => when ?? ways?.[0]?.when)];
  return conditions
    .flatMap((condition) => termsOf(condition))
    .map(
      ({ signal, backing = ['trusted'] }): Signal => ({
        id: signal,
        backing: backing[0] ?? 'trusted',
        value: EXAMPLE_VALUE,
        basis: [],
      }),
    );
}
const EXAMPLE_VALUE = '…';

const termsOf = ({ all = [], any = [] }: RuleCondition = {}) => [...all, ...any.slice(0, 1)];
