import type { Carrier } from '../evidence.js';
import type { Report } from '../report.js';
import type { Signal, SignalId } from '../signal.js';
import type { CheckRow, Words } from '../words/words.js';
import { bounded, type Line, type Run, signalLine } from './runs.js';

/** Shapes that differ without colour. */
export type Mark = 'present' | 'none' | 'not-checked' | 'contradiction';

export interface Check {
  label: string;
  mark: Mark;
  word: Line;
  notes: Line[];
}

type SignalRow = Exclude<CheckRow, 'credentials' | 'notChecked'>;
type Namespace = SignalId extends infer Id ? (Id extends `${infer N}.${string}` ? N : never) : never;

/** A new namespace of signals does not compile until its row is chosen. Rules below choose within one. */
const NAMESPACE_ROWS = {
  c2pa: 'credentials',
  iptc: 'otherLabels',
  gb45438: undefined,
  generator: 'traces',
  camera: 'camera',
  file: 'file',
} as const satisfies Record<Namespace, CheckRow | undefined>;

/** The elements and the form of a GB 45438 label belong to its rules; only what it says belongs here. */
const ROWS: readonly (readonly [RegExp, CheckRow])[] = [
  [
    /^iptc\.digitalSourceType\.(trainedAlgorithmicMedia|compositeWithTrainedAlgorithmicMedia|compositeSynthetic|trainedAlgorithmicData|virtualRecording)$/,
    'labels',
  ],
  [/^gb45438\.(label|copies)\./, 'labels'],
];

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
const MOST_SIGNALS = 12;

export function checks(report: Report, words: Words): Check[] {
  return [
    credentials(report, words),
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

function credentials(report: Report, words: Words): Check {
  const { contentCredentials: found, signals, reads } = report;
  const label = words.rows.credentials;
  const presence = words.presence[found.presence];
  switch (found.presence) {
    case 'absent':
      return { label, mark: 'none', word: [presence], notes: [] };
    case 'remote': {
      const url: Line[] =
        found.remoteUrl === undefined
          ? []
          : [[`${words.phrases.pointsTo}: `, { file: found.remoteUrl, most: 512 }]];
      return { label, mark: 'not-checked', word: [presence], notes: url };
    }
    case 'present': {
      const integrity = found.integrity === undefined ? '' : `; ${words.integrity[found.integrity]}`;
      const said = signals.filter(({ id }) => id.startsWith('c2pa.digitalSourceType.'));
      return {
        label,
        mark: 'present',
        word: [presence, integrity],
        notes: [...signer(report, words), ...signalNotes(said, words)],
      };
    }
    default:
      return {
        label,
        mark: 'not-checked',
        word: [presence],
        notes: reads.c2pa.reason === undefined ? [] : [[reads.c2pa.reason]],
      };
  }
}

function signer({ contentCredentials: { signer, time, ingredientIntegrity } }: Report, words: Words): Line[] {
  const lines: Line[] = [];
  if (signer) {
    const name: Run[] = signer.name === undefined ? [] : [{ file: signer.name, most: 200 }, ', '];
    const list = signer.listDate === undefined ? '' : ` (${words.phrases.listOf(signer.listDate)})`;
    lines.push([`${words.phrases.signer}: `, ...name, words.trust[signer.trust], list]);
  }
  if (time && time.validity !== 'inside')
    lines.push([`${words.phrases.certificate}: ${words.validity[time.validity]}`]);
  if (time?.revocation === 'revoked')
    lines.push([`${words.phrases.certificate}: ${words.revocation.revoked}`]);
  if (ingredientIntegrity === 'altered') lines.push([words.phrases.ingredientAltered]);
  return lines;
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

function rowOf(id: SignalId): CheckRow | undefined {
  const namespace = id.slice(0, id.indexOf('.')) as Namespace;
  return ROWS.find(([pattern]) => pattern.test(id))?.[1] ?? NAMESPACE_ROWS[namespace];
}

/** That a label is there goes without saying where another signal tells what it says. */
function told(signals: readonly Signal[]): Signal[] {
  const says = signals.some(({ id }) => id.startsWith('gb45438.label.') && id !== 'gb45438.label.present');
  return says ? signals.filter(({ id }) => id !== 'gb45438.label.present') : [...signals];
}

function signalNotes(signals: readonly Signal[], words: Words): Line[] {
  return bounded(signals, MOST_SIGNALS, words, (signal) => signalLine(signal, words));
}

/** As evidence.ts says it, of a read in a Report. */
export function couldNotLook({ status, code }: Report['reads'][Carrier]): boolean {
  return (
    status === 'failed' || status === 'malformed' || (status === 'unsupported' && code !== 'carrier.none')
  );
}
