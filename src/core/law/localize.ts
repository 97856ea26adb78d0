import { codedMessage } from '../../base/fault.js';
import { asRecord } from '../../base/json-shape.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import {
  type CodedFault,
  completeSummary,
  type Localizable,
  localizeReason,
  localizeSentences,
  readText,
  withHeadlineText,
} from '../report/message-lookup.js';
import type { FourFacts, LocalizedFacts, LocalizedReport, StoredReport } from '../report/report.js';
import { localizeFindings, localizeRulebooks, toStoredFinding } from './rulebooks/finding-texts.js';
import { loadRulebooks } from './rulebooks/index.js';

/**
 * Returns a Report localized for a reader: its texts are made from the messages in `messages` and the codes of unread
 * carriers. A Report can be localized repeatedly; `toStoredReport` restores the stored form. Pure.
 */
export function localizeReport(stored: StoredReport, translator: Translator): LocalizedReport {
  const books = loadRulebooks();
  const complete = { ...stored, summary: completeSummary(stored.summary) };
  const localized = rewriteReasons(
    rewriteTexts(complete, (members, texts) => addTexts(members, texts, translator)),
    (one) => localizeReason(one, translator),
  );
  const { summary, contradictions, whyMissing, notChecked, parts } = localized;
  const { asOf, asOfSource, language: _, ...tool } = localized.tool;
  const { language } = translator;
  // Only the type lacks these two, which are replaced below: so all members stay in their order.
  const report: Omit<typeof localized, 'whyMissing' | 'parts'> = localized;
  return {
    ...report,
    summary: {
      ...withTexts(summary, ['sentence']),
      headline: withHeadlineText(summary.headline, translator),
      facts: withFactTexts(summary.facts),
    },
    contradictions: contradictions.map((one) => withTexts(one, ['statement'])),
    findings: localizeFindings(localized.findings, localized, translator, books),
    ...(whyMissing && { whyMissing: whyMissing.map((one) => withTexts(one, ['says', 'source'])) }),
    notChecked: notChecked.map((one) => withTexts(one, ['what', 'why'])),
    ...(parts && { parts: parts.map(withHeadlineOfPart) }),
    tool: {
      ...tool,
      lists: tool.lists.map((one) => withTexts(one, ['name'])),
      rulebooks: localizeRulebooks(tool.rulebooks, translator, books),
      ...(language === 'en' ? {} : { language }),
      asOf,
      asOfSource,
    },
  };
}

/**
 * Returns an object with all these texts. A text that could not be made, because a stored Report lacks its message, is
 * `substitute`.
 */
function withTexts<T extends object, const N extends string>(
  of: T,
  names: readonly N[],
  substitute = '',
): T & Record<N, string> {
  const missing = names.filter((name) => readText(of, name) === undefined);
  const added = Object.fromEntries(missing.map((name) => [name, substitute]));
  return { ...of, ...added } as T & Record<N, string>;
}

/** A fact without a text, as one of a later version may be, is named by its code. */
function withFactTexts({ who, changed, ai, when }: FourFacts): LocalizedFacts {
  const complete = (fact: FourFacts['who']) => withTexts(fact, ['text'], fact.code);
  return { who: complete(who), changed: complete(changed), ai: complete(ai), when: complete(when) };
}

function withHeadlineOfPart(
  part: NonNullable<StoredReport['parts']>[number],
): NonNullable<LocalizedReport['parts']>[number] {
  const { outcome, ...rest } = part;
  return outcome === undefined ? rest : { ...part, outcome: withTexts(outcome, ['headline']) };
}

/** Returns the stored form of a Report, without localized texts. */
export function toStoredReport(report: LocalizedReport): StoredReport {
  const { summary, findings, tool, ...rest } = rewriteReasons(
    rewriteTexts(report, removeTexts),
    ({ code, params, reason }) => {
      // If the code has a message, the stored reason is dropped and made again on output.
      const why = reason === undefined ? undefined : codedMessage({ code, params });
      return why !== undefined && translatorFor('en').canTranslate(why) ? undefined : reason;
    },
  );
  const { language: _, ...storedTool } = tool;
  return {
    ...rest,
    summary: withoutHeadlineText(summary),
    findings: findings.map(toStoredFinding),
    tool: { ...storedTool, rulebooks: tool.rulebooks.map(({ title: __, ...one }) => one) },
  };
}

/** JSON of a version before 0.2 has no headline. */
function withoutHeadlineText(summary: StoredReport['summary']): StoredReport['summary'] {
  if (summary.headline === undefined) return summary;
  const { id, params } = summary.headline;
  return { ...summary, headline: { id, ...(params === undefined ? {} : { params }) } };
}

type Texts = Readonly<Record<string, Localizable>>;
type Members = readonly (readonly [string, unknown])[];

/** Rewrites every object with messages, at any depth. Unchanged objects are returned as they are, by identity. */
function rewriteTexts<T>(value: T, how: (members: Members, texts: Texts) => Members): T {
  if (Array.isArray(value)) return rewriteList(value, how) as T;
  const record = asRecord(value);
  if (record === undefined) return value;
  const texts = asRecord(record['messages']) as Texts | undefined;
  let isSame = texts === undefined;
  const members: [string, unknown][] = [];
  for (const name of Object.keys(record)) {
    const before = record[name];
    const member = typeof before !== 'object' || name === 'messages' ? before : rewriteTexts(before, how);
    if (member !== before) isSame = false;
    members.push([name, member]);
  }
  if (isSame) return value;
  return Object.fromEntries(texts === undefined ? members : how(members, texts)) as T;
}

function rewriteList(all: readonly unknown[], how: (members: Members, texts: Texts) => Members): unknown {
  const rewritten = all.map((one) => rewriteTexts(one, how));
  return rewritten.every((one, at) => one === all[at]) ? all : rewritten;
}

const removeTexts = (members: Members, texts: Texts): Members =>
  members.filter(([name]) => !Object.hasOwn(texts, name));

/** Each text is placed before the `messages` it was made from. */
const addTexts = (members: Members, texts: Texts, translator: Translator): Members =>
  removeTexts(members, texts).flatMap((member) =>
    member[0] === 'messages'
      ? [
          ...Object.entries(texts).map(([name, one]) => [name, localizeSentences(one, translator)] as const),
          member,
        ]
      : [member],
  );

/** Rewrites the reasons of unread carriers, the only texts made from codes instead of `messages`. */
function rewriteReasons<T extends Pick<StoredReport, 'summary' | 'reads'>>(
  report: T,
  reasonOf: (one: CodedFault & { reason?: string | undefined }) => string | undefined,
): T {
  const { summary, reads } = report;
  const reasoned = <F extends CodedFault>(fault: F): F => {
    const { reason: _, ...one }: F & { reason?: string } = fault;
    const reason = reasonOf({ ...one, reason: readText(fault, 'reason') });
    return { ...one, ...(reason === undefined ? {} : { reason }) } as unknown as F;
  };
  const { unread, ...coverage } = summary.coverage;
  return {
    ...report,
    summary: { ...summary, coverage: { ...coverage, unread: unread.map(reasoned) } },
    reads: Object.fromEntries(Object.entries(reads).map(([carrier, read]) => [carrier, reasoned(read)])),
  };
}
