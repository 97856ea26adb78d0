import { RUBRIC } from './families.js';
import type { SignalRow } from './row.js';

/**
 * C2PA Asset Signals Rubric (Local) 1.0, C2PA Conformance Task Force, 2026-08-06. The ids are verbatim, the questions
 * are paraphrased. They use “says” deliberately, because the rubric reads what a manifest declares.
 */
const INCEPTION = {
  'c2pa.inception.blankCanvas': RUBRIC,
  'c2pa.inception.capturedMedia': RUBRIC,
  'c2pa.inception.capturedMediaStitched': RUBRIC,
  'c2pa.inception.compositionMayContainGenAI': RUBRIC,
  'c2pa.inception.fullyGenAIMedia': RUBRIC,
  'c2pa.inception.mediaUnknownProvenance': RUBRIC,
  'c2pa.inception.nonGenAIDigitalCreation': RUBRIC,
  'c2pa.inception.partlyGenAICreation': RUBRIC,
  'c2pa.inception.screenCaptureMayContainGenAI': RUBRIC,
} as const satisfies Record<string, SignalRow>;

const TRANSFORMATION = {
  'c2pa.transformation.ambiguousActions': RUBRIC,
  'c2pa.transformation.nonEditorial': RUBRIC,
  'c2pa.transformation.perceptibleGenAI': RUBRIC,
  'c2pa.transformation.perceptibleNonGenAI': RUBRIC,
  'c2pa.transformation.perceptiblePossiblyGenAI': RUBRIC,
} as const satisfies Record<string, SignalRow>;

export const RUBRIC_SIGNALS = { ...INCEPTION, ...TRANSFORMATION };

export type InceptionId = keyof typeof INCEPTION;
export type TransformationId = keyof typeof TRANSFORMATION;
export type RubricSignalId = InceptionId | TransformationId;

export const RUBRIC_SIGNAL_IDS = Object.keys(RUBRIC_SIGNALS) as RubricSignalId[];
