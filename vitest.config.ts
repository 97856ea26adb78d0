import { defineConfig } from 'vitest/config';
import { withoutOperatorFiles } from './tests/operator-files.js';
import { kindsOfTests } from './tests/projects.js';

const json = process.env['ASSAY_TEST_JSON'];
const { unit, system, apart } = kindsOfTests();

const common = {
  exclude: withoutOperatorFiles(process.env),
  // Real child processes, engines and databases, on machines that may do much else: a test that hangs is a finding,
  // so the bounds are there, and so wide that slowness alone meets none. Tests state no shorter ones of their own.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000 } },
  // The tests start child processes of their own, so that two files at once fill two cores; but databases that are away,
  // clients that are slow and deadlines are waited for, and one more uses that time.
  maxWorkers: 3,
};
const setupFiles = 'tests/program-place.ts';

export default defineConfig({
  test: {
    // Here and not in `common`: once for all.
    globalSetup: 'tests/program-build.ts',
    reporters: json ? ['default', 'json'] : ['default'],
    ...(json ? { outputFile: { json } } : {}),
    // They run in the order of their names: what waits longest comes first.
    projects: [
      { test: { ...common, name: 'apart', include: apart, setupFiles } },
      { test: { ...common, name: 'system', include: system, setupFiles, isolate: false } },
      { test: { ...common, name: 'unit', include: unit, isolate: false } },
    ],
  },
});
