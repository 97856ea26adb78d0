import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROGRAM } from './program.js';
import { besideEachOther, kindsOfTests } from './projects.js';

const kinds = kindsOfTests();

it.each([
  // By what it imports itself, by what stands beside it, and by nothing.
  ['tests/isolation/pool.test.ts', 'apart'],
  ['tests/http/key-limits.test.ts', 'apart'],
  ['tests/cli/mistakes.test.ts', 'system'],
  ['tests/worker/nine-kills.test.ts', 'system'],
  ['tests/store/keys.test.ts', 'system'],
  ['tests/corpus.test.ts', 'system'],
  ['tests/rulebooks/golden.test.ts', 'system'],
  ['tests/bounds/core.test.ts', 'system'],
  ['tests/detectors/generators.test.ts', 'unit'],
  ['tests/readers/contract.test.ts', 'unit'],
] as const)('%s is among the tests of %s', (file, kind) => {
  expect(kinds[kind]).toContain(file);
});

it('each test file is of one kind', () => {
  const all = Object.values(kinds).flat();
  expect(new Set(all).size).toBe(all.length);
  expect(kinds.unit.length).toBeGreaterThan(80);
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
