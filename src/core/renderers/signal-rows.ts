import type { SignalId } from '../signal.js';
import type { CheckRow } from '../words/words.js';

export type SignalRow = Exclude<CheckRow, 'credentials' | 'notLookedInto' | 'notChecked'>;
type Namespace = SignalId extends infer Id ? (Id extends `${infer N}.${string}` ? N : never) : never;

/** Namespaces that may stay empty: they have their row before their first signal. */
type Foreseen = 'platform' | 'editor' | 'recorder';

/**
 * A new namespace of signals does not compile until its row is chosen; `ROWS` chooses within one.
 * Undefined: in the details only.
 */
const NAMESPACE_ROWS = {
  c2pa: undefined,
  cawg: 'credentials',
  watermark: 'credentials',
  iptc: 'otherLabels',
  gb45438: undefined,
  generator: 'traces',
  camera: 'camera',
  recorder: 'camera',
  editor: 'editor',
  platform: 'platform',
  file: 'file',
} as const satisfies Record<Namespace | Foreseen, CheckRow | undefined>;

/**
 * The elements and the form of a GB 45438 label belong to its rules; only what it says belongs here. Of C2PA, what
 * a manifest states of the origin, and bytes that its hash leaves out: signer, time and integrity have lines of
 * their own, and the ids of the rubric repeat in other words what the actions say.
 */
const ROWS: readonly (readonly [RegExp, CheckRow])[] = [
  [/^c2pa\.(digitalSourceType|declaration|binding)\./, 'credentials'],
  [
    /^iptc\.digitalSourceType\.(trainedAlgorithmicMedia|compositeWithTrainedAlgorithmicMedia|compositeSynthetic|trainedAlgorithmicData|virtualRecording)$/,
    'labels',
  ],
  [/^iptc\.(ai|credit)\./, 'labels'],
  [/^gb45438\.(label|copies|security)\.|^gb45438\.provider\.listed$/, 'labels'],
  [/\.aiLabel(\.|$)/, 'labels'],
  [/^watermark\.(pixels\.|stealthText$)/, 'traces'],
];

export function rowOf(id: SignalId): CheckRow | undefined {
  // Gathered for the rules from signals that have rows of their own.
  if (/^file\.ai(Mark\.|Trace$)/.test(id)) return undefined;
  // Every JPEG has them: for the details.
  if (id.startsWith('file.jpeg.')) return undefined;
  const namespace = id.slice(0, id.indexOf('.')) as Namespace;
  return ROWS.find(([pattern]) => pattern.test(id))?.[1] ?? NAMESPACE_ROWS[namespace];
}
