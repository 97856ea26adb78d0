import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPERATOR_FILES, withoutOperatorFiles } from './support/operator-files.js';

/** Test code that reads one of the variables from its own environment. */
const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('operator-files'))
  .map((path) => ({ path, code: readFileSync(join(import.meta.dirname, path), 'utf8') }));
const reads = (code: string, variable: string) =>
  new RegExp(`process\\.env(\\.${variable}\\b|\\[['"]${variable}['"]\\])`).test(code);

describe('a clone with nothing beside it', () => {
  it.each(OPERATOR_FILES.map(({ variable, ending }) => [variable, ending]))(
    'runs every test file that does not end so: %s is read only in *%s',
    (variable, ending) => {
      const readers = sources.filter(({ code }) => reads(code, variable)).map(({ path }) => path);
      expect(readers.length).toBeGreaterThan(0);
      expect(readers.filter((path) => !path.endsWith(ending))).toEqual([]);
    },
  );

  it('leaves out only those whose variable is not set', () => {
    expect(withoutOperatorFiles({ ASSAY_CORPUS_DIR: '/files', ASSAY_RUBRICS_DIR: '' })).toEqual([
      'tests/**/*.trust.corpus.test.ts',
      'tests/**/*.rubrics.corpus.test.ts',
    ]);
    expect(withoutOperatorFiles({})).toContain('tests/**/*.corpus.test.ts');
  });
});
