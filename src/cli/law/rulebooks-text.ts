import { escapeTerminal } from '../../base/terminal-text.js';
import { statusOn } from '../../core/law/evaluate.js';
import type { ClausePart, Rule, Rulebook } from '../../core/law/rulebook.js';
import type { FindingChange, LawChanges } from '../../core/law/rulebook-diff.js';
import { listOwnStatements } from '../../core/law/rulebooks/check-texts.js';
import {
  clauseIn,
  disabledMessages,
  editionMessage,
  findingTexts,
  localizeFindings,
  outcomeMessage,
  pendingMessage,
  textIn,
} from '../../core/law/rulebooks/finding-texts.js';
import { findQuotation } from '../../core/law/rulebooks/statement.js';
import { type LawTexts, textsOf } from '../../core/law/rulebooks/texts.js';
import { gradeOf, isVerified } from '../../core/law/sources.js';
import type { WatchedLaw } from '../../core/law/watched.js';
import { changeRows, periodMessage } from '../../core/page/law/changes.js';
import type { Finding } from '../../core/report/finding-schema.js';
import type { StoredReport } from '../../core/report/report.js';
import type { Role } from '../../core/report/rule-terms.js';
import type { Language } from '../../i18n/languages.js';
import { type Message, message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';

/** Options of the texts of `assay rulebooks`. */

interface TextOptions {
  lang: Language;
}

export function listText(books: readonly Rulebook[], { lang }: TextOptions, today: string): string {
  const translator = translatorFor(lang);
  const rows = books.map((book) => {
    const now = book.rules.filter((rule) => stateOf(rule, today) === 'in-force').length;
    const later = book.rules.filter((rule) => stateOf(rule, today) === 'pending');
    const next = later
      .flatMap(({ periods }) => periods.map(({ from }) => from))
      .filter((from) => from > today)
      .sort()[0];
    const counts = message('rulebook.counts', { all: book.rules.length, now, day: today });
    return [
      `${book.id}  (${book.jurisdiction}, ${translator.text(`law.bookKind.${book.kind}`)})`,
      ...englishNotice(book, lang).map((line) => `  ${line}`),
      `  ${textsOf(book, lang).title}`,
      `  ${translator.translate(next === undefined ? counts : message('rulebook.countsAndNext', { counts, day: next }))}`,
      `  ${translator.translate(editionLine(book))}  ${book.instrument.address}`,
      ...disabledLines(book, translator),
    ].join('\n');
  });
  return `${rows.join('\n\n')}\n`;
}

export function showText(book: Rulebook, { lang }: TextOptions, today: string): string {
  const { instrument } = book;
  const { title, about } = textsOf(book, lang);
  const names = [instrument.title, instrument.originalTitle, instrument.number].filter(
    (one) => one !== undefined,
  );
  const edition = translatorFor(lang).translate(editionLine(book));
  const rules = book.rules.map((rule) => ruleText(book, rule, lang, today));
  const off = disabledLines(book, translatorFor(lang));
  const head = [...englishNotice(book, lang), title, ...names, about, edition, ...off];
  return `${head.join('\n')}\n\n${rules.join('\n\n')}\n`;
}

export const editionLine = ({ signer, edition }: Rulebook): Message =>
  editionMessage(signer, message('text.asWritten', { text: edition }));

const disabledLines = ({ disabled }: Rulebook, translator: Translator): string[] =>
  disabledMessages(disabled).map((one) => `  ${translator.translate(one)}`);

/** Returns a notice for texts that are not available in the requested language. */
export const englishNotice = (book: Rulebook, lang: Language): string[] =>
  textsOf(book, lang).translator.language === lang ? [] : [translatorFor(lang).text('rulebook.inEnglish')];

export function ruleText(book: Rulebook, rule: Rule, lang: Language, today: string): string {
  const translator = translatorFor(lang);
  const texts = textsOf(book, lang);
  const note = textIn(texts, rule, 'note');
  const facts = [
    message(`rulebook.kind.${rule.kind}`),
    ...rule.periods.map((period) => periodMessage(period, rule, texts)),
    ...stateMessages(book, rule, today),
    ...(rule.voluntary ? [message('rulebook.voluntary')] : []),
    message('rulebook.binds', { roles: rule.binds.map((one) => message(`law.role.${one}`)) }),
  ];
  return [
    `${clauseIn(texts, rule)}  ${textIn(texts, rule, 'title')}`,
    `  ${textIn(texts, rule, 'asks')}`,
    `  ${facts.map((one) => texts.translator.translate(one)).join(' · ')}`,
    ...conditionLines(rule, texts),
    ...statementLines(rule, texts),
    ...(isVerified(rule.sources) ? [] : [`  ${translator.text('rulebook.notCompared')}`]),
    ...(note ? [`  ${note}`] : []),
    ...sourceLines(rule, translator),
  ].join('\n');
}

/** Only law is in force; of a code or practice its days are enough. */
function stateMessages({ kind }: Rulebook, rule: Rule, today: string): Message[] {
  if (rule.pending) return [pendingMessage(kind)];
  return kind === 'law' ? [message(`law.state.${stateOf(rule, today)}`)] : [];
}

/** Lists the trigger, the required parts and the exceptions of a rule. */
function conditionLines(rule: Rule, texts: LawTexts): string[] {
  const { trigger, parts = [], exceptions = [], kind } = rule;
  const { translator: speech } = texts;
  const signals = [...(trigger?.all ?? []), ...(trigger?.any ?? [])].map(({ signal }) => signal);
  const heading = kind === 'prohibition' ? 'rulebook.indicators' : 'rulebook.parts';
  return [
    ...(signals.length === 0
      ? []
      : [`  ${speech.text('rulebook.trigger', { signals: [...new Set(signals)] })}`]),
    ...(parts.length === 0 ? [] : [`  ${speech.text(heading)}`]),
    ...parts.flatMap((part) => partLines(part, rule, texts)),
    ...(exceptions.length === 0 ? [] : [`  ${speech.text('rulebook.exceptions')}`]),
    ...exceptions.map(({ id }) => `    ${ruleWords(rule, texts, `exception.${id}`)}`),
  ];
}

/** A single way has the same text as its part. */
function partLines({ id, ways = [] }: ClausePart, rule: Rule, texts: LawTexts): string[] {
  const routeLines =
    ways.length < 2 ? [] : ways.map((way) => `      ${ruleWords(rule, texts, `part.${id}.${way.id}`)}`);
  return [`    ${ruleWords(rule, texts, `part.${id}`)}`, ...routeLines];
}

/** Values taken from a file are shown as dots. */
const ruleWords = (rule: Rule, texts: LawTexts, what: `part.${string}` | `exception.${string}`): string =>
  texts.translator.translate(
    texts.message(rule.id, what, { value: '…' }) ?? message('text.asWritten', { text: what }),
  );

/** Sentences of a rule for files that only people can assess, or nobody can. */
function statementLines(rule: Rule, texts: LawTexts): string[] {
  const quotation = findQuotation(rule, texts.translator.language);
  return (['look', 'not-assessable'] as const)
    .filter((outcome) => listOwnStatements(rule).has(outcome))
    .flatMap((outcome) => {
      const params = quotation && { quote: message('finding.quotation', { text: quotation.text }) };
      const sentence = texts.message(rule.id, `statement.${outcome}`, params);
      return sentence === undefined ? [] : [`  ${texts.translator.translate(sentence)}`];
    });
}

/** Lists the grade of the sources, and each source with the statements that it supports. */
function sourceLines(rule: Pick<Rule, 'sources' | 'checkAgainOn'>, translator: Translator): string[] {
  return [
    `  ${translator.text(`rulebook.grade.${gradeOf(rule.sources)}`)}`,
    ...rule.sources.flatMap(({ kind, title, locator, address, quotation, seenOn, supports }) => [
      `    ${translator.text('rulebook.source.line', {
        kind: message(`rulebook.source.${kind}`),
        title: locator === undefined ? title : `${title}, ${locator}`,
        supports: supports.map((one) => message(`rulebook.supports.${one}`)),
        seenOn,
      })}`,
      ...(address === undefined ? [] : [`      ${address}`]),
      ...(quotation === undefined
        ? []
        : [`      ${translator.text('finding.quotation', { text: quotation.text })}`]),
    ]),
    ...(rule.checkAgainOn === undefined
      ? []
      : [`  ${translator.text('rulebook.checkAgain', { day: rule.checkAgainOn })}`]),
  ];
}

/** The notice that this is no finding comes first. */
export function watchedText(all: readonly WatchedLaw[], { lang }: TextOptions): string {
  const translator = translatorFor(lang);
  const rows = all.map((one) => {
    const state = message(`rulebook.watched.${one.state}`);
    const facts = [
      state,
      ...(one.effective === undefined ? [] : [message('rulebook.from', { from: one.effective })]),
      ...(one.until === undefined ? [] : [message('rulebook.until', { until: one.until })]),
    ];
    return [
      `${one.jurisdiction}  ${one.instrument}`,
      `  ${one.asks}`,
      `  ${facts.map((fact) => translator.translate(fact)).join(' · ')}`,
      ...(one.known === undefined ? [] : [`  ${one.known}`]),
      ...sourceLines(one, translator),
    ].join('\n');
  });
  const english = all.some(({ language }) => language !== undefined)
    ? [translator.text('rulebook.inEnglish')]
    : [];
  const body = rows.length === 0 ? [translator.text('rulebook.watched.none')] : rows;
  return `${[[translator.text('rulebook.watched.head'), ...english].join('\n'), ...body].join('\n\n')}\n`;
}

export interface RulebookDiff extends LawChanges {
  /** Changes for one file, with its Report. */
  file?: { report: StoredReport; outcomes: readonly FindingChange[] };
  options: TextOptions & { from: string; to: string };
}

/** Lists the changes of law under the days they cover; law that binds the role, and all watched law. */
export function calendarText(
  changes: LawChanges,
  { from, to, role, lang }: TextOptions & { from: string; to: string; role?: readonly Role[] },
): string {
  const about = translatorFor(lang).text('rulebook.calendar.about', { from, to });
  const anyRole = role === undefined ? [] : [translatorFor(lang).text('rulebook.calendar.watchedAnyRole')];
  return `${[about, ...anyRole].join('\n')}\n\n${changesText(changes, { from, to, lang })}\n`;
}

function changesText(changes: LawChanges, { from, to, lang }: RulebookDiff['options']): string {
  const translator = translatorFor(lang);
  const rows = changeRows(changes, translator).map(({ on, heading, lines, source, language }) =>
    [
      ...(language === undefined ? [] : [translator.text('rulebook.inEnglish')]),
      `${on}  ${heading}`,
      ...lines.map((line) => `  ${line}`),
      `  ${[source.title, source.address].filter((one) => one !== undefined).join(': ')}`,
    ].join('\n'),
  );
  return rows.length === 0 ? translator.text('rulebook.noChange', { from, to }) : rows.join('\n\n');
}

export function diffText({ books, changes, watched, file, options }: RulebookDiff): string {
  const { to, lang } = options;
  const translator = translatorFor(lang);
  const all = changesText({ books, changes, watched }, options);
  if (file === undefined) return `${all}\n`;
  const about = { ...file.report, tool: { ...file.report.tool, asOf: to } };
  const forFile = file.outcomes.map(({ before, after }) => {
    const book = books.find(({ id }) => id === after.rulebook);
    const { clause, statement } = findingTexts(after, about, translator, books);
    const outcomes = [before, after].map(({ outcome }) =>
      translator.translate(outcomeMessage(outcome, book?.kind ?? 'law')),
    );
    return [
      `${book === undefined ? after.rulebook : textsOf(book, lang).title}, ${clause}: ${outcomes.join(' → ')}`,
      `  ${escapeTerminal(statement)}`,
      `  ${translator.text(`law.next.${after.next}`)}`,
    ].join('\n');
  });
  const changed = forFile.length === 0 ? translator.text('rulebook.sameForThisFile') : forFile.join('\n\n');
  return `${all}\n\n${translator.text('rulebook.forThisFile')}\n\n${changed}\n`;
}

/** Returns both findings as published, in English. */
export function localizeChange(
  { before, after }: FindingChange,
  report: StoredReport,
  books: readonly Rulebook[],
  { from, to }: { from: string; to: string },
) {
  const on = (finding: Finding, asOf: string) =>
    localizeFindings([finding], { ...report, tool: { ...report.tool, asOf } }, translatorFor('en'), books)[0];
  return { before: on(before, from), after: on(after, to) };
}

/** Returns the state of a rule on a day, counting a voluntary rule as one that may bind. */
function stateOf(rule: Rule, day: string): 'in-force' | 'pending' | 'superseded' {
  const { voluntary: _, ...binding } = rule;
  const status = statusOn(binding, day);
  return status === 'voluntary' ? 'in-force' : status;
}
