/**
 * Some tests hold the code against what is no part of the project: real files, the published trust lists, the official
 * rubric. Each stands in a file of its own whose name says what it needs, so that a clone with nothing beside it runs
 * every other file whole, and that `vitest run .corpus.test.ts` runs these alone.
 */
export const OPERATOR_FILES = [
  { ending: '.corpus.test.ts', variable: 'ASSAY_CORPUS_DIR' },
  { ending: '.trust.corpus.test.ts', variable: 'ASSAY_TRUST_DIR' },
  { ending: '.rubrics.corpus.test.ts', variable: 'ASSAY_RUBRICS_DIR' },
] as const;

/** Patterns of the test files that cannot run here, since a variable they need is not set. */
export function withoutOperatorFiles(env: Readonly<Record<string, string | undefined>>): string[] {
  return OPERATOR_FILES.filter(({ variable }) => !env[variable]).map(({ ending }) => `tests/**/*${ending}`);
}
