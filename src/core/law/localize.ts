import { codedMessage } from '../../base/fault.js';
import { asRecord } from '../../base/json-shape.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import {
  type CodedFault,
  type Localizable,
  localizeReason,
  localizeSentences,
  withHeadlineText,
} from '../report/message-lookup.js';
import type { LocalizedReport, StoredReport } from '../report/report.js';
import { localizeFindings, localizeRulebooks, toStoredFinding } from './rulebooks/finding-texts.js';
import { loadRulebooks } from './rulebooks/index.js';

/**
 * Returns a Report localized for a reader: its texts are made from the messages in `messages` and the codes of unread
 * carriers. A Report can be localized repeatedly; `toStoredReport` restores the stored form. Pure.
 */
export function localizeReport(report: StoredReport, translator: Translator): LocalizedReport {
  const { asOf, asOfSource, ...tool } = toStoredTool(report);
  const { language } = translator;
  const localized = {
    ...report,
    tool: { ...tool, ...(language === 'en' ? {} : { language }), asOf, asOfSource },
  };
  return localizeLaw(
    rewriteReasons(
      rewriteHeadline(
        rewriteTexts(localized, (members, texts) => addTexts(members, texts, translator)),
        translator,
      ),
      (one) => localizeReason(one, translator),
    ),
    translator,
  );
}

/** Returns the stored form of a Report, without localized texts. */
export function toStoredReport(report: LocalizedReport): StoredReport {
  const bare = rewriteReasons(
    rewriteHeadline(rewriteTexts({ ...report, tool: toStoredTool(report) }, removeTexts)),
    ({ code, params, reason }) => {
      // If the code has a message, the stored reason is dropped and made again on output.
      const why = reason === undefined ? undefined : codedMessage({ code, params });
      return why !== undefined && translatorFor('en').canTranslate(why) ? undefined : reason;
    },
  );
  // The texts are removed above, which no type shows.
  return { ...bare, findings: bare.findings.map(toStoredFinding) } as StoredReport;
}

function toStoredTool(report: LocalizedReport): LocalizedReport['tool'] {
  const { language: _, ...tool } = report.tool;
  return { ...tool, rulebooks: tool.rulebooks.map(({ title: _, ...one }) => one) };
}

/** The texts of findings come from the rulebooks. */
function localizeLaw(report: LocalizedReport, translator: Translator): LocalizedReport {
  const books = loadRulebooks();
  const { findings, tool } = report;
  const rulebooks = tool.rulebooks.flatMap((one) =>
    one.title === undefined ? localizeRulebooks([one], translator, books) : [one],
  );
  return {
    ...report,
    findings: localizeFindings(findings, report, translator, books),
    tool: { ...tool, rulebooks },
  };
}

/** Adds the headline's text, or removes it if no translator is given. */
function rewriteHeadline(report: LocalizedReport, translator?: Translator): LocalizedReport {
  const { headline } = report.summary;
  if (headline === undefined) return report;
  const { text: _, ...bare } = headline;
  return {
    ...report,
    summary: {
      ...report.summary,
      headline: translator === undefined ? bare : withHeadlineText(headline, translator),
    },
  };
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
function rewriteReasons(
  report: LocalizedReport,
  reasonOf: (one: CodedFault) => string | undefined,
): LocalizedReport {
  const { summary, reads } = report;
  const reasoned = <T extends CodedFault>({ reason: known, ...one }: T): T => {
    const reason = reasonOf({ ...one, ...(known === undefined ? {} : { reason: known }) });
    return { ...one, ...(reason === undefined ? {} : { reason }) } as T;
  };
  const { unread, ...coverage } = summary.coverage;
  return {
    ...report,
    summary: { ...summary, coverage: { ...coverage, unread: unread.map(reasoned) } },
    reads: Object.fromEntries(
      Object.entries(reads).map(([carrier, read]) => [carrier, reasoned(read)]),
    ) as LocalizedReport['reads'],
  };
}
