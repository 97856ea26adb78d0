/**
 * C2PA Asset Signals Rubric (Local) 1.0, C2PA Conformance Task Force, 2026-08-06: its ids verbatim, what they ask
 * in our words. "Says" is meant: the rubric reads what a manifest declares.
 */
export const INCEPTION_ROWS = {
  'c2pa.inception.blankCanvas': 'C2PA rubric: a manifest says that it began with a blank canvas.',
  'c2pa.inception.capturedMedia': 'C2PA rubric: a manifest says that it began with a capture.',
  'c2pa.inception.capturedMediaStitched':
    'C2PA rubric: a manifest says that it began with several captures put together.',
  'c2pa.inception.compositionMayContainGenAI':
    'C2PA rubric: a manifest says that it began as a composition, which may contain generated parts.',
  'c2pa.inception.fullyGenAIMedia': 'C2PA rubric: a manifest says that it began as AI-generated media.',
  'c2pa.inception.mediaUnknownProvenance':
    'C2PA rubric: a manifest has an ingredient without Content Credentials of its own.',
  'c2pa.inception.nonGenAIDigitalCreation':
    'C2PA rubric: a manifest says that it began as a digital creation without generative AI.',
  'c2pa.inception.partlyGenAICreation':
    'C2PA rubric: a manifest says that it began as a composite with AI-generated parts.',
  'c2pa.inception.screenCaptureMayContainGenAI':
    'C2PA rubric: a manifest says that it began as a screen capture, which may show generated content.',
} as const satisfies Record<string, string>;

export const TRANSFORMATION_ROWS = {
  'c2pa.transformation.ambiguousActions':
    'C2PA rubric: a manifest’s list of actions is missing, not said to be complete, or holds unknown or gathered ones.',
  'c2pa.transformation.nonEditorial': 'C2PA rubric: a manifest says that a non-editorial action was done.',
  'c2pa.transformation.perceptibleGenAI':
    'C2PA rubric: a manifest says that an editorial action used generative AI.',
  'c2pa.transformation.perceptibleNonGenAI':
    'C2PA rubric: a manifest says that an editorial action had a source type that is not generative AI.',
  'c2pa.transformation.perceptiblePossiblyGenAI':
    'C2PA rubric: a manifest says that an editorial action had a source type that may mean generative AI.',
} as const satisfies Record<string, string>;

export type InceptionId = keyof typeof INCEPTION_ROWS;
export type TransformationId = keyof typeof TRANSFORMATION_ROWS;
export type RubricSignalId = InceptionId | TransformationId;

export const RUBRIC_SIGNAL_IDS = [
  ...Object.keys(INCEPTION_ROWS),
  ...Object.keys(TRANSFORMATION_ROWS),
] as RubricSignalId[];
