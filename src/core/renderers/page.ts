import { bytesSaid, timeSaid } from '../../say/amounts.js';
import { said } from '../../say/said.js';
import type { Speech } from '../../say/speech.js';
import { visible } from '../ground/visible.js';
import type { Location } from '../media/carrier.js';
import type { Part } from '../report/part-schema.js';
import type { Report } from '../report/report.js';
import { headlineTold } from '../report/text-in.js';
import { validWords } from './backing-words.js';
import type { Check } from './check.js';
import { checks } from './checks.js';
import { colophon, details } from './details.js';
import type { Figures } from './figures.js';
import { formatWords } from './format-words.js';
import type { Group } from './groups.js';
import { type History, history } from './history.js';
import { plainText, type Text, textOf } from './kept-text.js';
import { marksOf } from './marks.js';
import { partReason, partSigner } from './part-cards.js';
import { Jumps } from './places.js';
import { type RulesSection, rules } from './rules.js';
import { type Line, type Run, signalLine } from './runs.js';
import { type TimeRow, times } from './times.js';

/**
 * What stands on the page and in which order, decided once for every renderer. Nothing here is escaped:
 * each renderer passes every run through its own single escape.
 */
export interface Page {
  name: string;
  facts: Line;
  /** Left out of a Report that was kept before there was one. */
  headline?: string;
  /** Who, changed, AI, when: what each is called, and what it says. */
  fourFacts: { name: FactName; code: string; label: string; text: string; line: string }[];
  sentence: Text;
  /** Of a file that was fetched by a link: by whom and when it was given, and what that leaves open. */
  served?: string;
  origin: Line;
  checks: Check[];
  /** Each with its source. */
  whyMissing: { says: Line; source: Line }[];
  parts: Line[];
  contradictions: { statement: Text; between: Line[] }[];
  rules?: RulesSection;
  history: History;
  times: TimeRow[];
  details: Group[];
  colophon: Group[];
}

const MOST_PARTS = 64;
const MOST_CONTRADICTIONS = 16;

interface Around {
  /** Pictures of the steps of the history. */
  figures?: Figures | undefined;
  /** Where a page shows the field at a place. */
  toField?: (at: Location) => string | undefined;
}

export function pageOf(report: Report, speech: Speech, { figures, toField }: Around = {}): Page {
  const jumps = new Jumps(report, toField);
  const rulesSection = rules(report, speech, jumps);
  return {
    ...pageHead(report, speech),
    origin: origin(report, speech),
    checks: checks(report, speech),
    whyMissing: (report.whyMissing ?? []).map((one) => ({
      says: [textOf(one, 'says', speech) ?? ''],
      source: [speech.words('page.phrase.source'), textOf(one, 'source', speech) ?? ''],
    })),
    parts: parts(report, speech),
    ...(rulesSection ? { rules: rulesSection } : {}),
    history: history(report, speech, figures),
    times: times(report, speech),
    details: details(report, speech, jumps),
    colophon: colophon(report, speech),
  };
}

/** What comes first, here and on the one page. */
export type PageHead = Pick<
  Page,
  'name' | 'facts' | 'headline' | 'fourFacts' | 'sentence' | 'served' | 'contradictions'
>;

export function pageHead(report: Report, speech: Speech): PageHead {
  return {
    // A part of a file may be called nothing.
    name: report.asset.name || speech.words('page.phrase.nameless'),
    facts: facts(report, speech),
    ...headlineOf(report, speech),
    fourFacts: factsOf(report, speech),
    sentence: textOf(report.summary, 'sentence', speech) ?? '',
    ...servedOf(report, speech),
    contradictions: report.contradictions.slice(0, MOST_CONTRADICTIONS).map((one) => ({
      statement: textOf(one, 'statement', speech) ?? '',
      between: one.between.map((signal) => signalLine(signal, speech, report)),
    })),
  };
}

function servedOf({ asset: { servedBy } }: Report, speech: Speech): Pick<Page, 'served'> {
  if (servedBy === undefined) return {};
  const time = timeSaid(servedBy.at);
  // Of a kept Report nobody knows who wrote it.
  const at = time.id === 'text.asWritten' ? said(time.id, { text: visible(servedBy.at, 64) }) : time;
  const host = visible(servedBy.host, 300);
  const served = speech.words('page.served', { host, at });
  if (servedBy.isLengthUnknown !== true) return { served };
  const { gap, stop } = marksOf(speech);
  return { served: `${served}${gap}${speech.words('fetching.lengthUnknown', { host })}${stop}` };
}

function facts({ asset }: Report, speech: Speech): Line {
  return [`${formatWords(asset.format, speech)} · ${speech.say(bytesSaid(asset.bytes))}`];
}

