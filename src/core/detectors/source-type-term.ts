import { DIGITAL_SOURCE_TYPES, type DigitalSourceType } from '../signals/source-types.js';
import { SOURCE_TYPE_NAMES } from '../signatures/source-type-names.js';

/** Blanks and hyphens do not count: names are written `Pure algorithmic media` and `PureAlgorithmicMedia`. */
const bare = (words: string): string => words.replaceAll(/[ -]/g, '').toLowerCase();

const TERMS = new Map<string, DigitalSourceType>([
  ...SOURCE_TYPE_NAMES.map(({ name, term }) => [bare(name), term] as const),
  ...DIGITAL_SOURCE_TYPES.map((term) => [bare(term), term] as const),
]);
/** Longer than any name. */
const MOST_CHARACTERS = 256;

/** Namespace of IPTC’s extension schema. */
export const IPTC_EXTENSION = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';

/** IPTC and C2PA vocabularies, by either scheme; the QCode; schema.org's spelling; the bare term or its name. */
const FORMS = [
  /^https?:\/\/cv\.iptc\.org\/newscodes\/digitalsourcetype\/([A-Za-z]+)\/?$/i,
  /^https?:\/\/c2pa\.org\/digitalsourcetype\/([A-Za-z]+)\/?$/i,
  /^digsrctype:([A-Za-z]+)$/i,
  /^https?:\/\/schema\.org\/([A-Za-z]+)DigitalSource$/i,
  /^c2pa\.(trainedAlgorithmicData)$/i,
  /^([A-Za-z]+(?:[ -][A-Za-z]+)*)$/,
] as const;

/** The exact term, never a part of it: `trainedAlgorithmicMedia` stands inside `compositeWithTrainedAlgorithmicMedia`. */
export function digitalSourceTypeOf(value: string): DigitalSourceType | 'unrecognised' {
  if (value.length > MOST_CHARACTERS) return 'unrecognised';
  const text = value.trim();
  for (const form of FORMS) {
    const term = TERMS.get(bare(form.exec(text)?.[1] ?? ''));
    if (term) return term;
  }
  return 'unrecognised';
}
