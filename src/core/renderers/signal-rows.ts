import type { SignalId } from '../signal.js';
import type { CheckRow } from '../words/words.js';

export type SignalRow = Exclude<CheckRow, 'credentials' | 'notChecked'>;
type Namespace = SignalId extends infer Id ? (Id extends `${infer N}.${string}` ? N : never) : never;

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
  file: 'file',
} as const satisfies Record<Namespace, CheckRow | undefined>;

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
  [/^gb45438\.(label|copies)\./, 'labels'],
];

export function rowOf(id: SignalId): CheckRow | undefined {
  const namespace = id.slice(0, id.indexOf('.')) as Namespace;
  return ROWS.find(([pattern]) => pattern.test(id))?.[1] ?? NAMESPACE_ROWS[namespace];
}
