import { DIGITAL_SOURCE_TYPES, type DigitalSourceType } from '../signals.js';

const TERMS = new Map<string, DigitalSourceType>(
  DIGITAL_SOURCE_TYPES.map((term) => [term.toLowerCase(), term]),
);

/** Namespace of IPTC’s extension schema. */
export const IPTC_EXTENSION = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';

/** IPTC and C2PA vocabularies, by either scheme; the QCode; schema.org's spelling; the bare term. */
const FORMS = [
  /^https?:\/\/cv\.iptc\.org\/newscodes\/digitalsourcetype\/([A-Za-z]+)\/?$/i,
  /^https?:\/\/c2pa\.org\/digitalsourcetype\/([A-Za-z]+)\/?$/i,
  /^digsrctype:([A-Za-z]+)$/i,
  /^https?:\/\/schema\.org\/([A-Za-z]+)DigitalSource$/i,
  /^c2pa\.(trainedAlgorithmicData)$/i,
  /^([A-Za-z]+)$/,
] as const;

/** The exact term, never a part of it: `trainedAlgorithmicMedia` stands inside `compositeWithTrainedAlgorithmicMedia`. */
export function digitalSourceTypeOf(value: string): DigitalSourceType | 'unrecognised' {
  const text = value.trim();
  for (const form of FORMS) {
    const term = TERMS.get(form.exec(text)?.[1]?.toLowerCase() ?? '');
    if (term) return term;
  }
  return 'unrecognised';
}

/** How C2PA's Asset Signals Rubric 1.0 and IPTC read the terms. */
export const GENERATIVE: ReadonlySet<string> = new Set([
  'trainedAlgorithmicMedia',
  'compositeWithTrainedAlgorithmicMedia',
  'compositeSynthetic',
  'trainedAlgorithmicData',
]);
export const FULLY_GENERATIVE: ReadonlySet<string> = new Set([
  'trainedAlgorithmicMedia',
  'trainedAlgorithmicData',
]);
export const CAPTURED: ReadonlySet<string> = new Set([
  'digitalCapture',
  'computationalCapture',
  'compositeCapture',
  'negativeFilm',
  'positiveFilm',
  'print',
]);
