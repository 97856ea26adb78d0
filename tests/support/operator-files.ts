/**
 * Some tests need data that is not part of the project: real files, the published trust lists, the official rubric.
 * Each is in a file whose name states what it needs, so that a plain clone runs every other file completely, and
 * `vitest run .corpus.test.ts` runs these alone.
 */
export const OPERATOR_FILES = [
  { ending: '.corpus.test.ts', variable: 'ASSAY_CORPUS_DIR' },
  { ending: '.trust.corpus.test.ts', variable: 'ASSAY_TRUST_DIR' },
  { ending: '.rubrics.corpus.test.ts', variable: 'ASSAY_RUBRICS_DIR' },
] as const;

/** Returns patterns of the test files that cannot run here, because a variable they need is not set. */
export function withoutOperatorFiles(env: Readonly<Record<string, string | undefined>>): string[] {
  return OPERATOR_FILES.filter(({ variable }) => !env[variable]).map(({ ending }) => `tests/**/*${ending}`);
}
