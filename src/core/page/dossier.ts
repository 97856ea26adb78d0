import { bytesMessage } from '../../i18n/amounts.js';
import type { Translator } from '../../i18n/translator.js';
import { localizeMember } from '../report/message-lookup.js';
import type { Part } from '../report/part-schema.js';
import type { StoredReport } from '../report/report.js';
import { Anchors } from './anchors.js';
import { validBackingText } from './backing-words.js';
import type { Check } from './check.js';
import { listChecks } from './checks.js';
import { buildColophon, buildDetails } from './details.js';
import { toPlainText } from './display-text.js';
import { fieldAnchors, ON_PAGE, type RenderedEvidence, renderEvidence } from './evidence.js';
import type { LineGroup } from './groups.js';
import { buildHistory, type History } from './history/history.js';
import { buildRules, type RulesSection } from './law/rules.js';
import { punctuationFor } from './marks.js';
import { partReasonText, partSignerText } from './part-cards.js';
import type { RunLine, TextRun } from './runs.js';
import { listTimes, type TimeRow } from './times.js';
import type { Viewer } from './viewer.js';

/** Everything of a Report that a page shows below its first screen, folded on the web and behind it on paper. */
export interface Dossier {
  origin: RunLine;
  checks: Check[];
  /** Possible reasons for missing credentials, each with its source. */
  whyMissing: { says: RunLine; source: RunLine }[];
  parts: RunLine[];
  rules?: RulesSection;
  history: History;
  times: TimeRow[];
  details: LineGroup[];
  /** Fields of the file and bytes of its labels. */
  evidence?: RenderedEvidence;
  colophon: LineGroup[];
}

const MAX_PARTS = 64;

export function buildDossier(
  report: StoredReport,
  translator: Translator,
  { figures, evidence, isPaper }: Viewer,
): Dossier {
  const jumps = new Anchors(report, fieldAnchors(isPaper ? undefined : evidence, ON_PAGE));
  const rules = buildRules(report, translator, jumps);
  return {
    origin: origin(report, translator),
    checks: listChecks(report, translator),
    whyMissing: (report.whyMissing ?? []).map((one) => ({
      says: [localizeMember(one, 'says', translator) ?? ''],
      source: [translator.text('page.phrase.source'), localizeMember(one, 'source', translator) ?? ''],
    })),
    parts: parts(report, translator),
    ...(rules ? { rules } : {}),
    history: buildHistory(report, translator, figures),
    times: listTimes(report, translator),
    details: buildDetails(report, translator, jumps),
    ...(evidence ? { evidence: renderEvidence(evidence, translator, ON_PAGE) } : {}),
    colophon: buildColophon(report, translator),
  };
}

/** Leaves out what the first sheet of paper has already told: lines of law and groups of the footer. */
export function withoutRepetition(
  { rules, colophon, ...rest }: Dossier,
  told: { law: readonly string[]; footer: readonly { title: string }[] },
): Dossier {
  const lines = rules?.lines.filter((line) => !told.law.includes(line)) ?? [];
  const isSilent = rules === undefined || (rules.books.length === 0 && lines.length === 0);
  return {
    ...rest,
    ...(isSilent ? {} : { rules: { ...rules, lines } }),
    colophon: colophon.filter(({ title }) => !told.footer.some((group) => group.title === title)),
  };
}

function origin(report: StoredReport, translator: Translator): RunLine {
  const { summary } = report;
  const marks = punctuationFor(translator);
  const said = originText(report, translator);
  const backed =
    summary.backing === undefined ? '' : `${marks.open}${backingTextOf(report, translator)}${marks.close}`;
  return [`${translator.text('page.phrase.declaredOrigin')}${marks.colon}${said}${backed}`];
}

/**
 * Returns the word for the origin. Existing credentials that declare nothing leave it open or are set aside; AI in a
 * part is distinguished from AI in the whole. "Not everywhere" would claim too much about a file of which nothing was
 * read.
 */
export function originText({ summary, contentCredentials }: StoredReport, translator: Translator): string {
  const { origin, declared, coverage } = summary;
  const { presence, integrity } = contentCredentials;
  const silent = origin === 'none' || origin === 'unknown';
  if (silent && presence === 'present' && integrity === 'altered')
    return translator.text('page.phrase.setAside');
  // Remote credentials may state it; that they were not fetched is said above.
  if (origin === 'none' && (presence === 'present' || presence === 'remote'))
    return translator.text('page.origin.none');
  if (origin === 'unknown' && coverage.state === 'nothing')
    return translator.text('page.phrase.originOfNothingRead');
  if (origin !== 'ai-edited' || declared?.origin !== 'ai-edited')
    return translator.text(`page.origin.${origin}`);
  const part = declared.where === 'component' || declared.term === 'compositeSynthetic';
  return part ? translator.text('page.phrase.partlyAi') : translator.text('page.phrase.editedWithAi');
}

/** If the credentials' signature backs the origin, the text says why nobody vouches for the signer. */
function backingTextOf(report: StoredReport, translator: Translator): string {
  const { summary, contentCredentials } = report;
  const { backing = 'unsigned', declared } = summary;
  if (backing !== 'valid' || declared?.backing !== 'valid') return translator.text(`page.backing.${backing}`);
  return validBackingText(declared.manifest ?? contentCredentials.activeManifest, translator, report);
}

function parts({ parts: all = [] }: StoredReport, translator: Translator): RunLine[] {
  if (all.length < 2) return [];
  const { comma, colon } = punctuationFor(translator);
  const lines = all.slice(0, MAX_PARTS).map((part): RunLine => {
    const type: TextRun[] =
      part.mediaType === undefined ? [] : [punctuationFor(translator).comma, { file: part.mediaType }];
    const locator = `${comma}${translator.text('page.phrase.byte', { offset: part.offset })}${comma}${translator.translate(bytesMessage(part.bytes))}${comma}`;
    return [
      ...(part.name === undefined ? [] : [{ file: part.name, most: 64 }, comma]),
      translator.text(`page.part.${part.kind}`),
      ...type,
      locator,
      translator.text('page.phrase.at'),
      { file: part.locator },
      `${colon}${translator.text(`page.signed.${part.signed}`)}`,
      ...outcomeRuns(part, translator),
    ];
  });
  return all.length > MAX_PARTS
    ? [...lines, [translator.text('page.phrase.more', { count: all.length - MAX_PARTS })]]
    : lines;
}

/** Returns the result of the report on the part, or why there is none, and the part's digest. */
function outcomeRuns(part: Part, translator: Translator): TextRun[] {
  const { outcome, sha256 } = part;
  const { semicolon } = punctuationFor(translator);
  const headline = outcome && localizeMember(outcome, 'headline', translator);
  const reason = partReasonText(part, translator);
  const who = outcome && partSignerText(outcome, translator);
  return [
    ...(headline === undefined ? [] : [semicolon, toPlainText(headline)]),
    ...(who === undefined ? [] : [semicolon, who]),
    ...(reason === undefined ? [] : [semicolon, translator.text('page.inside.notLookedInto', { reason })]),
    ...(sha256 === undefined ? [] : [semicolon, translator.text('page.inside.hash', { hash: sha256 })]),
  ];
}
