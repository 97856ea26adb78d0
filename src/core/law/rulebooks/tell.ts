import { daySaid, listSaid } from '../../../say/amounts.js';
import type { Language } from '../../../say/languages.js';
import { said } from '../../../say/said.js';
import type { Speech } from '../../../say/speech.js';
import type { Finding } from '../../report/finding-schema.js';
import type { Rule, Rulebook } from '../rulebook.js';
import { QUOTE } from './check-texts.js';
import { type About, partSaid, quotationOf, statementSaid } from './statement.js';
import { type LawTexts, type RuleText, textsOf } from './texts.js';

/** The words of findings, made by whoever answers: a kept Report has none. */

export interface FindingWords {
  /** As the language cites it. */
  clause: string;
  title: string;
  statement: string;
  /** Words of the statement that are the law's own. */
  quotations?: NonNullable<Finding['quotations']>;
  /** Of what was found in part: what of it is not there. */
  missing?: string;
  /** Of title and statement, where it is another than the one asked for. */
  language?: Language;
}

/** What of a Report goes into the words of its findings. */
export type Spoken = About & {
  summary?: { said?: unknown };
  tool: { rulebooks?: readonly { id: string; edition: string }[] };
};

/** `rulebooks`: all that are here. */
export function findingWords(
  finding: Finding,
  report: Spoken,
  speech: Speech,
  rulebooks: readonly Rulebook[],
): FindingWords {
  const book = rulebooks.find(({ id }) => id === finding.rulebook);
  const rule = book?.rules.find(({ id }) => id === finding.rule);
  const law = book && rule && { rule, texts: textsOf(book, speech.language) };
  const clause = law === undefined ? finding.clause : clauseIn(law.texts, law.rule);
  const kept = keptWords(finding, report, speech);
  if (kept !== undefined) return { clause, ...kept };
  if (law === undefined) return { clause, title: clause, statement: goneStatement(finding, report, speech) };
  const { rule: said, texts } = law;
  if (!hasWordsFor(finding, said, texts))
    return {
      clause,
      title: textIn(texts, said, 'title') ?? clause,
      statement: goneStatement(finding, report, speech),
    };
  const { language } = texts.speech;
  return {
    clause,
    title: textIn(texts, said, 'title') ?? clause,
    statement: texts.speech.say(statementSaid(finding, said, texts, report)),
    ...quotationsIn(said, texts, finding.outcome),
    ...missingIn(finding, said, texts, report),
    ...(language === speech.language ? {} : { language }),
  };
}

function missingIn(
  { outcome, missing = [] }: Finding,
  rule: Rule,
  texts: LawTexts,
  { signals }: Spoken,
): Pick<FindingWords, 'missing'> {
  if (outcome !== 'partly-answered' || missing.length === 0) return {};
  return { missing: texts.speech.say(listSaid(missing.map((id) => partSaid(id, rule, texts, signals)))) };
}

/** A kept Report may name parts that a later edition of the clause does not have. */
const hasWordsFor = (
  { found = [], missing = [], unread = [] }: Finding,
  { id }: Rule,
  texts: LawTexts,
): boolean =>
  [...found, ...missing, ...unread].every((part) => texts.written(id, `part.${part}`) !== undefined);

function quotationsIn(
  rule: Rule,
  texts: LawTexts,
  outcome: Finding['outcome'],
): Pick<FindingWords, 'quotations'> {
  const isQuoted = texts.written(rule.id, `statement.${outcome}`)?.includes(`{${QUOTE}}`);
  const quotation = isQuoted ? quotationOf(rule, texts.speech.language) : undefined;
  return quotation === undefined ? {} : { quotations: [quotation] };
}

/** The same findings with title and statement in words, each where it stands in what is published. */
export function tellFindings(
  findings: readonly Finding[],
  report: Spoken,
  speech: Speech,
  rulebooks: readonly Rulebook[],
): Finding[] {
  return findings.map((finding) => {
    const { rulebook, rule, provision, clause, outcome, because, ...rest } = untoldFinding(finding);
    const {
      clause: _,
      missing: __,
      title,
      statement,
      ...words
    } = findingWords(finding, report, speech, rulebooks);
    return { rulebook, rule, provision, clause, title, outcome, because, statement, ...words, ...rest };
  });
}

/** As it is kept. */
export function untoldFinding(told: Finding): Finding {
  const { title: _, statement: __, language: ___, quotations: ____, ...finding } = told;
  return finding;
}

/** Findings of 0.1 hold the English of their day, in a Report that holds nothing to make other words of. */
const holdsWords = ({ statement }: Finding, { summary }: Spoken): boolean =>
  statement !== undefined && summary !== undefined && summary.said === undefined;

function keptWords(
  finding: Finding,
  report: Spoken,
  speech: Speech,
): Omit<FindingWords, 'clause'> | undefined {
  if (!holdsWords(finding, report)) return undefined;
  const { title = finding.clause, statement = '' } = finding;
  return { title, statement, ...(speech.language === 'en' ? {} : { language: 'en' }) };
}

/** `tool.rulebooks` with the titles of the laws; of one that is not here what it was called, or its id. */
export function tellRulebooks<T extends { id: string; title?: string }>(
  known: readonly T[],
  speech: Speech,
  rulebooks: readonly Rulebook[],
): (T & { title: string })[] {
  return known.map((one) => {
    const book = rulebooks.find(({ id }) => id === one.id);
    return {
      ...one,
      title: book === undefined ? (one.title ?? one.id) : titleOf(book, speech),
    };
  });
}

/** A Report names all laws of a place: their titles stand in the index, so that no other word of theirs is read. */
const titleOf = (book: Rulebook, { language }: Speech): string =>
  book.titles?.[language] ?? book.titles?.['en'] ?? textsOf(book, language).title;

/** Undefined where the law has no such text. */
export function textIn({ said, speech }: LawTexts, { id }: Rule, what: RuleText): string | undefined {
  const text = said(id, what);
  return text && speech.say(text);
}

/** A clause as the language cites it. */
export const clauseIn = (texts: LawTexts, rule: Rule): string => textIn(texts, rule, 'clause') ?? rule.clause;

/** A kept Report may speak of a clause that a later edition of the law no longer has. */
function goneStatement({ rulebook, outcome }: Finding, { tool }: Spoken, speech: Speech): string {
  const edition = tool.rulebooks?.find(({ id }) => id === rulebook)?.edition;
  const then = said(`law.outcome.${outcome}`);
  return edition === undefined
    ? speech.words('finding.goneUndated', { outcome: then })
    : speech.words('finding.gone', { edition: daySaid(edition), outcome: then });
}
