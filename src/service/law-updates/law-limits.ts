/** Bounds of signed law, which is read whole before its signature is verified, and of the files it is made from. */
export const lawLimits = {
  bundleBytes: 32 * 1024 ** 2,
  fileBytes: 4 * 1024 ** 2,
  files: 2_000,
  /** Layers in force together, with Assay's own text. */
  layers: 16,
  /** Bytes of one source file, YAML or JSON: the longest book of Assay's own has a third of it. */
  sourceBytes: 1024 ** 2,
  /** Levels of values inside values in a source file; books use about 20. The parser itself would run out of stack later. */
  sourceDepth: 100,
  /** Faults of source files that are named. */
  namedFaults: 50,
  nameCharacters: 80,
  reasonCharacters: 300,
  /** Bytes of one key file, and keys in it: several, so that a new key can be added before the old one is removed. */
  keyFileBytes: 16 * 1024,
  keys: 8,
  /** Bytes of `current.json`. */
  currentBytes: 16 * 1024,
  /** Time for the test cases of all books of a bundle together. */
  casesMillis: 30_000,
  /** Earlier laws that a rollback can return to. */
  before: 8,
  /** Failing test cases that are named. */
  namedCases: 5,
} as const;
