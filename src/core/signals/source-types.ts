/** IPTC digitalSourceType (release 2024-10-23, CC BY 4.0) and the two C2PA values. */
export const DIGITAL_SOURCE_TYPES = [
  'trainedAlgorithmicMedia',
  'compositeWithTrainedAlgorithmicMedia',
  'compositeSynthetic',
  'trainedAlgorithmicData',
  'virtualRecording',
  'composite',
  'digitalArt',
  'algorithmicMedia',
  'algorithmicallyEnhanced',
  'dataDrivenMedia',
  'digitalCreation',
  'humanEdits',
  'minorHumanEdits',
  'softwareImage',
  'digitalCapture',
  'computationalCapture',
  'compositeCapture',
  'screenCapture',
  'negativeFilm',
  'positiveFilm',
  'print',
  'empty',
] as const;
export type DigitalSourceType = (typeof DIGITAL_SOURCE_TYPES)[number];

/** Classification of the terms by C2PA's Asset Signals Rubric 1.0 and IPTC. */
export const GENERATIVE_TYPES: ReadonlySet<string> = new Set<DigitalSourceType>([
  'trainedAlgorithmicMedia',
  'compositeWithTrainedAlgorithmicMedia',
  'compositeSynthetic',
  'trainedAlgorithmicData',
]);
export const FULLY_GENERATIVE_TYPES: ReadonlySet<string> = new Set<DigitalSourceType>([
  'trainedAlgorithmicMedia',
  'trainedAlgorithmicData',
]);
export const CAPTURED_TYPES: ReadonlySet<string> = new Set<DigitalSourceType>([
  'digitalCapture',
  'computationalCapture',
  'compositeCapture',
  'negativeFilm',
  'positiveFilm',
  'print',
]);
