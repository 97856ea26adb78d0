import { dayMessage, listMessage } from '../../../i18n/amounts.js';
import { type Message, message } from '../../../i18n/message.js';
import type { Translator } from '../../../i18n/translator.js';
import { type AnsweredReport, answerLaw, MAX_ANSWERS } from '../../law/answer.js';
import { bindsOneOf } from '../../law/binding.js';
import type { Rule, Rulebook } from '../../law/rulebook.js';
import { loadRulebooks } from '../../law/rulebooks/index.js';
import { jurisdictionName } from '../../law/rulebooks/jurisdictions.js';
import { partMessage } from '../../law/rulebooks/statement.js';
import { type LawTexts, textsOf } from '../../law/rulebooks/texts.js';
import type { Finding } from '../../report/finding-schema.js';
import type { StoredReport } from '../../report/report.js';
import type { ClauseCondition, Role } from '../../report/rule-terms.js';
import type { Signal } from '../../report/signal.js';

/** Returns the lines above the clauses: the answer for the requested places, and the file's own days with those of the law. */
export function lawLines(
  report: AnsweredReport & Pick<StoredReport, 'fileDates'>,
  translator: Translator,
): string[] {
  const { fileDates = [], tool } = report;
  const dates = fileDates.map(({ day, is, carrier }) =>
    is === 'proven'
      ? message('law.fileDate.proven', { day: dayMessage(day) })
      : message('law.fileDate.claimed', { day: dayMessage(day), carrier: message(`carrier.${carrier}`) }),
  );
  return [
    ...lawAnswerLines(report, translator).flat(),
    ...(dates.length === 0
      ? []
      : [translator.text('law.fileDates', { dates: listMessage(dates), asOf: dayMessage(tool.asOf) })]),
  ];
}

/**
 * Returns the lines of each place, at most five in all, each with a clause, what the file shows and who must do it. For
 * more places than lines, a choice of clauses would be arbitrary, so the reader is asked for a place.
 */
export function lawAnswerLines(report: AnsweredReport, translator: Translator): string[][] {
  const places = new Set(report.law?.map(({ jurisdiction }) => jurisdiction)).size;
  if (places === 0) return [];
  if (places > MAX_ANSWERS) return [[translator.text('law.answer.choose')]];
  return answerLaw(report).map(({ jurisdiction, roles, findings }) =>
    findings.length === 0
      ? [
          translator.text('law.answer.none', {
            place: message('text.asWritten', {
              text: jurisdictionName(jurisdiction, loadRulebooks(), translator),
            }),
          }),
        ]
      : findings.flatMap((finding) => lineOf(finding, report, roles, translator) ?? []),
  );
}

/** The law's own translator is used: a law without texts in the reader's language speaks English. */
function lineOf(
  finding: Finding,
  { signals, tool }: AnsweredReport,
  roles: readonly Role[] | undefined,
  { language }: Translator,
): string | undefined {
  const book = loadRulebooks().find(({ id }) => id === finding.rulebook);
  const rule = book?.rules.find(({ id }) => id === finding.rule);
  if (book === undefined || rule === undefined) return undefined;
  const texts = textsOf(book, language);
  const { outcome, inForce } = finding;
  const about = {
    law: texts.shortMessage,
    clause: texts.message(rule.id, 'clause') ?? message('text.asWritten', { text: rule.clause }),
    title: texts.message(rule.id, 'title') ?? message('text.asWritten', { text: rule.clause }),
    duty: dutyMessage(finding, roles, book),
  };
  const line =
    outcome === 'not-in-force' && inForce.from !== undefined && !rule.pending
      ? message('law.answer.notYet', {
          ...about,
          asOf: dayMessage(tool.asOf),
          from: dayMessage(inForce.from),
        })
      : message('law.answer.line', {
          ...about,
          shown: shownMessage(finding, message(`law.outcome.${outcome}`), { rule, texts, signals }),
        });
  return texts.translator.translate(
    rule.onlyIf === undefined
      ? line
      : message('law.answer.onlyIf', { line, conditions: conditionsMessage(rule.onlyIf) }),
  );
}

/** Returns the outcome with the parts of the clause that it concerns. `word`: the outcome alone. */
export function shownMessage(
  { outcome, found, missing, unread }: Pick<Finding, 'outcome' | 'found' | 'missing' | 'unread'>,
  word: Message,
  { rule, texts, signals }: { rule: Rule; texts: LawTexts; signals: readonly Signal[] },
): Message {
  const named =
    outcome === 'indeterminate'
      ? unread
      : outcome === 'no-signal-found' || outcome === 'partly-answered'
        ? missing
        : found;
  return named === undefined
    ? word
    : message(outcome === 'partly-answered' ? 'law.answer.missing' : 'law.answer.shown', {
        outcome: word,
        parts: listMessage(named.map((id) => partMessage(id, rule, texts, signals))),
      });
}

export const conditionsMessage = (onlyIf: readonly ClauseCondition[]): Message =>
  listMessage(onlyIf.map((one) => message(`law.onlyIf.${one}`)));

/** Returns who must do what a clause asks, and whether it is one of the given roles. */
export function dutyMessage(
  finding: Finding,
  roles: readonly Role[] | undefined,
  { kind }: Pick<Rulebook, 'kind'>,
): Message {
  const named = (those: readonly Role[]) => listMessage(those.map((one) => message(`law.forRole.${one}`)));
  const whom = named(finding.binds);
  if (finding.status === 'voluntary' || kind !== 'law') return message('law.answer.voluntary', { whom });
  if (roles === undefined) return message('law.answer.binds', { whom });
  return bindsOneOf(finding, roles)
    ? message('law.answer.bindsYou', { whom })
    : message('law.answer.notYou', { whom, you: named(roles) });
}
