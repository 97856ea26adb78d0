import { loadRulebooks } from '../../src/core/law/rulebooks/index.ts';
import { toPublishedRulebook } from '../../src/core/law/rulebooks/published.ts';
import { loadWatchedLaw } from '../../src/core/law/watched.ts';
import { goldenPage } from './golden.js';
import { cell, heading, table } from './markdown.js';

/**
 * Generates docs/rulebooks.md: every clause with its kind, periods and sources, the clauses that each signal affects,
 * and watched law.
 */
export function rulebooksPage() {
  const books = loadRulebooks().map((book) => toPublishedRulebook(book, book.edition.slice(0, 10)));
  return [
    heading('Rulebooks'),
    'A rulebook is one law, standard or code as data: what each clause asks of a file, whom it binds and from which day, and which signals speak to it. A finding says what a file holds, never whether anybody kept a law. How to write one: [adding-a-rulebook.md](adding-a-rulebook.md).',
    'The grade of a clause comes of its sources: **A** the official words, a verbatim copy of them, or the authority’s own summary; **B2** two or more others that tell what it says; **B** fewer; **C** memory alone. Each source stands in `clauses.json` with what it bears out and the day it was seen; `assay rulebooks show ID` shows them.',
    '## All of them',
    table(
      ['id', 'jurisdiction', 'kind', 'instrument', 'edition', 'clauses', 'first day', 'last to begin'],
      books.map((book) => {
        const days = book.rules.flatMap(({ periods }) => periods.map(({ from }) => from)).sort();
        return [
          `[\`${book.id}\`](#${book.id})`,
          book.jurisdiction,
          KINDS[book.kind],
          book.title.en,
          book.edition,
          book.rules.length,
          days[0] ?? 'not law yet',
          days.at(-1) ?? '',
        ];
      }),
    ),
    ...books.flatMap(bookPart),
    '## Which clauses a signal speaks to',
    'A clause stands here when its trigger, a part of it or an exception names the signal.',
    table(['signal', 'clauses'], signalRows(books)),
    '## Watched law',
    'Dated context without clauses: what it asks for stands in no file, it is not law yet, or its text was not seen. No file is held against it, and nothing here is ever a finding. `assay rulebooks watched` shows the same with its sources.',
    table(
      ['jurisdiction', 'instrument', 'from', 'asks', 'grade', 'look again'],
      loadWatchedLaw('en').map(watchedRow),
    ),
    'Not looked into: Australia, the Philippines and South Africa.',
    ...goldenPage(),
  ]
    .join('\n\n')
    .concat('\n');
}

const KINDS = { law: 'law', code: 'voluntary code', practice: 'practice, no law' };

const STATES = { law: '', voluntary: 'voluntary', pending: 'not law yet', open: 'adoption not found' };

const watchedRow = ({ jurisdiction, instrument, state, effective, asks, known, grade, checkAgainOn }) => [
  jurisdiction,
  instrument,
  effective ?? STATES[state],
  known === undefined ? asks : `${asks} ${known}`,
  grade,
  checkAgainOn ?? '',
];

function bookPart(book) {
  const { instrument } = book;
  const names = [instrument.originalTitle, instrument.number].filter((one) => one !== undefined);
  return [
    `## ${book.id}`,
    `**${instrument.title}**${names.length > 0 ? ` (${names.join('; ')})` : ''}. ${instrument.address}`,
    book.about.en,
    table(
      ['rule', 'clause', 'kind', 'asks', 'binds', 'periods', 'grade'],
      book.rules.map((rule) => [
        `\`${rule.id}\``,
        rule.clause,
        rule.voluntary ? `${rule.kind}, voluntary` : rule.kind,
        rule.asks.en,
        rule.binds.join(', '),
        rule.pending ? 'not law yet' : rule.periods.map(periodCell).join('; '),
        rule.checkAgainOn === undefined ? rule.grade : `${rule.grade}, look again ${rule.checkAgainOn}`,
      ]),
    ),
  ];
}

/** Formats `2026-08-02 to 2026-12-02 (systems …)`: the second day is the first on which it no longer applies. */
function periodCell({ from, until, whom }) {
  const days = until === undefined ? `from ${from}` : `${from} until ${until}`;
  return whom === undefined ? days : `${days} (${whom.en})`;
}

function signalRows(books) {
  const clauses = new Map();
  for (const { id, rules } of books) {
    for (const rule of rules) {
      const conditions = [
        rule.trigger,
        ...(rule.parts ?? []).flatMap(({ when, ways = [] }) => [when, ...ways.map((way) => way.when)]),
        ...(rule.exceptions ?? []).map(({ when }) => when),
      ];
      const named = conditions.flatMap((one) => [
        ...(one?.any ?? []),
        ...(one?.all ?? []),
        ...(one?.none ?? []),
      ]);
      for (const signal of new Set(named.map((term) => term.signal)))
        clauses.set(signal, [...(clauses.get(signal) ?? []), `${id} ${rule.clause}`]);
    }
  }
  return [...clauses]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([signal, where]) => [`\`${signal}\``, cell(where.join('; '))]);
}
