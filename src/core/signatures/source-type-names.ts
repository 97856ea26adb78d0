import type { DigitalSourceType } from '../signals/source-types.js';

/**
 * Display names of IPTC's digital source types, current and from earlier releases. Some programs write such a name,
 * with or without spaces, instead of the term or its URI: Google Photos reads `CompositeIncludingSyntheticElements` and
 * `PureAlgorithmicMedia` as terms. Names identical to their term are omitted. Grades as in generators.ts.
 */
export interface SourceTypeName {
  name: string;
  term: DigitalSourceType;
  grade: 'D';
  source: string;
}

const CURRENT_NAMES = 'IPTC NewsCodes digitalsourcetype, release of 2024-10-23';
const NAMES_2022 = 'IPTC NewsCodes digitalsourcetype, release of 2022-06-14';
const NAMES_2023 = 'IPTC NewsCodes digitalsourcetype, release of 2023-07-26';
const NAMES_2008 = 'IPTC NewsCodes digitalsourcetype, 2008 to 2022';

type Row = readonly [name: string, term: DigitalSourceType, source: string];

const ROWS: readonly Row[] = [
  ['Created using Generative AI', 'trainedAlgorithmicMedia', CURRENT_NAMES],
  ['Edited using Generative AI', 'compositeWithTrainedAlgorithmicMedia', CURRENT_NAMES],
  ['Composite including generative AI elements', 'compositeSynthetic', CURRENT_NAMES],
  [
    'Composite including synthetic elements',
    'compositeSynthetic',
    `${NAMES_2022}; Google Photos, strings of the decompiled app`,
  ],
  ['Composite of elements', 'composite', CURRENT_NAMES],
  [
    'Composite of captured elements',
    'compositeCapture',
    `${CURRENT_NAMES}; Google Photos, strings of the decompiled app`,
  ],
  [
    'Pure algorithmic media',
    'algorithmicMedia',
    `${CURRENT_NAMES}; Google Photos, strings of the decompiled app`,
  ],
  ['Algorithmically-altered media', 'algorithmicallyEnhanced', CURRENT_NAMES],
  ['Algorithmically-enhanced media', 'algorithmicallyEnhanced', NAMES_2022],
  ['Algorithmic enhancement', 'algorithmicallyEnhanced', NAMES_2023],
  ['Virtual event recording', 'virtualRecording', CURRENT_NAMES],
  ['Human-edited media', 'humanEdits', CURRENT_NAMES],
  ['Original media with minor human edits', 'minorHumanEdits', NAMES_2022],
  ['Created by software', 'softwareImage', NAMES_2008],
  ['Digital capture sampled from real life', 'digitalCapture', CURRENT_NAMES],
  ['Original digital capture sampled from real life', 'digitalCapture', NAMES_2022],
  ['Original digital capture of a real life scene', 'digitalCapture', NAMES_2008],
  ['Multi-frame computational capture sampled from real life', 'computationalCapture', CURRENT_NAMES],
  ['Multi-frame computational capture', 'computationalCapture', 'schema.org IPTCDigitalSourceEnumeration'],
  ['Digitised from a transparent negative', 'negativeFilm', CURRENT_NAMES],
  ['Digitised from a negative on film', 'negativeFilm', NAMES_2022],
  ['Digitised from a transparent positive', 'positiveFilm', CURRENT_NAMES],
  ['Digitised from a positive on film', 'positiveFilm', NAMES_2022],
  ['Digitised from a non-transparent medium', 'print', CURRENT_NAMES],
  ['Digitised from a print on non-transparent medium', 'print', NAMES_2022],
];

export const SOURCE_TYPE_NAMES: readonly SourceTypeName[] = ROWS.map(([name, term, source]) => ({
  name,
  term,
  grade: 'D',
  source,
}));
