import { showText } from '../../../base/visible.js';
import { bytesMessage, timeMessage } from '../../../i18n/amounts.js';
import { message } from '../../../i18n/message.js';
import type { Translator } from '../../../i18n/translator.js';
import type { Location } from '../../media/carrier.js';
import { localizeMember, withHeadlineText } from '../../report/message-lookup.js';
import type { Part } from '../../report/part-schema.js';
import type { StoredReport } from '../../report/report.js';
import { FOUR_FACTS, type FourFactName } from '../../report/report-terms.js';
import { Anchors } from './anchors.js';
import { validBackingText } from './backing-words.js';
import type { Check } from './check.js';
import { listChecks } from './checks.js';
import { buildColophon, buildDetails } from './details.js';
import { type DisplayText, toPlainText } from './display-text.js';
import { formatName } from './format-words.js';
import type { Figures } from './history/figures.js';
import { buildHistory, type History } from './history/history.js';
import type { LineGroup } from './law/groups.js';
import { buildRules, type RulesSection } from './law/rules.js';
import { punctuationFor } from './marks.js';
import { partReasonText, partSignerText } from './part-cards.js';
import { type RunLine, signalLine, type TextRun } from './runs.js';
import { listTimes, type TimeRow } from './times.js';

/**
 * Content and order of the page, the same for every renderer. Nothing here is escaped: each renderer passes every run
 * through its own single escape.
 */
export interface ReportPage {
  name: string;
  facts: RunLine;
  /** Absent in Reports stored before headlines existed. */
  headline?: string;
  /** The facts who, changed, AI and when, each with label and text. */
  fourFacts: { name: FourFactName; code: string; label: string; text: string; line: string }[];
  sentence: DisplayText;
  /** For a file fetched from a link: the host, the time, and the resulting reservations. */
  served?: string;
  origin: RunLine;
  checks: Check[];
  /** Possible reasons for missing credentials, each with its source. */
  whyMissing: { says: RunLine; source: RunLine }[];
  parts: RunLine[];
  contradictions: { statement: DisplayText; between: RunLine[] }[];
  rules?: RulesSection;
  history: History;
  times: TimeRow[];
  details: LineGroup[];
  colophon: LineGroup[];
}

const MAX_PARTS = 64;
const MAX_CONTRADICTIONS = 16;

interface PageOptions {
  /** Thumbnails of the history's steps. */
  figures?: Figures | undefined;
  /** Returns the fragment identifier of the field at a location. */
  toField?: (at: Location) => string | undefined;
}

export function buildPage(
  report: StoredReport,
  translator: Translator,
  { figures, toField }: PageOptions = {},
): ReportPage {
  const jumps = new Anchors(report, toField);
  const rulesSection = buildRules(report, translator, jumps);
  return {
    ...buildPageHead(report, translator),
    origin: origin(report, translator),
    checks: listChecks(report, translator),
    whyMissing: (report.whyMissing ?? []).map((one) => ({
      says: [localizeMember(one, 'says', translator) ?? ''],
      source: [translator.text('page.phrase.source'), localizeMember(one, 'source', translator) ?? ''],
    })),
    parts: parts(report, translator),
    ...(rulesSection ? { rules: rulesSection } : {}),
    history: buildHistory(report, translator, figures),
    times: listTimes(report, translator),
    details: buildDetails(report, translator, jumps),
    colophon: buildColophon(report, translator),
  };
}

/** First part of the page, shared with the one page. */
export type PageHead = Pick<
  ReportPage,
  'name' | 'facts' | 'headline' | 'fourFacts' | 'sentence' | 'served' | 'contradictions'
>;

export function buildPageHead(report: StoredReport, translator: Translator): PageHead {
  return {
    // A part of a file may have no name.
    name: report.asset.name || translator.text('page.phrase.nameless'),
    facts: facts(report, translator),
    ...headlineOf(report, translator),
    fourFacts: factsOf(report, translator),
    sentence: localizeMember(report.summary, 'sentence', translator) ?? '',
    ...servedText(report, translator),
    contradictions: report.contradictions.slice(0, MAX_CONTRADICTIONS).map((one) => ({
      statement: localizeMember(one, 'statement', translator) ?? '',
      between: one.between.map((signal) => signalLine(signal, translator, report)),
    })),
  };
}

function servedText(
  { asset: { servedBy } }: StoredReport,
  translator: Translator,
): Pick<ReportPage, 'served'> {
  if (servedBy === undefined) return {};
  const time = timeMessage(servedBy.at);
  // A stored Report may come from anyone, so its values are escaped for display.
  const at = time.id === 'text.asWritten' ? message(time.id, { text: showText(servedBy.at, 64) }) : time;
  const host = showText(servedBy.host, 300);
  const served = translator.text('page.served', { host, at });
  if (servedBy.isLengthUnknown !== true) return { served };
  const { gap, stop } = punctuationFor(translator);
  return { served: `${served}${gap}${translator.text('fetching.lengthUnknown', { host })}${stop}` };
}

function facts({ asset }: StoredReport, translator: Translator): RunLine {
  return [`${formatName(asset.format, translator)} · ${translator.translate(bytesMessage(asset.bytes))}`];
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

function headlineOf({ summary: { headline } }: StoredReport, translator: Translator): { headline?: string } {
  return headline === undefined ? {} : { headline: withHeadlineText(headline, translator).text };
}

function factsOf({ summary: { facts } }: StoredReport, translator: Translator): ReportPage['fourFacts'] {
  if (facts === undefined) return [];
  return FOUR_FACTS.map((name) => {
    const text = toPlainText(localizeMember(facts[name], 'text', translator) ?? '');
    return {
      name,
      code: facts[name].code,
      label: translator.text(`page.fact.${name}`),
      text,
      line: translator.text(`page.factLine.${name}`, { text }),
    };
  });
}
