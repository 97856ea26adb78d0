import { defineConfig } from 'vitest/config';

const json = process.env['ASSAY_TEST_JSON'];

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Real files of other people and the official rubric: not even registered where the operator has none.
    exclude: [
      ...(process.env['ASSAY_CORPUS_DIR'] ? [] : ['tests/real-files.test.ts']),
      ...(process.env['ASSAY_RUBRICS_DIR'] ? [] : ['tests/rubric.test.ts']),
    ],
    // Real child processes, engines and databases, on machines that may do much else: a test that hangs is a finding,
    // so the bounds are there, and so wide that slowness alone meets none. Tests state no shorter ones of their own.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    // The tests start child processes of their own; more files at once than cores only makes them wait.
    maxWorkers: 2,
    reporters: json ? ['default', 'json'] : ['default'],
    ...(json ? { outputFile: { json } } : {}),
  },
});
