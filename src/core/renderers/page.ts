import type { Report } from '../report.js';
import type { NextStep, Words } from '../words/words.js';
import { type Check, checks } from './checks.js';
import { colophon, details } from './details.js';
import type { Group } from './groups.js';
import { type History, history } from './history.js';
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

export function pageOf(report: Report, words: Words): Page {
  const rulesSection = rules(report, words);
  return {
    name: report.asset.name,
    facts: facts(report, words),
    sentence: report.summary.sentence,
    origin: origin(report, words),
    next: words.next[nextStep(report)],
    checks: checks(report, words),
    parts: parts(report, words),
    contradictions: report.contradictions.slice(0, MOST_CONTRADICTIONS).map(({ statement, between }) => ({
      statement,
      between: between.map((signal) => signalLine(signal, words)),
    })),
    ...(rulesSection ? { rules: rulesSection } : {}),
    history: history(report, words),
    times: times(report, words),
    details: details(report, words),
    colophon: colophon(report, words),
  };
}

function facts({ asset }: Report, words: Words): Line {
  const format =
    asset.mediaType === 'application/octet-stream' ? words.phrases.unrecognisedFormat : asset.format;
  return [`${format} · ${words.bytes(asset.bytes)}`];
}

function origin({ summary }: Report, words: Words): Line {
  const backed = summary.backing === undefined ? '' : ` (${words.backing[summary.backing]})`;
  return [`${words.phrases.declaredOrigin}: ${words.origins[summary.origin]}${backed}`];
}

/** The strongest reason to act comes first: changed bytes, then statements that cannot both hold. */
export function nextStep({ contentCredentials, summary }: Report): NextStep {
  const { presence, integrity } = contentCredentials;
  if (presence === 'present' && integrity === 'altered') return 'altered';
  if (summary.origin === 'contradictory') return 'contradictory';
  if (presence === 'present') return integrity === 'intact' ? 'intact' : 'undetermined';
  return presence;
}

function parts({ asset }: Report, words: Words): Line[] {
  const all = asset.parts ?? [];
  if (all.length < 2) return [];
  const lines = all.slice(0, MOST_PARTS).map((part): Line => {
    const type: Run[] = part.mediaType === undefined ? [] : [', ', { file: part.mediaType }];
    const place = `, ${words.phrases.byte(part.offset)}, ${words.bytes(part.bytes)}, `;
    return [
      words.partKinds[part.kind],
      ...type,
      place,
      words.phrases.at,
      ' ',
      { file: part.place },
      `: ${words.coverage[part.signed]}`,
    ];
  });
  return all.length > MOST_PARTS ? [...lines, [words.phrases.more(all.length - MOST_PARTS)]] : lines;
}
