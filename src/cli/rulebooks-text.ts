import { statusOn } from '../core/law/finding.js';
import type { Rule, Rulebook } from '../core/law/rulebook.js';
import type { FindingChange, RuleChange } from '../core/law/rulebook-diff.js';
import { clauseIn, findingWords, tellFindings, textIn } from '../core/law/rulebooks/tell.js';
import { textsOf } from '../core/law/rulebooks/texts.js';
import { verifiedBy } from '../core/law/sources.js';
import { escapeTerminal } from '../core/renderers/terminal-escape.js';
import type { Finding } from '../core/report/finding-schema.js';
import type { Report } from '../core/report/report.js';
import type { Language } from '../say/languages.js';
import { said } from '../say/said.js';
import { speechOf } from '../say/speech.js';

/** `assay rulebooks` for people. */

interface Wording {
  lang: Language;
}

export function listText(books: readonly Rulebook[], { lang }: Wording, today: string): string {
  const speech = speechOf(lang);
  const rows = books.map((book) => {
    const now = book.rules.filter((rule) => stateOf(rule, today) === 'in-force').length;
    const later = book.rules.filter((rule) => stateOf(rule, today) === 'pending');
    const next = later
      .flatMap(({ periods }) => periods.map(({ from }) => from))
      .filter((from) => from > today)
      .sort()[0];
    const counts = said('rulebook.counts', { all: book.rules.length, now, day: today });
    return [
      `${book.id}  (${book.jurisdiction})`,
      `  ${textsOf(book, lang).title}`,
      `  ${speech.say(next === undefined ? counts : said('rulebook.countsAndNext', { counts, day: next }))}`,
      `  ${speech.words('rulebook.edition', { day: book.edition })}  ${book.instrument.address}`,
    ].join('\n');
  });
  return `${rows.join('\n\n')}\n`;
}

export function showText(book: Rulebook, { lang }: Wording, today: string): string {
  const { instrument } = book;
  const { title, about } = textsOf(book, lang);
  const names = [instrument.title, instrument.originalTitle, instrument.number].filter(
    (one) => one !== undefined,
  );
  const edition = speechOf(lang).words('rulebook.edition', { day: book.edition });
  const rules = book.rules.map((rule) => ruleText(book, rule, lang, today));
  return `${title}\n${names.join('\n')}\n${about}\n${edition}\n\n${rules.join('\n\n')}\n`;
}

export function ruleText(book: Rulebook, rule: Rule, lang: Language, today: string): string {
  const speech = speechOf(lang);
  const texts = textsOf(book, lang);
  const reason = textIn(texts, rule, 'statement.not-assessable');
  const note = textIn(texts, rule, 'note');
  const facts = [
    ...rule.periods.map(({ from, until }) =>
      until === undefined ? said('rulebook.from', { from }) : said('rulebook.between', { from, until }),
    ),
    said(`law.state.${stateOf(rule, today)}`),
    said('rulebook.binds', { roles: rule.binds.map((one) => said(`law.role.${one}`)) }),
  ];
  return [
    `${clauseIn(texts, rule)}  ${textIn(texts, rule, 'title')}`,
    `  ${textIn(texts, rule, 'asks')}`,
    `  ${facts.map((one) => speech.say(one)).join(' · ')}`,
    ...(reason ? [`  ${reason}`] : []),
    ...(verifiedBy(rule.sources) ? [] : [`  ${speech.words('rulebook.notCompared')}`]),
    ...(note ? [`  ${note}`] : []),
    `  ${rule.sources.flatMap(({ address }) => address ?? []).join('\n  ')}`,
  ].join('\n');
}

export interface Diff {
  books: readonly Rulebook[];
  changes: readonly RuleChange[];
  /** What changes for one file, and its Report. */
  file?: { report: Report; outcomes: readonly FindingChange[] };
  options: Wording & { from: string; to: string };
}

export function diffText({ books, changes, file, options }: Diff): string {
  const { from, to, lang } = options;
  const speech = speechOf(lang);
  const general = changes.flatMap((change) => {
    const book = books.find(({ id }) => id === change.rulebook);
    return book === undefined ? [] : [changeText(change, book, lang)];
  });
  const all = general.length === 0 ? speech.words('rulebook.noChange', { from, to }) : general.join('\n\n');
  if (file === undefined) return `${all}\n`;
  const about = { ...file.report, tool: { ...file.report.tool, asOf: to } };
  const forFile = file.outcomes.map(({ before, after }) => {
    const book = books.find(({ id }) => id === after.rulebook);
    const { clause, statement } = findingWords(after, about, speech, books);
    const outcomes = [before, after].map(({ outcome }) => speech.words(`law.outcome.${outcome}`));
    return [
      `${book === undefined ? after.rulebook : textsOf(book, lang).title}, ${clause}: ${outcomes.join(' → ')}`,
      `  ${escapeTerminal(statement)}`,
      `  ${speech.words(`law.next.${after.next}`)}`,
    ].join('\n');
  });
  const changed = forFile.length === 0 ? speech.words('rulebook.sameForThisFile') : forFile.join('\n\n');
  return `${all}\n\n${speech.words('rulebook.forThisFile')}\n\n${changed}\n`;
}

function changeText({ on, change, rule }: RuleChange, book: Rulebook, lang: Language): string {
  const speech = speechOf(lang);
  const texts = textsOf(book, lang);
  return [
    `${on}  ${speech.words(`rulebook.change.${change}`)}: ${texts.title}, ${clauseIn(texts, rule)}`,
    `  ${textIn(texts, rule, 'title')}`,
    ...(change === 'begins' ? [`  ${textIn(texts, rule, 'asks')}`] : []),
    ...(rule.supersededBy === undefined
      ? []
      : [`  ${speech.words('rulebook.replacedBy', { rule: rule.supersededBy })}`]),
  ].join('\n');
}

/** As findings are published, in English. */
export function toldChange(
  { before, after }: FindingChange,
  report: Report,
  books: readonly Rulebook[],
  { from, to }: { from: string; to: string },
) {
  const on = (finding: Finding, asOf: string) =>
    tellFindings([finding], { ...report, tool: { ...report.tool, asOf } }, speechOf('en'), books)[0];
  return { before: on(before, from), after: on(after, to) };
}

/** What a clause is on a day, of those that may bind. */
function stateOf(rule: Rule, day: string): 'in-force' | 'pending' | 'superseded' {
  const { voluntary: _, ...binding } = rule;
  const status = statusOn(binding, day);
  return status === 'voluntary' ? 'in-force' : status;
}
