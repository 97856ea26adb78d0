import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { memoryFolder } from './tests/support/memory-folder.js';
import { withoutOperatorFiles } from './tests/support/operator-files.js';
import { besideEachOther, kindsOfTests } from './tests/support/projects.js';

const json = process.env['ASSAY_TEST_JSON'];
const { unit, system, apart, long } = kindsOfTests();

const common = {
  exclude: withoutOperatorFiles(process.env),
  // Real child processes, engines and databases, on machines that may do much else: a test that hangs is a finding,
  // so the bounds are there, and so wide that slowness alone meets none. Tests state no shorter ones of their own.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000 } },
};
/**
 * The tests start child processes of their own, so that two files at once fill two cores; a third uses what one waits. With
 * four, what yields to all else met bounds of time. No project waits for the last file of the one before.
 */
const several = { ...common, maxWorkers: 3, sequence: { groupOrder: 0 } };
const OPTIMISE_LATER = process.versions.v8.startsWith('11.') ? ['--interrupt-budget=540672'] : [];
const shared = {
  ...several,
  isolate: false,
  // Files that share a process make much that goes soon: with more room for it, less of it is moved about. Most of what they
  // run is run a few times, and V8 of Node 20 begins early to optimise it: src/inspect/protocol/reader-flags.ts.
  execArgv: ['--max-semi-space-size=64', ...OPTIMISE_LATER],
  // In memory, where there is room, for what they start too. Files of `apart` stay on the disk, as most users' files lie.
  env: { TMPDIR: memoryFolder() },
};

class Sequencer extends BaseSequencer {
  /** One project after the other: where another's file came between, the next of the same would load all sources anew. */
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...new Set(sorted.map(({ project }) => project))].flatMap((one) =>
      besideEachOther(
        sorted.filter(({ project }) => project === one),
        ({ moduleId }) => moduleId,
      ),
    );
  }
}
// What each file costs is written down where somebody asks.
const costs = process.env['ASSAY_TEST_COST'] ? ['tests/support/cost.ts'] : [];
const program = {
  globalSetup: 'tests/support/program-build.ts',
  setupFiles: [...costs, 'tests/support/program-place.ts'],
};

export default defineConfig({
  test: {
    globalSetup: 'tests/support/messages.ts',
    reporters: json ? ['default', 'json'] : ['default'],
    ...(json ? { outputFile: { json } } : {}),
    sequence: { sequencer: Sequencer },
    // Each project has a server that would make JavaScript of the same sources once more; and so has each further run.
    experimental: { fsModuleCache: true },
    projects: [
      { test: { ...several, name: 'apart', include: apart, ...program } },
      { test: { ...shared, name: 'system', include: system, ...program } },
      { test: { ...shared, name: 'unit', include: unit, setupFiles: costs } },
      { test: { ...shared, name: 'long', include: long, ...program } },
    ],
  },
});
