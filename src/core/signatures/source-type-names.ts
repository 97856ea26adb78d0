import type { DigitalSourceType } from '../signals/source-types.js';

/**
 * What IPTC calls its digital source types for people, today and in earlier releases. Some programs write such a name,
 * with or without its blanks, where the term or its address belongs: Google Photos reads
 * `CompositeIncludingSyntheticElements` and `PureAlgorithmicMedia` as terms. A name that reads as its own term is left
 * out. Grades as in generators.ts.
 */
export interface SourceTypeName {
  name: string;
  term: DigitalSourceType;
  grade: 'D';
  source: string;
}

const NOW = 'IPTC NewsCodes digitalsourcetype, release of 2024-10-23';
const IN_2022 = 'IPTC NewsCodes digitalsourcetype, release of 2022-06-14';
const IN_2023 = 'IPTC NewsCodes digitalsourcetype, release of 2023-07-26';
const IN_2008 = 'IPTC NewsCodes digitalsourcetype, 2008 to 2022';

type Row = readonly [name: string, term: DigitalSourceType, source: string];

const ROWS: readonly Row[] = [
  ['Created using Generative AI', 'trainedAlgorithmicMedia', NOW],
  ['Edited using Generative AI', 'compositeWithTrainedAlgorithmicMedia', NOW],
  ['Composite including generative AI elements', 'compositeSynthetic', NOW],
  [
    'Composite including synthetic elements',
    'compositeSynthetic',
    `${IN_2022}; Google Photos, strings of the decompiled app`,
  ],
  ['Composite of elements', 'composite', NOW],
  [
    'Composite of captured elements',
    'compositeCapture',
    `${NOW}; Google Photos, strings of the decompiled app`,
  ],
  ['Pure algorithmic media', 'algorithmicMedia', `${NOW}; Google Photos, strings of the decompiled app`],
  ['Algorithmically-altered media', 'algorithmicallyEnhanced', NOW],
  ['Algorithmically-enhanced media', 'algorithmicallyEnhanced', IN_2022],
  ['Algorithmic enhancement', 'algorithmicallyEnhanced', IN_2023],
  ['Virtual event recording', 'virtualRecording', NOW],
  ['Human-edited media', 'humanEdits', NOW],
  ['Original media with minor human edits', 'minorHumanEdits', IN_2022],
  ['Created by software', 'softwareImage', IN_2008],
  ['Digital capture sampled from real life', 'digitalCapture', NOW],
  ['Original digital capture sampled from real life', 'digitalCapture', IN_2022],
  ['Original digital capture of a real life scene', 'digitalCapture', IN_2008],
  ['Multi-frame computational capture sampled from real life', 'computationalCapture', NOW],
  ['Multi-frame computational capture', 'computationalCapture', 'schema.org IPTCDigitalSourceEnumeration'],
  ['Digitised from a transparent negative', 'negativeFilm', NOW],
  ['Digitised from a negative on film', 'negativeFilm', IN_2022],
  ['Digitised from a transparent positive', 'positiveFilm', NOW],
  ['Digitised from a positive on film', 'positiveFilm', IN_2022],
  ['Digitised from a non-transparent medium', 'print', NOW],
  ['Digitised from a print on non-transparent medium', 'print', IN_2022],
];

export const SOURCE_TYPE_NAMES: readonly SourceTypeName[] = ROWS.map(([name, term, source]) => ({
  name,
  term,
  grade: 'D',
  source,
}));
