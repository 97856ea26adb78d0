import type { Stored } from '../../../base/message-schema.js';
import { dayMessage, listMessage } from '../../../i18n/amounts.js';
import type { Language } from '../../../i18n/languages.js';
import { type Message, message } from '../../../i18n/message.js';
import type { Translator } from '../../../i18n/translator.js';
import type { MediaKind } from '../../media/media-kinds.js';
import type { Finding, LocalizedFinding, Outcome } from '../../report/finding-schema.js';
import { readText } from '../../report/message-lookup.js';
import type { StoredReport } from '../../report/report.js';
import type { BookKind } from '../../report/rule-terms.js';
import type { Rule, Rulebook } from '../rulebook.js';
import { QUOTE_PLACEHOLDER } from './check-texts.js';
import { findQuotation, partMessage, type StatementContext, statementMessage } from './statement.js';
import { type LawTexts, type RuleText, textsOf } from './texts.js';

/** Texts of findings, produced when a Report is returned; a stored Report contains none. */

export interface FindingTexts {
  /** Clause number in the citation style of the language. */
  clause: string;
  title: string;
  statement: string;
  /** Quotations of the law within the statement. */
  quotations?: NonNullable<LocalizedFinding['quotations']>;
  /** Missing parts, if only some were found. */
  missing?: string;
  /** Language of title and statement, if it differs from the requested one. */
  language?: Language;
}

/** Members of a Report that the texts of its findings use. */
export type FindingContext = StatementContext & {
  summary?: { messages?: unknown };
  tool: { rulebooks?: readonly { id: string; edition: string; kind?: BookKind }[] };
};

/** Returns the texts of a finding. `rulebooks`: all that are loaded. */
export function findingTexts(
  finding: Finding,
  report: FindingContext,
  translator: Translator,
  rulebooks: readonly Rulebook[],
): FindingTexts {
  const book = rulebooks.find(({ id }) => id === finding.rulebook);
  const rule = book?.rules.find(({ id }) => id === finding.rule);
  const law = book && rule && { rule, kind: book.kind, texts: textsOf(book, translator.language) };
  const clause = law === undefined ? finding.clause : clauseIn(law.texts, law.rule);
  if (law === undefined)
    return { clause, title: clause, statement: missingClauseStatement(finding, report, translator) };
  const { rule: said, texts } = law;
  if (!hasTextsFor(finding, said, texts))
    return {
      clause,
      title: textIn(texts, said, 'title') ?? clause,
      statement: missingClauseStatement(finding, report, translator),
    };
  const { language } = texts.translator;
  return {
    clause,
    title: textIn(texts, said, 'title') ?? clause,
    statement: texts.translator.translate(
      statementMessage(finding, { rule: said, kind: law.kind }, texts, report),
    ),
    ...quotationsIn(said, texts, finding.outcome),
    ...missingPartsText(finding, said, texts, report),
    ...(language === translator.language ? {} : { language }),
  };
}

function missingPartsText(
  { outcome, missing = [] }: Finding,
  rule: Rule,
  texts: LawTexts,
  { signals }: FindingContext,
): Pick<FindingTexts, 'missing'> {
  if (outcome !== 'partly-answered' || missing.length === 0) return {};
  return {
    missing: texts.translator.translate(
      listMessage(missing.map((id) => partMessage(id, rule, texts, signals))),
    ),
  };
}

/** A stored Report may name parts that a later edition of the clause lacks. */
const hasTextsFor = (
  { found = [], missing = [], unread = [] }: Finding,
  { id }: Rule,
  texts: LawTexts,
): boolean =>
  [...found, ...missing, ...unread].every((part) => texts.template(id, `part.${part}`) !== undefined);

function quotationsIn(
  rule: Rule,
  texts: LawTexts,
  outcome: Finding['outcome'],
): Pick<FindingTexts, 'quotations'> {
  const isQuoted = texts.template(rule.id, `statement.${outcome}`)?.includes(`{${QUOTE_PLACEHOLDER}}`);
  const quotation = isQuoted ? findQuotation(rule, texts.translator.language) : undefined;
  return quotation === undefined ? {} : { quotations: [quotation] };
}

