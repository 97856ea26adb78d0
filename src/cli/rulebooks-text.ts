import { escapeTerminal } from '../core/ground/terminal-text.js';
import { statusOn } from '../core/law/finding.js';
import type { Part, Period, Rule, Rulebook } from '../core/law/rulebook.js';
import type { FindingChange, RuleChange } from '../core/law/rulebook-diff.js';
import { statementsOf } from '../core/law/rulebooks/check-texts.js';
import { quotationOf } from '../core/law/rulebooks/statement.js';
import { clauseIn, findingWords, tellFindings, textIn } from '../core/law/rulebooks/tell.js';
import { type LawTexts, textsOf } from '../core/law/rulebooks/texts.js';
import { gradeOf, verifiedBy } from '../core/law/sources.js';
import type { WatchedLaw } from '../core/law/watched.js';
import type { Finding } from '../core/report/finding-schema.js';
import type { Report } from '../core/report/report.js';
import type { Language } from '../say/languages.js';
import { type Said, said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';

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
      ...inEnglish(book, lang).map((line) => `  ${line}`),
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
  const head = [...inEnglish(book, lang), title, ...names, about, edition];
  return `${head.join('\n')}\n\n${rules.join('\n\n')}\n`;
}

/** Said once, before words that are in another language than the one asked for. */
export const inEnglish = (book: Rulebook, lang: Language): string[] =>
  textsOf(book, lang).speech.language === lang ? [] : [speechOf(lang).words('rulebook.inEnglish')];

export function ruleText(book: Rulebook, rule: Rule, lang: Language, today: string): string {
  const speech = speechOf(lang);
  const texts = textsOf(book, lang);
  const note = textIn(texts, rule, 'note');
  const facts = [
    said(`rulebook.kind.${rule.kind}`),
    ...rule.periods.map((period) => periodSaid(period, rule, texts)),
    rule.pending ? said('rulebook.pending') : said(`law.state.${stateOf(rule, today)}`),
    ...(rule.voluntary ? [said('rulebook.voluntary')] : []),
    said('rulebook.binds', { roles: rule.binds.map((one) => said(`law.role.${one}`)) }),
  ];
  return [
    `${clauseIn(texts, rule)}  ${textIn(texts, rule, 'title')}`,
    `  ${textIn(texts, rule, 'asks')}`,
    `  ${facts.map((one) => texts.speech.say(one)).join(' · ')}`,
    ...conditionLines(rule, texts),
    ...ownSentences(rule, texts),
    ...(verifiedBy(rule.sources) ? [] : [`  ${speech.words('rulebook.notCompared')}`]),
    ...(note ? [`  ${note}`] : []),
    ...sourceLines(rule, speech),
  ].join('\n');
}

function periodSaid({ from, until, cohort }: Period, rule: Rule, texts: LawTexts): Said {
  const period =
    until === undefined ? said('rulebook.from', { from }) : said('rulebook.between', { from, until });
  const whom = cohort === undefined ? undefined : texts.said(rule.id, `cohort.${cohort}`);
  return whom === undefined ? period : said('rulebook.cohort', { period, whom });
}

/** What brings it into play, what is looked for, and for what it does not hold. */
function conditionLines(rule: Rule, texts: LawTexts): string[] {
  const { trigger, parts = [], exceptions = [], kind } = rule;
  const { speech } = texts;
  const signals = [...(trigger?.all ?? []), ...(trigger?.any ?? [])].map(({ signal }) => signal);
  const heading = kind === 'prohibition' ? 'rulebook.indicators' : 'rulebook.parts';
  return [
    ...(signals.length === 0
      ? []
      : [`  ${speech.words('rulebook.trigger', { signals: [...new Set(signals)] })}`]),
    ...(parts.length === 0 ? [] : [`  ${speech.words(heading)}`]),
    ...parts.flatMap((part) => partLines(part, rule, texts)),
    ...(exceptions.length === 0 ? [] : [`  ${speech.words('rulebook.exceptions')}`]),
    ...exceptions.map(({ id }) => `    ${wordsFor(rule, texts, `exception.${id}`)}`),
  ];
}

