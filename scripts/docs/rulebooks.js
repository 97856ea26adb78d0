import { loadRulebooks } from '../../src/core/law/rulebooks/index.ts';
import { publishedRulebook } from '../../src/core/law/rulebooks/published.ts';
import { goldenPage } from './golden.js';
import { cell, heading, table } from './markdown.js';
import { WATCHED } from './watched-law.js';

/** docs/rulebooks.md: every clause with its dates, and which clauses each signal speaks to. */
export function rulebooksPage() {
  const books = loadRulebooks().map((book) => publishedRulebook(book, book.edition.slice(0, 10)));
  return [
    heading('Rulebooks'),
    'A rulebook is one law, standard or code as data: what each clause asks of a file, from which day, and which signals speak to it. A finding says what a file holds, never whether anybody kept a law. Clauses marked “secondary” were read in secondary sources and not yet compared with the official text. How to write one: [adding-a-rulebook.md](adding-a-rulebook.md).',
    '## All of them',
    table(
      ['id', 'jurisdiction', 'instrument', 'edition', 'clauses', 'first day', 'last to begin'],
      books.map((book) => {
        const days = book.rules.map(({ inForce }) => inForce.from).sort();
        return [
          `[\`${book.id}\`](#${book.id})`,
          book.jurisdiction,
          book.title.en,
          book.edition,
          book.rules.length,
          days[0],
          days.at(-1),
        ];
      }),
    ),
    ...books.flatMap(bookPart),
    '## Which clauses a signal speaks to',
    'A clause stands here when one of its conditions names the signal.',
    table(['signal', 'clauses'], signalRows(books)),
    '## Watched, without rules',
    'Jurisdictions whose law does not (yet) ask anything that a file could show, or whose text was not seen.',
    table(
      ['jurisdiction', 'instrument', 'what is known'],
      WATCHED.map(({ jurisdiction, instrument, known }) => [jurisdiction, instrument, known]),
    ),
    ...goldenPage(),
  ]
    .join('\n\n')
    .concat('\n');
}

function bookPart(book) {
  const { instrument } = book;
  const names = [instrument.originalTitle, instrument.number].filter((one) => one !== undefined);
  return [
    `## ${book.id}`,
    `**${instrument.title}**${names.length > 0 ? ` (${names.join('; ')})` : ''}. ${instrument.address}`,
    book.about.en,
    table(
      ['rule', 'clause', 'asks', 'binds', 'from', 'until', 'status', 'source'],
      book.rules.map((rule) => [
        `\`${rule.id}\``,
        rule.clause,
        rule.notAssessable ? `${rule.asks.en} *Cannot be told from a file.*` : rule.asks.en,
        rule.binds.join(', '),
        rule.inForce.from,
        rule.inForce.until ?? '',
        rule.status,
        rule.verified ? 'official text' : 'secondary',
      ]),
    ),
  ];
}

function signalRows(books) {
  const clauses = new Map();
  for (const { id, rules } of books) {
    for (const rule of rules) {
      const conditions = [rule.appliesWhen, rule.answeredWhen, rule.partlyAnsweredWhen];
      const named = conditions.flatMap((one) => [
        ...(one?.any ?? []),
        ...(one?.all ?? []),
        ...(one?.none ?? []),
      ]);
      for (const signal of new Set(named.map((term) => term.signal))) {
        clauses.set(signal, [...(clauses.get(signal) ?? []), `${id} ${rule.clause}`]);
      }
    }
  }
  return [...clauses]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([signal, where]) => [`\`${signal}\``, cell(where.join('; '))]);
}
