import { DIGITAL_SOURCE_TYPES, type DigitalSourceType } from '../signals/source-types.js';
import { SOURCE_TYPE_NAMES } from '../signatures/source-type-names.js';

/** Removes blanks and hyphens, because names occur as `Pure algorithmic media` and `PureAlgorithmicMedia`. */
const normalizeName = (words: string): string => words.replaceAll(/[ -]/g, '').toLowerCase();

const TERMS = new Map<string, DigitalSourceType>([
  ...SOURCE_TYPE_NAMES.map(({ name, term }) => [normalizeName(name), term] as const),
  ...DIGITAL_SOURCE_TYPES.map((term) => [normalizeName(term), term] as const),
]);
/** Upper bound on the length of a term, longer than any name. */
const MAX_CHARACTERS = 256;

/** Namespace of IPTC’s extension schema. */
export const IPTC_EXTENSION = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';

/**
 * Accepted forms: IPTC and C2PA vocabularies with either scheme, the QCode, schema.org's spelling, the bare term or its
 * name.
 */
const FORMS = [
  /^https?:\/\/cv\.iptc\.org\/newscodes\/digitalsourcetype\/([A-Za-z]+)\/?$/i,
  /^https?:\/\/c2pa\.org\/digitalsourcetype\/([A-Za-z]+)\/?$/i,
  /^digsrctype:([A-Za-z]+)$/i,
  /^https?:\/\/schema\.org\/([A-Za-z]+)DigitalSource$/i,
  /^c2pa\.(trainedAlgorithmicData)$/i,
  /^([A-Za-z]+(?:[ -][A-Za-z]+)*)$/,
] as const;

/** Returns the exact term, never a substring: `compositeWithTrainedAlgorithmicMedia` contains `trainedAlgorithmicMedia`. */
export function parseDigitalSourceType(value: string): DigitalSourceType | 'unrecognised' {
  if (value.length > MAX_CHARACTERS) return 'unrecognised';
  const text = value.trim();
  for (const form of FORMS) {
    const term = TERMS.get(normalizeName(form.exec(text)?.[1] ?? ''));
    if (term) return term;
  }
  return 'unrecognised';
}
