import { IPTC, STATEMENT } from './families.js';
import type { Origin, SignalRow } from './row.js';
import {
  CAPTURED,
  DIGITAL_SOURCE_TYPES,
  type DigitalSourceType,
  FULLY_GENERATIVE,
  GENERATIVE,
} from './source-types.js';

/** A digitalSourceType, once for each of its terms and for each place where it is written. */

type Term = DigitalSourceType | 'unrecognised';
type Ids<P extends string> = `${P}.digitalSourceType.${Term}`;

function rowsOf<P extends string>(prefix: P, of: (term: Term) => SignalRow): Record<Ids<P>, SignalRow> {
  const terms = [...DIGITAL_SOURCE_TYPES, 'unrecognised' as const];
  return Object.fromEntries(terms.map((term) => [`${prefix}.digitalSourceType.${term}`, of(term)])) as Record<
    Ids<P>,
    SignalRow
  >;
}

/** Of these a part may be generated. */
const MAY_BE: ReadonlySet<Term> = new Set<Term>([
  'composite',
  'digitalArt',
  'screenCapture',
  'virtualRecording',
]);

/** Something stood before a device: a photo of a print or a film tells nothing of when that was made. */
const BEFORE_DEVICE: ReadonlySet<Term> = new Set<Term>([
  'digitalCapture',
  'computationalCapture',
  'compositeCapture',
]);

function originOf(term: DigitalSourceType): Origin {
  if (FULLY_GENERATIVE.has(term)) return 'ai-generated';
  if (GENERATIVE.has(term)) return 'ai-edited';
  return CAPTURED.has(term) ? 'captured' : 'other';
}

const possible = { into: 'file.aiMark.possible', leavesOpen: true } as const;

function inManifest(term: Term): SignalRow {
  return {
    ...STATEMENT,
    row: 'credentials',
    term,
    states: term === 'unrecognised' ? 'nothing' : originOf(term),
    contradicts: [
      ...(FULLY_GENERATIVE.has(term) ? (['generation'] as const) : []),
      ...(GENERATIVE.has(term) ? (['mentions-ai'] as const) : []),
      ...(BEFORE_DEVICE.has(term) ? (['capture'] as const) : []),
    ],
    gathered: MAY_BE.has(term) ? possible : null,
  };
}

function inXmp(term: Term): SignalRow {
  if (term === 'unrecognised') return { ...IPTC, label: 'iptc', term };
  const ofAi = GENERATIVE.has(term);
  const unsigned = { into: 'file.aiMark.unsigned', leavesOpen: true } as const;
  return {
    ...IPTC,
    label: 'iptc',
    term,
    states: originOf(term),
    decides: 'iptc',
    contradicts: ['stated', 'term', ...(BEFORE_DEVICE.has(term) ? (['capture'] as const) : [])],
    gathered: ofAi ? unsigned : MAY_BE.has(term) ? possible : null,
    // A recording of a virtual event is one of generated pictures.
    row: ofAi || term === 'virtualRecording' ? 'labels' : 'otherLabels',
  };
}

export const TERM_SIGNALS = { ...rowsOf('c2pa', inManifest), ...rowsOf('iptc', inXmp) };
