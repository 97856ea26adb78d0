import { type Carrier, couldNotLook, TEXT_CARRIERS } from '../evidence.js';
import type { Presence, Report } from '../report.js';
import type { Signal } from '../signal.js';
import { rowOf } from '../signals/index.js';
import type { PageRow } from '../signals/row.js';
import type { Words } from '../words/words.js';
import { credentialsCheck } from './credentials-check.js';
import { type Line, signalNotes } from './runs.js';

/** The credentials have a row of their own. */
type SignalRow = Exclude<PageRow, 'credentials'>;

/** Shapes that differ without colour. */
export type Mark = 'present' | 'none' | 'not-checked' | 'contradiction';

export interface Check {
  label: string;
  mark: Mark;
  word: Line;
  notes: Line[];
}

/** Where a signal of this row would stand: if one of these could not be read, a ring would say too much. */
const ROW_CARRIERS: Record<SignalRow, readonly Carrier[]> = {
  // A second file inside, which is named and not looked into, may hold what this one does not.
  labels: [...TEXT_CARRIERS, 'parts'],
  otherLabels: ['xmp', 'iptcIim', 'parts'],
  traces: [...TEXT_CARRIERS, 'pixelProof', 'pixelWatermark', 'parts'],
  camera: ['exif', 'parts'],
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

export function checks(report: Report, words: Words): Check[] {
  return [
    credentialsCheck(report, words),
    ...SIGNAL_ROWS.flatMap((row) => signalRow(row, report, words)),
    ...notLookedInto(report, words),
    ...notChecked(report, words),
  ];
}

const SAYS_WHY: ReadonlySet<Presence> = new Set(['unreadable', 'unsupported']);

/** Said once for all rows above: how many places, which, and why. */
function notLookedInto({ summary: { coverage }, contentCredentials }: Report, words: Words): Check[] {
  const { presence } = contentCredentials;
  const { state, unread } = coverage;
  if (unread.length === 0) return [];
  const names = new Map<string, string[]>();
  for (const { carrier, reason: given = '' } of unread) {
    // The row of the credentials has said why.
    const reason =
      carrier === 'c2pa' && state !== 'nothing' && SAYS_WHY.has(presence) ? words.phrases.shownAbove : given;
    names.set(reason, [...(names.get(reason) ?? []), words.carriers[carrier]]);
  }
  const nothing = state === 'nothing';
  return [
    {
      label: words.rows.notLookedInto,
      mark: 'not-checked',
      word: [nothing ? words.coverageStates.nothing : words.phrases.unreadPlaces(unread.length)],
      notes: [...names].map(([reason, those]): Line => {
        const named = those.join(words.marks.item);
        if (reason === '') return [named];
        const why = words.ours(reason);
        // Where all of it has one reason, the names of all places say nothing more.
        return [nothing && names.size === 1 ? why : `${named}${words.marks.colon}${why}`];
      }),
    },
  ];
}

/** What shares its reason shares its row, so that the list of watermarks stays short. */
function notChecked({ notChecked: all }: Report, words: Words): Check[] {
  const folded = new Map<string, Report['notChecked']>();
  for (const one of all) {
    const key = one.link === undefined ? JSON.stringify([one.why, one.ask]) : one.link;
    folded.set(key, [...(folded.get(key) ?? []), one]);
  }
  return [...folded.values()].flatMap((rows): Check[] => {
    const [first] = rows;
    if (!first) return [];
    const ask: Line[] = first.ask === undefined ? [] : [askLine(first.ask, words)];
    const link: Line[] = first.link === undefined ? [] : [[{ link: first.link, text: first.link }]];
    return [
      {
        label: words.rows.notChecked,
        mark: 'not-checked',
        word: [rows.map(({ what = '' }) => words.ours(what)).join(words.marks.semicolon)],
        notes: [[words.ours(first.why ?? '')], ...ask, ...link],
      },
    ];
  });
}

/** Whom to ask, or what the reader can do without asking anybody. */
function askLine(ask: string, words: Words): Line {
  const said = words.ours(ask);
  return words.ownStep.test(said) ? [said] : [words.phrases.ask, said];
}

function signalRow(row: SignalRow, report: Report, words: Words): Check[] {
  const found = told(report.signals.filter(({ id }) => rowOf(id).row === row));
  if (found.length === 0 && !ALWAYS.has(row)) return [];
  const label = words.rows[row];
  if (found.length > 0) {
    return [
      { label, mark: 'present', word: [words.phrases.present], notes: signalNotes(found, words, report) },
    ];
  }
  return [{ label, ...silent(row, report, words), notes: [] }];
}

/** A ring only where every place of the row was read. What was not, the row `notLookedInto` names. */
function silent(
  row: SignalRow,
  { reads, summary, contentCredentials }: Report,
  { phrases }: Words,
): Pick<Check, 'mark' | 'word'> {
  const missed = ROW_CARRIERS[row].filter((carrier) => couldNotLook(reads[carrier]));
  const looked =
    summary.coverage.state !== 'nothing' &&
    ROW_CARRIERS[row].some((carrier) => reads[carrier].status !== 'unsupported');
  // What the credentials themselves state stands in the row above.
  const beside = row === 'labels' && contentCredentials.presence === 'present';
  if (missed.length === 0 && summary.coverage.state !== 'nothing') {
    return { mark: 'none', word: [beside ? phrases.noneOutsideCredentials : phrases.noneFound] };
  }
  if (!looked) return { mark: 'not-checked', word: [phrases.notLookedFor] };
  const where = beside ? phrases.noneOutsideCredentialsWhereRead : phrases.noneFoundWhereRead;
  return { mark: 'not-checked', word: [where] };
}

/** That a label is there goes without saying where another signal tells what it says. */
function told(signals: readonly Signal[]): Signal[] {
  const less = new Set<string | undefined>(signals.map(({ id }) => rowOf(id).saysMoreThan));
  return signals.filter(({ id }) => !less.has(id));
}
