import { coverageOf, notReadAtAll } from './coverage.js';
import { cutOffIn } from './cut-off.js';
import type { Finding } from './finding-schema.js';
import { statementOf } from './finding-text.js';
import { RULE_LANGUAGE } from './languages.js';
import { lateReads } from './late-reads.js';
import type { NotChecked, Report, WhyMissing } from './report.js';
import type { Rulebook } from './rulebook.js';
import { type Summary, summarise } from './summary.js';
import { en } from './words/en/index.js';
import type { Words } from './words/words.js';

/**
 * A Report's own texts in another language, from the facts in it: the file is not opened. What the file says, codes,
 * and clauses as the law numbers them stay as they are. A text is said anew only where these facts give the stored
 * English word for word; where they do not (an older Report, a rulebook that has changed since), the English stays.
 */
export function localise(report: Report, words: Words, rulebooks: readonly Rulebook[]): Report {
  if (words.language === (report.tool.language ?? 'en')) return report;
  if (report.tool.language !== undefined) throw new Error('only an English Report can be said anew');
  const { summary, contradictions } = summaryIn(report, words);
  return {
    ...report,
    summary,
    contradictions,
    findings: report.findings.map((finding) => findingIn(finding, report, words, rulebooks)),
    ...(report.whyMissing ? { whyMissing: report.whyMissing.map((one) => missingIn(one, words)) } : {}),
    notChecked: report.notChecked.map((one) => uncheckedIn(one, words)),
    tool: {
      ...report.tool,
      rulebooks: report.tool.rulebooks.map((known) => {
        const book = rulebooks.find(({ id, title }) => id === known.id && title.en === known.title);
        return book === undefined ? known : { ...known, title: book.title[RULE_LANGUAGE[words.language]] };
      }),
      language: words.language,
    },
  };
}

function summaryIn(report: Report, words: Words): Pick<Report, 'summary' | 'contradictions'> {
  const before = summaryOf(report, en);
  const after = summaryOf(report, words);
  const same =
    before.summary.sentence === report.summary.sentence &&
    before.contradictions.length === report.contradictions.length;
  if (!same) return { summary: report.summary, contradictions: report.contradictions };
  return {
    summary: { ...report.summary, sentence: after.summary.sentence ?? '' },
    contradictions: report.contradictions.map((one, at) => {
      const statement = after.contradictions[at]?.statement;
      const told = before.contradictions[at]?.statement === one.statement;
      return told && statement !== undefined ? { ...one, statement } : one;
    }),
  };
}

function summaryOf({ asset, summary, contentCredentials, signals, reads }: Report, words: Words): Summary {
  const { format, kind, bytes } = asset;
  return summarise(
    {
      asset: {
        bytes,
        mediaType: { format, kind },
      },
      credentials: contentCredentials,
      ...(summary.declared ? { declared: summary.declared } : {}),
      signals,
      coverage: coverageOf(reads, contentCredentials),
      ...notReadAtAll(reads),
      ...lateReads(reads),
      ...cutOffIn(reads),
    },
    words,
  );
}

function findingIn(
  finding: Finding,
  { asset, signals, tool }: Report,
  words: Words,
  rulebooks: readonly Rulebook[],
): Finding {
  const rule = rulebooks
    .find(({ id }) => id === finding.rulebook)
    ?.rules.find(({ id }) => id === finding.rule);
  if (rule === undefined) return finding;
  const { outcome, because } = finding;
  const judged = { outcome, because, ...(rule.media.includes(asset.kind) ? {} : { kind: asset.kind }) };
  const language = RULE_LANGUAGE[words.language];
  const told = statementOf(rule, judged, tool.asOf, signals, 'en') === finding.statement;
  return {
    ...finding,
    ...(rule.title.en === finding.title ? { title: rule.title[language] } : {}),
    ...(told ? { statement: statementOf(rule, judged, tool.asOf, signals, language) } : {}),
  };
}

const missingIn = (one: WhyMissing, { ours }: Words): WhyMissing => ({
  ...one,
  says: ours(one.says ?? ''),
  source: ours(one.source ?? ''),
});

const uncheckedIn = ({ what, why, ask, link }: NotChecked, { ours }: Words): NotChecked => ({
  what: ours(what ?? ''),
  why: ours(why ?? ''),
  ...(ask === undefined ? {} : { ask: ours(ask) }),
  ...(link === undefined ? {} : { link }),
});
