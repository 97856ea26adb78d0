import type { Speech } from '../../say/speech.js';
import { type Carrier, couldNotLook, TEXT_CARRIERS } from '../media/carrier.js';
import type { Part } from '../report/part-schema.js';
import type { Coverage, Presence, Report } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import type { PageRow } from '../signals/row.js';
import { isUnread } from '../summary/inside-counts.js';
import type { Check } from './check.js';
import { credentialsCheck } from './credentials-check.js';
import { plainText, reasonOf, type Text, textOf } from './kept-text.js';
import { marksOf } from './marks.js';
import { partName, partReason } from './part-cards.js';
import { type Line, type Run, signalNotes } from './runs.js';

/** The credentials have a row of their own. */
type SignalRow = Exclude<PageRow, 'credentials'>;

/** Neighbours of one label share it. */
export function checksByLabel(all: readonly Check[]): { label: string; rows: Check[] }[] {
  const groups: { label: string; rows: Check[] }[] = [];
  for (const one of all) {
    const last = groups.at(-1);
    if (last?.label === one.label) last.rows.push(one);
    else groups.push({ label: one.label, rows: [one] });
  }
  return groups;
}

/** Where a signal of this row would stand: if one of these could not be read, a ring would say too much. */
const ROW_CARRIERS: Record<SignalRow, readonly Carrier[]> = {
  // A second file inside, which is named and not looked into, may hold what this one does not.
  labels: [...TEXT_CARRIERS, 'parts'],
  otherLabels: ['xmp', 'iptcIim', 'parts'],
  traces: [...TEXT_CARRIERS, 'pixelProof', 'pixelWatermark', 'parts'],
  camera: ['exif', 'xmp', 'bmffMeta', 'broadcastWave', 'parts'],
  editor: TEXT_CARRIERS,
  platform: [...TEXT_CARRIERS, 'jpegCoding'],
  file: ['parts'],
};

/** Rows that stand there though nothing was found. */
const ALWAYS: ReadonlySet<SignalRow> = new Set(['labels', 'traces', 'camera']);
const SIGNAL_ROWS = [
  'labels',
  'otherLabels',
  'traces',
  'camera',
  'editor',
  'platform',
  'file',
] as const satisfies SignalRow[];

export function checks(report: Report, speech: Speech): Check[] {
  return [
    { row: 'credentials', ...credentialsCheck(report, speech) },
    ...SIGNAL_ROWS.flatMap((row) => signalRow(row, report, speech)),
    ...notLookedInto(report, speech),
    ...notChecked(report, speech),
  ];
}

const SAYS_WHY: ReadonlySet<Presence> = new Set(['unreadable', 'unsupported']);

const NOT_LOOKED_INTO = 'parts.notLookedInto';

/** Said once for all rows above: how many places, which, and why. */
export function notLookedInto(report: Report, speech: Speech): Check[] {
  const { presence } = report.contentCredentials;
  const { state } = report.summary.coverage;
  const { places, parts } = unreadIn(report);
  if (places.length === 0 && parts.length === 0) return [];
  const reasons = new Map<string, { why: Text; names: string[] }>();
  for (const one of places) {
    // The row of the credentials has said why.
    const above = one.carrier === 'c2pa' && state !== 'nothing' && SAYS_WHY.has(presence);
    const why = above ? speech.words('page.phrase.shownAbove') : (reasonOf(one, report, speech) ?? '');
    const key = plainText(why);
    const those = reasons.get(key) ?? { why, names: [] };
    those.names.push(speech.words(`carrier.${one.carrier}`));
    reasons.set(key, those);
  }
  const nothing = state === 'nothing';
  return [
    {
      row: 'unread',
      label: speech.words('page.row.notLookedInto'),
      mark: 'not-checked',
      word: [
        nothing
          ? speech.words('page.coverage.nothing')
          : speech.words('page.phrase.unreadPlaces', { count: places.length + parts.length }),
      ],
      notes: [
        ...[...reasons.values()].map(({ why, names }): Line => {
          const named = names.join(marksOf(speech).item);
          if (why === '') return [named];
          // Where all of it has one reason, the names of all places say nothing more.
          return nothing && reasons.size === 1 ? [why] : [`${named}${marksOf(speech).colon}`, why];
        }),
        ...partNotes(parts, speech),
      ],
    },
  ];
}

/** Places of the file in which a label would have been missed, and parts of it: these have reasons of their own. */
export function unreadIn(report: Report): { places: Coverage['unread']; parts: Part[] } {
  const { unread } = report.summary.coverage;
  const parts = unreadParts(report);
  return {
    places: parts.length === 0 ? unread : unread.filter(({ code }) => code !== NOT_LOOKED_INTO),
    parts,
  };
}

