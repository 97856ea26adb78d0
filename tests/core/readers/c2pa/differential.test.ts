import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixtureFiles } from '../../../../fixtures/build/expected.js';
import { differential } from './differential.js';
import { CORPUS_DIFFERENCES, FIXTURE_CODE_DIFFERENCES, FIXTURE_DIFFERENCES } from './known-differences.js';

const FIXTURES = join(import.meta.dirname, '../../../../fixtures');

describe('both engines say the same of every fixture', () => {
  const paths = fixtureFiles().map(({ path }) => path);
  it('has fixtures', () => {
    expect(paths.length).toBeGreaterThan(100);
  });
  differential(FIXTURES, paths, FIXTURE_DIFFERENCES, FIXTURE_CODE_DIFFERENCES, 4);
});

it('docs/engines.md tells of every known difference', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/engines.md'), 'utf8');
  const untold = [...CORPUS_DIFFERENCES, ...FIXTURE_DIFFERENCES, ...FIXTURE_CODE_DIFFERENCES].filter(
    ({ file }) => !text.includes(basename(file)),
  );
  expect(untold).toEqual([]);
});
