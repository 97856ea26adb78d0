import type { Location } from '../evidence.js';
import type { Report } from '../report.js';
import { takes } from '../signals/index.js';
import type { NextStep, Words } from '../words/words.js';
import { validWords } from './backing-words.js';
import { type Check, checks } from './checks.js';
import { colophon, details } from './details.js';
import type { Figures } from './figures.js';
import type { Group } from './groups.js';
import { type History, history } from './history.js';
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
  sentence: string;
  origin: Line;
  next: string;
  checks: Check[];
  /** Each with its source. */
  whyMissing: { says: string; source: string }[];
  parts: Line[];
  contradictions: { statement: string; between: Line[] }[];
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

export function pageOf(report: Report, words: Words, { figures, toField }: Around = {}): Page {
  const jumps = new Jumps(report, toField);
  const rulesSection = rules(report, words, jumps);
  return {
    name: report.asset.name,
    facts: facts(report, words),
    sentence: report.summary.sentence ?? '',
    origin: origin(report, words),
    next: words.next[nextStep(report)],
    checks: checks(report, words),
    whyMissing: (report.whyMissing ?? []).map(({ says = '', source = '' }) => ({
      says: words.ours(says),
      source: `${words.phrases.source}${words.ours(source)}`,
    })),
    parts: parts(report, words),
    contradictions: report.contradictions
      .slice(0, MOST_CONTRADICTIONS)
      .map(({ statement = '', between }) => ({
        statement,
        between: between.map((signal) => signalLine(signal, words, report)),
      })),
    ...(rulesSection ? { rules: rulesSection } : {}),
    history: history(report, words, figures),
    times: times(report, words),
    details: details(report, words, jumps),
    colophon: colophon(report, words),
  };
}

function facts({ asset }: Report, words: Words): Line {
  const format =
    asset.mediaType === 'application/octet-stream' ? words.phrases.unrecognisedFormat : asset.format;
  return [`${format} · ${words.bytes(asset.bytes)}`];
}

function origin(report: Report, words: Words): Line {
  const { summary } = report;
  const { marks, phrases } = words;
  const said = originWord(report, words);
  const backed =
    summary.backing === undefined ? '' : `${marks.open}${backingOf(report, words)}${marks.close}`;
  return [`${phrases.declaredOrigin}${marks.colon}${said}${backed}`];
}

/**
 * Credentials that are there leave it open, or what they declare is set aside; and they tell AI in a part from AI over
 * all. "Not everywhere" would say too much of a file of which nothing was read.
 */
export function originWord(
  { summary, contentCredentials }: Report,
  { phrases, origins }: Pick<Words, 'phrases' | 'origins'>,
): string {
  const { origin, declared, coverage } = summary;
  const { presence, integrity } = contentCredentials;
  const silent = origin === 'none' || origin === 'unknown';
  if (silent && presence === 'present' && integrity === 'altered') return phrases.setAside;
  // Credentials kept elsewhere may state it: that they were not fetched is said above.
  if (origin === 'none' && (presence === 'present' || presence === 'remote')) return phrases.notStated;
  if (origin === 'unknown' && coverage.state === 'nothing') return phrases.originOfNothingRead;
  if (origin !== 'ai-edited' || declared?.origin !== 'ai-edited') return origins[origin];
  const part = declared.where === 'component' || declared.term === 'compositeSynthetic';
  return part ? phrases.partlyAi : phrases.editedWithAi;
}

/** Where the signature of the credentials backs it, why nobody vouches for the signer is known. */
function backingOf(report: Report, words: Words): string {
  const { summary, contentCredentials } = report;
  const { backing = 'unsigned', declared } = summary;
  if (backing !== 'valid' || declared?.backing !== 'valid') return words.backing[backing];
  return validWords(declared.manifest ?? contentCredentials.activeManifest, words, report);
}

/** The strongest reason to act comes first: changed bytes, then statements that cannot both hold. */
export function nextStep({ contentCredentials, contradictions, summary }: Report): NextStep {
  const { presence, integrity } = contentCredentials;
  if (presence === 'present' && integrity === 'altered') return 'altered';
  // Dates that do not fit are shown; they exclude nothing, and the sentence does not speak of them.
  const exclude = contradictions.some(({ between: [one] }) => !takes(one.id, 'dates'));
  if (summary.origin === 'contradictory' || exclude) return 'contradictory';
  if (presence === 'present') return integrity === 'intact' ? 'intact' : 'undetermined';
  return presence === 'absent' && !isSilent(summary.origin) ? 'unsigned' : presence;
}

const isSilent = (origin: Report['summary']['origin']) => origin === 'none' || origin === 'unknown';

function parts({ asset }: Report, words: Words): Line[] {
  const all = asset.parts ?? [];
  if (all.length < 2) return [];
  const { comma, colon } = words.marks;
  const lines = all.slice(0, MOST_PARTS).map((part): Line => {
    const type: Run[] = part.mediaType === undefined ? [] : [words.marks.comma, { file: part.mediaType }];
    const place = `${comma}${words.phrases.byte(part.offset)}${comma}${words.bytes(part.bytes)}${comma}`;
    return [
      words.partKinds[part.kind],
      ...type,
      place,
      words.phrases.at,
      { file: part.place },
      `${colon}${words.signedStates[part.signed]}`,
    ];
  });
  return all.length > MOST_PARTS ? [...lines, [words.phrases.more(all.length - MOST_PARTS)]] : lines;
}