/** Returns the findings with title and statement inserted at their published positions. */
export function localizeFindings(
  findings: readonly Finding[],
  report: FindingContext,
  translator: Translator,
  rulebooks: readonly Rulebook[],
): LocalizedFinding[] {
  return findings.map((stored) => {
    const finding = toStoredFinding(stored);
    const { rulebook, rule, provision, clause, outcome, because, ...rest } = finding;
    const {
      clause: _,
      missing: __,
      title,
      statement,
      ...words
    } = findingTexts(finding, report, translator, rulebooks);
    return { rulebook, rule, provision, clause, title, outcome, because, statement, ...words, ...rest };
  });
}

/** Returns the stored form of a finding. Versions before 0.2 stored findings with texts, which are removed too. */
export function toStoredFinding(given: Finding | LocalizedFinding): Finding {
  const { title: _, statement: __, language: ___, quotations: ____, ...finding }: FindingWithTexts = given;
  return finding;
}
type FindingWithTexts = Stored<LocalizedFinding> & Partial<LocalizedFinding>;

/** Returns `tool.rulebooks` with the titles of the laws; for a law that is not loaded, its stored title or id. */
export function localizeRulebooks<T extends { id: string }>(
  known: readonly T[],
  translator: Translator,
  rulebooks: readonly Rulebook[],
): (T & { title: string })[] {
  return known.map((one) => {
    const book = rulebooks.find(({ id }) => id === one.id);
    return {
      ...one,
      title: book === undefined ? (readText(one, 'title') ?? one.id) : titleOf(book, translator),
    };
  });
}

/** Returns who wrote the text of a law and when: “Assay’s text” is said of Assay's own alone. */
export const editionMessage = (signer: { name: string } | undefined, day: Message): Message =>
  signer === undefined
    ? message('rulebook.edition', { day })
    : message('rulebook.editionBy', { day, name: signer.name });

/** Returns a line for each clause of a law that a layer disables. */
export const disabledMessages = (
  disabled: StoredReport['tool']['rulebooks'][number]['disabled'] = [],
): Message[] =>
  disabled.flatMap(({ rule, clause = rule, by, reason }) =>
    by === undefined || reason === undefined
      ? []
      : [message('rulebook.disabledBy', { clause, name: by, reason })],
  );

/** A Report names all laws of a jurisdiction; their titles come from the index, so that no text file has to be read. */
const titleOf = (book: Rulebook, { language }: Translator): string =>
  book.titles?.[language] ?? book.titles?.['en'] ?? textsOf(book, language).title;

/** Returns a text of the rule; `undefined` if the law has none. */
export function textIn(
  { message: said, translator: speech }: LawTexts,
  { id }: Rule,
  what: RuleText,
): string | undefined {
  const text = said(id, what);
  return text && speech.translate(text);
}

/** Returns the word for an outcome. Only law is in force on some days; a code or practice applies. Sound is heard. */
export function outcomeMessage(outcome: Outcome, kind: BookKind, media?: MediaKind): Message {
  if (outcome === 'not-in-force' && kind !== 'law') return message('law.outcome.not-in-force.noLaw');
  if (outcome === 'look' && media === 'audio') return message('law.outcome.look.audio');
  return message(`law.outcome.${outcome}`);
}

/** Returns the word for a clause without a first day. */
export const pendingMessage = (kind: BookKind): Message =>
  message(kind === 'law' ? 'rulebook.pending' : 'rulebook.pending.noLaw');

/** Returns the clause number in the citation style of the language. */
export const clauseIn = (texts: LawTexts, rule: Rule): string => textIn(texts, rule, 'clause') ?? rule.clause;

/** A stored Report may refer to a clause that later editions of the law lack. */
function missingClauseStatement(
  { rulebook, outcome }: Finding,
  { tool }: FindingContext,
  translator: Translator,
): string {
  const book = tool.rulebooks?.find(({ id }) => id === rulebook);
  const edition = book?.edition;
  const then = outcomeMessage(outcome, book?.kind ?? 'law');
  return edition === undefined
    ? translator.text('finding.goneUndated', { outcome: then })
    : translator.text('finding.gone', { edition: dayMessage(edition), outcome: then });
}