/** What stands inside and nobody could look into. */
export const unreadParts = ({ parts = [] }: Report): Part[] => parts.filter(isUnread);

const MOST_NAMED = 4;

/** A line for each reason, with how many parts share it and the first of them. */
function partNotes(parts: readonly Part[], speech: Speech): Line[] {
  const { item, colon } = marksOf(speech);
  const reasons = new Map<string, string[]>();
  for (const part of parts) {
    const { name, kind, outcome } = part;
    const headline = outcome && textOf(outcome, 'headline', speech);
    const why = partReason(part, speech) ?? plainText(headline ?? '');
    const named = name === undefined ? speech.words(`page.inside.kind.${kind}`) : partName(name, speech);
    reasons.set(why, [...(reasons.get(why) ?? []), named]);
  }
  return [...reasons].map(([why, all]) => {
    const few = [...new Set(all)].slice(0, MOST_NAMED).join(item);
    const names = all.length > MOST_NAMED ? `${few} …` : few;
    return [`${speech.words('page.inside.unread', { count: all.length, names })}${colon}${why}`];
  });
}

/** What shares its reason shares its row, so that the list of watermarks stays short. */
function notChecked({ notChecked: all }: Report, speech: Speech): Check[] {
  const folded = new Map<string, Report['notChecked']>();
  for (const one of all) {
    const key = one.link ?? JSON.stringify([textOf(one, 'why', speech), textOf(one, 'ask', speech)]);
    folded.set(key, [...(folded.get(key) ?? []), one]);
  }
  return [...folded.values()].flatMap((rows): Check[] => {
    const [first] = rows;
    if (!first) return [];
    const link: Line[] = first.link === undefined ? [] : [[{ link: first.link, text: first.link }]];
    return [
      {
        label: speech.words('page.row.notChecked'),
        mark: 'not-checked',
        word: rows.flatMap((one, at): Run[] => [
          ...(at === 0 ? [] : [marksOf(speech).semicolon]),
          textOf(one, 'what', speech) ?? '',
        ]),
        notes: [[textOf(first, 'why', speech) ?? ''], ...askLine(first, speech), ...link],
      },
    ];
  });
}

/** Whom to ask, who has a page of their own; or what the reader can do without asking anybody. */
function askLine(one: Report['notChecked'][number], speech: Speech): Line[] {
  const ask = textOf(one, 'ask', speech);
  if (ask === undefined) return [];
  return [one.link === undefined ? [ask] : [speech.words('page.phrase.ask'), ask]];
}

function signalRow(row: SignalRow, report: Report, speech: Speech): Check[] {
  const found = told(report.signals.filter(({ id }) => rowOf(id).row === row));
  if (found.length === 0 && !ALWAYS.has(row)) return [];
  const label = speech.words(`page.row.${row}`);
  if (found.length > 0) {
    return [
      {
        row,
        label,
        mark: 'present',
        word: [speech.words('page.phrase.present')],
        notes: signalNotes(found, speech, report),
      },
    ];
  }
  return [{ row, label, ...silent(row, report, speech), notes: [] }];
}

/** A ring only where every place of the row was read. What was not, the row `notLookedInto` names. */
function silent(
  row: SignalRow,
  { reads, summary, contentCredentials }: Report,
  speech: Speech,
): Pick<Check, 'mark' | 'word'> {
  const missed = ROW_CARRIERS[row].filter((carrier) => couldNotLook(reads[carrier]));
  const looked =
    summary.coverage.state !== 'nothing' &&
    ROW_CARRIERS[row].some((carrier) => reads[carrier].status !== 'unsupported');
  // What the credentials themselves state stands in the row above.
  const beside = row === 'labels' && contentCredentials.presence === 'present';
  if (missed.length === 0 && summary.coverage.state !== 'nothing') {
    return {
      mark: 'none',
      word: [
        beside ? speech.words('page.phrase.noneOutsideCredentials') : speech.words('page.phrase.noneFound'),
      ],
    };
  }
  if (!looked) return { mark: 'not-checked', word: [speech.words('page.phrase.notLookedFor')] };
  const where = beside
    ? speech.words('page.phrase.noneOutsideCredentialsWhereRead')
    : speech.words('page.phrase.noneFoundWhereRead');
  return { mark: 'not-checked', word: [where] };
}

/** That a label is there goes without saying where another signal tells what it says. */
function told(signals: readonly Signal[]): Signal[] {
  const less = new Set<string | undefined>(signals.map(({ id }) => rowOf(id).saysMoreThan));
  return signals.filter(({ id }) => !less.has(id));
}