function origin(report: Report, speech: Speech): Line {
  const { summary } = report;
  const marks = marksOf(speech);
  const said = originWord(report, speech);
  const backed =
    summary.backing === undefined ? '' : `${marks.open}${backingOf(report, speech)}${marks.close}`;
  return [`${speech.words('page.phrase.declaredOrigin')}${marks.colon}${said}${backed}`];
}

/**
 * Credentials that are there leave it open, or what they declare is set aside; and they tell AI in a part from AI over
 * all. "Not everywhere" would say too much of a file of which nothing was read.
 */
export function originWord({ summary, contentCredentials }: Report, speech: Speech): string {
  const { origin, declared, coverage } = summary;
  const { presence, integrity } = contentCredentials;
  const silent = origin === 'none' || origin === 'unknown';
  if (silent && presence === 'present' && integrity === 'altered')
    return speech.words('page.phrase.setAside');
  // Credentials kept elsewhere may state it: that they were not fetched is said above.
  if (origin === 'none' && (presence === 'present' || presence === 'remote'))
    return speech.words('page.phrase.notStated');
  if (origin === 'unknown' && coverage.state === 'nothing')
    return speech.words('page.phrase.originOfNothingRead');
  if (origin !== 'ai-edited' || declared?.origin !== 'ai-edited')
    return speech.words(`page.origin.${origin}`);
  const part = declared.where === 'component' || declared.term === 'compositeSynthetic';
  return part ? speech.words('page.phrase.partlyAi') : speech.words('page.phrase.editedWithAi');
}

/** Where the signature of the credentials backs it, why nobody vouches for the signer is known. */
function backingOf(report: Report, speech: Speech): string {
  const { summary, contentCredentials } = report;
  const { backing = 'unsigned', declared } = summary;
  if (backing !== 'valid' || declared?.backing !== 'valid') return speech.words(`page.backing.${backing}`);
  return validWords(declared.manifest ?? contentCredentials.activeManifest, speech, report);
}

function parts({ parts: all = [] }: Report, speech: Speech): Line[] {
  if (all.length < 2) return [];
  const { comma, colon } = marksOf(speech);
  const lines = all.slice(0, MOST_PARTS).map((part): Line => {
    const type: Run[] = part.mediaType === undefined ? [] : [marksOf(speech).comma, { file: part.mediaType }];
    const place = `${comma}${speech.words('page.phrase.byte', { offset: part.offset })}${comma}${speech.say(bytesSaid(part.bytes))}${comma}`;
    return [
      ...(part.name === undefined ? [] : [{ file: part.name, most: 64 }, comma]),
      speech.words(`page.part.${part.kind}`),
      ...type,
      place,
      speech.words('page.phrase.at'),
      { file: part.place },
      `${colon}${speech.words(`page.signed.${part.signed}`)}`,
      ...outcomeRuns(part, speech),
    ];
  });
  return all.length > MOST_PARTS
    ? [...lines, [speech.words('page.phrase.more', { count: all.length - MOST_PARTS })]]
    : lines;
}

/** What a report on the part alone says, or why there is none; and what the part is known by. */
function outcomeRuns(part: Part, speech: Speech): Run[] {
  const { outcome, sha256 } = part;
  const { semicolon } = marksOf(speech);
  const headline = outcome && textOf(outcome, 'headline', speech);
  const reason = partReason(part, speech);
  const who = outcome && partSigner(outcome, speech);
  return [
    ...(headline === undefined ? [] : [semicolon, plainText(headline)]),
    ...(who === undefined ? [] : [semicolon, who]),
    ...(reason === undefined ? [] : [semicolon, speech.words('page.inside.notLookedInto', { reason })]),
    ...(sha256 === undefined ? [] : [semicolon, speech.words('page.inside.hash', { hash: sha256 })]),
  ];
}

function headlineOf({ summary: { headline } }: Report, speech: Speech): { headline?: string } {
  const text = headline && headlineTold(headline, speech).text;
  return text === undefined ? {} : { headline: text };
}

const FACTS = ['who', 'changed', 'ai', 'when'] as const;
type FactName = (typeof FACTS)[number];

function factsOf({ summary: { facts } }: Report, speech: Speech): Page['fourFacts'] {
  if (facts === undefined) return [];
  return FACTS.map((name) => {
    const text = plainText(textOf(facts[name], 'text', speech) ?? '');
    return {
      name,
      code: facts[name].code,
      label: speech.words(`page.fact.${name}`),
      text,
      line: speech.words(`page.factLine.${name}`, { text }),
    };
  });
}
