import type { Carrier } from '../evidence.js';
import type { Report } from '../report.js';
import type { Signal } from '../signal.js';
import type { Words } from '../words/words.js';
import { credentialsCheck } from './credentials-check.js';
import { type Line, signalNotes } from './runs.js';
import { rowOf, type SignalRow } from './signal-rows.js';

/** Shapes that differ without colour. */
export type Mark = 'present' | 'none' | 'not-checked' | 'contradiction';

export interface Check {
  label: string;
  mark: Mark;
  word: Line;
  notes: Line[];
}

/** Where a signal of this row would stand: if one of these could not be read, a ring would say too much. */
const LABEL_CARRIERS = [
  'xmp',
  'exif',
  'iptcIim',
  'pngText',
  'id3',
  'vorbisComment',
  'riffInfo',
  'bmffMeta',
  'matroskaTags',
  'flvMeta',
] as const satisfies Carrier[];
const ROW_CARRIERS: Record<SignalRow, readonly Carrier[]> = {
  labels: LABEL_CARRIERS,
  otherLabels: ['xmp'],
  traces: LABEL_CARRIERS,
  camera: ['exif'],
  file: ['parts'],
};

/** Rows that stand there though nothing was found. */
const ALWAYS: ReadonlySet<SignalRow> = new Set(['labels', 'traces', 'camera']);
const SIGNAL_ROWS = ['labels', 'otherLabels', 'traces', 'camera', 'file'] as const satisfies SignalRow[];

export function checks(report: Report, words: Words): Check[] {
  return [
    credentialsCheck(report, words),
    ...SIGNAL_ROWS.flatMap((row) => signalRow(row, report, words)),
    ...report.notChecked.map((one): Check => {
      const ask: Line[] = one.ask === undefined ? [] : [[`${words.phrases.ask} `, one.ask]];
      const link: Line[] = one.link === undefined ? [] : [[{ link: one.link, text: one.link }]];
      return {
        label: words.rows.notChecked,
        mark: 'not-checked',
        word: [one.what],
        notes: [[one.why], ...ask, ...link],
      };
    }),
  ];
}

function signalRow(row: SignalRow, report: Report, words: Words): Check[] {
  const found = told(report.signals.filter(({ id }) => rowOf(id) === row));
  if (found.length === 0 && !ALWAYS.has(row)) return [];
  const missed = ROW_CARRIERS[row].filter((carrier) => couldNotLook(report.reads[carrier]));
  const notRead: Line[] =
    missed.length === 0
      ? []
      : [[`${words.phrases.notRead}: ${missed.map((c) => words.carriers[c]).join(', ')}`]];
  const label = words.rows[row];
  if (found.length > 0) {
    return [
      {
        label,
        mark: 'present',
        word: [words.phrases.present],
        notes: [...signalNotes(found, words), ...notRead],
      },
    ];
  }
  return missed.length === 0
    ? [{ label, mark: 'none', word: [words.phrases.noneFound], notes: [] }]
    : [{ label, mark: 'not-checked', word: [words.phrases.noneFoundWhereRead], notes: notRead }];
}

/** That a label is there goes without saying where another signal tells what it says. */
function told(signals: readonly Signal[]): Signal[] {
  const says = signals.some(({ id }) => id.startsWith('gb45438.label.') && id !== 'gb45438.label.present');
  return says ? signals.filter(({ id }) => id !== 'gb45438.label.present') : [...signals];
}

/** As evidence.ts says it, of a read in a Report. */
export function couldNotLook({ status, code }: Report['reads'][Carrier]): boolean {
  return (
    status === 'failed' || status === 'malformed' || (status === 'unsupported' && code !== 'carrier.none')
  );
}