/** Where there is one way, it says the same as the part. */
function partLines({ id, ways = [] }: Part, rule: Rule, texts: LawTexts): string[] {
  const inWays =
    ways.length < 2 ? [] : ways.map((way) => `      ${wordsFor(rule, texts, `part.${id}.${way.id}`)}`);
  return [`    ${wordsFor(rule, texts, `part.${id}`)}`, ...inWays];
}

/** What the file would give stands as dots. */
const wordsFor = (rule: Rule, texts: LawTexts, what: `part.${string}` | `exception.${string}`): string =>
  texts.speech.say(texts.said(rule.id, what, { value: '…' }) ?? said('text.asWritten', { text: what }));

/** What it says of files of which only people can tell, or nobody. */
function ownSentences(rule: Rule, texts: LawTexts): string[] {
  const quotation = quotationOf(rule, texts.speech.language);
  return (['look', 'not-assessable'] as const)
    .filter((outcome) => statementsOf(rule).has(outcome))
    .flatMap((outcome) => {
      const params = quotation && { quote: said('finding.quotation', { text: quotation.text }) };
      const sentence = texts.said(rule.id, `statement.${outcome}`, params);
      return sentence === undefined ? [] : [`  ${texts.speech.say(sentence)}`];
    });
}

/** The grade, and each source with what it bears out. */
function sourceLines(rule: Pick<Rule, 'sources' | 'checkAgainOn'>, speech: Speech): string[] {
  return [
    `  ${speech.words(`rulebook.grade.${gradeOf(rule.sources)}`)}`,
    ...rule.sources.flatMap(({ kind, title, locator, address, quotation, seenOn, supports }) => [
      `    ${speech.words('rulebook.source.line', {
        kind: said(`rulebook.source.${kind}`),
        title: locator === undefined ? title : `${title}, ${locator}`,
        supports: supports.map((one) => said(`rulebook.supports.${one}`)),
        seenOn,
      })}`,
      ...(address === undefined ? [] : [`      ${address}`]),
      ...(quotation === undefined
        ? []
        : [`      ${speech.words('finding.quotation', { text: quotation.text })}`]),
    ]),
    ...(rule.checkAgainOn === undefined
      ? []
      : [`  ${speech.words('rulebook.checkAgain', { day: rule.checkAgainOn })}`]),
  ];
}

/** Said before and after that it is no finding. */
export function watchedText(all: readonly WatchedLaw[], { lang }: Wording): string {
  const speech = speechOf(lang);
  const rows = all.map((one) => {
    const state = said(`rulebook.watched.${one.state}`);
    const facts = [
      state,
      ...(one.effective === undefined ? [] : [said('rulebook.from', { from: one.effective })]),
    ];
    return [
      `${one.jurisdiction}  ${one.instrument}`,
      `  ${one.asks}`,
      `  ${facts.map((fact) => speech.say(fact)).join(' · ')}`,
      ...(one.known === undefined ? [] : [`  ${one.known}`]),
      ...sourceLines(one, speech),
    ].join('\n');
  });
  const english = all.some(({ language }) => language !== undefined)
    ? [speech.words('rulebook.inEnglish')]
    : [];
  const body = rows.length === 0 ? [speech.words('rulebook.watched.none')] : rows;
  return `${[[speech.words('rulebook.watched.head'), ...english].join('\n'), ...body].join('\n\n')}\n`;
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

function changeText({ on, change, rule, cohort }: RuleChange, book: Rulebook, lang: Language): string {
  const speech = speechOf(lang);
  const texts = textsOf(book, lang);
  const period = rule.periods.find(
    (one) => one.cohort === cohort && (change === 'begins' ? one.from : one.until) === on,
  );
  return [
    ...inEnglish(book, lang),
    `${on}  ${speech.words(`rulebook.change.${change}`)}: ${texts.title}, ${clauseIn(texts, rule)}`,
    `  ${textIn(texts, rule, 'title')}`,
    ...(period === undefined ? [] : [`  ${texts.speech.say(periodSaid(period, rule, texts))}`]),
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
