import { IPTC, STATEMENT } from './families.js';
import type { SignalRow, StatedOrigin } from './row.js';
import {
  CAPTURED_TYPES,
  DIGITAL_SOURCE_TYPES,
  type DigitalSourceType,
  FULLY_GENERATIVE_TYPES,
  GENERATIVE_TYPES,
} from './source-types.js';

/** Signals for digitalSourceType, one for each term and each carrier. */

type Term = DigitalSourceType | 'unrecognised';
type Ids<P extends string> = `${P}.digitalSourceType.${Term}`;

function termRows<P extends string>(prefix: P, of: (term: Term) => SignalRow): Record<Ids<P>, SignalRow> {
  const terms = [...DIGITAL_SOURCE_TYPES, 'unrecognised' as const];
  return Object.fromEntries(terms.map((term) => [`${prefix}.digitalSourceType.${term}`, of(term)])) as Record<
    Ids<P>,
    SignalRow
  >;
}

/** Terms whose content may be partly generated. */
const MAY_BE_GENERATED: ReadonlySet<Term> = new Set<Term>([
  'composite',
  'digitalArt',
  'screenCapture',
  'virtualRecording',
]);

/** Terms for a capture of something in front of a device. A photo of a print or film does not show when that was made. */
const CAPTURE_TERMS: ReadonlySet<Term> = new Set<Term>([
  'digitalCapture',
  'computationalCapture',
  'compositeCapture',
]);

function termOrigin(term: DigitalSourceType): StatedOrigin {
  if (FULLY_GENERATIVE_TYPES.has(term)) return 'ai-generated';
  if (GENERATIVE_TYPES.has(term)) return 'ai-edited';
  return CAPTURED_TYPES.has(term) ? 'captured' : 'other';
}

const possible = { fact: 'file.aiMark.possible', isRequired: true } as const;

function manifestRow(term: Term): SignalRow {
  return {
    ...STATEMENT,
    pageRow: 'credentials',
    term,
    states: term === 'unrecognised' ? 'nothing' : termOrigin(term),
    contradicts: [
      ...(FULLY_GENERATIVE_TYPES.has(term) ? (['generation'] as const) : []),
      ...(GENERATIVE_TYPES.has(term) ? (['mentions-ai'] as const) : []),
      ...(CAPTURE_TERMS.has(term) ? (['capture'] as const) : []),
    ],
    gathering: MAY_BE_GENERATED.has(term) ? possible : null,
  };
}

function xmpRow(term: Term): SignalRow {
  if (term === 'unrecognised') return { ...IPTC, label: 'iptc', term };
  const ofAi = GENERATIVE_TYPES.has(term);
  const unsigned = { fact: 'file.aiMark.unsigned', isRequired: true } as const;
  return {
    ...IPTC,
    label: 'iptc',
    term,
    states: termOrigin(term),
    decides: 'iptc',
    contradicts: ['stated', 'term', ...(CAPTURE_TERMS.has(term) ? (['capture'] as const) : [])],
    gathering: ofAi ? unsigned : MAY_BE_GENERATED.has(term) ? possible : null,
    // A recording of a virtual event shows generated pictures.
    pageRow: ofAi || term === 'virtualRecording' ? 'labels' : 'otherLabels',
  };
}

export const TERM_SIGNALS = { ...termRows('c2pa', manifestRow), ...termRows('iptc', xmpRow) };
