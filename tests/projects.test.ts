import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROGRAM } from './support/program.js';
import { besideEachOther, kindsOfTests } from './support/projects.js';

const kinds = kindsOfTests();

it.each([
  // Classified by its own imports, by those of its helpers, and by default.
  ['tests/inspect/pool/pool.test.ts', 'apart'],
  ['tests/http/key-limits.test.ts', 'apart'],
  ['tests/cli/mistakes.test.ts', 'system'],
  ['tests/worker/nine-kills.test.ts', 'system'],
  ['tests/storage/keys.test.ts', 'system'],
  ['tests/corpus.test.ts', 'system'],
  ['tests/core/law/golden.test.ts', 'system'],
  ['tests/bounds/core.test.ts', 'system'],
  ['tests/http/browser-form.test.ts', 'system'],
  ['tests/http/browser.test.ts', 'long'],
  ['tests/http/browser-links.test.ts', 'long'],
  ['tests/http/accessibility.test.ts', 'long'],
  ['tests/service/pdf/pages.test.ts', 'long'],
  ['tests/docs/examples.test.ts', 'long'],
  ['tests/package/assay.test.ts', 'long'],
  ['tests/fuzz.test.ts', 'long'],
  ['tests/service/trust/fuzz.test.ts', 'long'],
  ['tests/docs/mending-a-sentence.test.ts', 'long'],
  ['tests/core/detectors/generators.test.ts', 'unit'],
  ['tests/core/readers/contract.test.ts', 'unit'],
] as const)('%s is among the tests of %s', (file, kind) => {
  expect(kinds[kind]).toContain(file);
});

it('each test file is of one kind', () => {
  const all = Object.values(kinds).flat();
  expect(new Set(all).size).toBe(all.length);
  expect(kinds.unit.length).toBeGreaterThan(80);
});

it('what `npm test` leaves out is run by `.ci/run`, and nothing of isolation, faults, privacy or kills is among it', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const asked = (script: string) => [...scripts[script].matchAll(/--project (\w+)/g)].map(([, name]) => name);
  expect([...asked('test'), ...asked('test:long')].sort()).toEqual(Object.keys(kinds).sort());
  const checks = readFileSync('.ci/run', 'utf8');
  for (const command of ['npm test', 'npm run test:long'])
    expect(checks).toMatch(new RegExp(`^tests .*${command}$`, 'm'));
  expect(kinds.long.length).toBeGreaterThan(10);
  for (const file of kinds.long)
    expect(file).not.toMatch(/isolation|faults|privacy|private|kill|hostile|network/);
});

it('no test is skipped but by a requirement that ASSAY_REQUIRE_ALL sees', () => {
  const skips =
    /\b(skipIf|runIf)\(|\b(it|test|describe|suite)(\.\w+)*\.(skip|todo|only)\b|\b(xit|xdescribe)\(|\bskip\(\)/;
  for (const known of [
    "it.skipIf(isRoot)('a')",
    'where ? describe : describe.skip;',
    "it.each.skip('a')",
    'context.skip();',
  ])
    expect(known).toMatch(skips);
  const skipping = Object.values(kinds)
    .flat()
    .filter((file) => file !== 'tests/projects.test.ts' && skips.test(readFileSync(file, 'utf8')));
  expect(skipping).toEqual([]);
});

it('what waits runs beside what works, never all of it at once', () => {
  const waits = ['/tests/faults/a.test.ts', '/tests/package/b.test.ts'];
  const works = ['c', 'd', 'e', 'f', 'g'].map((name) => `/tests/pdf/${name}.test.ts`);
  const [a, b] = waits;
  const [c, d, e, f, g] = works;
  expect(besideEachOther([...works, ...waits], (path) => path)).toEqual([a, c, d, b, e, f, g]);
  expect(besideEachOther(works, (path) => path)).toEqual(works);
  expect(besideEachOther(waits, (path) => path)).toEqual(waits);
});

it('what tests start has no sources beside it, that it might build anew or take for its own', () => {
  expect(existsSync(join(PROGRAM, 'bin/assay.js'))).toBe(true);
  expect(existsSync(join(PROGRAM, 'src'))).toBe(false);
});
