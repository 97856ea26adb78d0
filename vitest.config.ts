import { defineConfig } from 'vitest/config';
import { withoutOperatorFiles } from './tests/operator-files.js';
import { kindsOfTests } from './tests/projects.js';

const json = process.env['ASSAY_TEST_JSON'];
const { unit, system, apart } = kindsOfTests();
const setupFiles = 'tests/program-place.ts';
const exclude = withoutOperatorFiles(process.env);

export default defineConfig({
  test: {
    // Real child processes, engines and databases, on machines that may do much else: a test that hangs is a finding,
    // so the bounds are there, and so wide that slowness alone meets none. Tests state no shorter ones of their own.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    globalSetup: 'tests/program-build.ts',
    // The tests start child processes of their own, so that two files at once fill two cores; but databases that are away,
    // clients that are slow and deadlines are waited for, and a third uses that time.
    maxWorkers: 3,
    reporters: json ? ['default', 'json'] : ['default'],
    ...(json ? { outputFile: { json } } : {}),
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: unit, exclude, isolate: false },
      },
      {
        extends: true,
        test: { name: 'system', include: system, exclude, setupFiles, isolate: false },
      },
      {
        extends: true,
        test: { name: 'apart', include: apart, exclude, setupFiles },
      },
    ],
  },
});
