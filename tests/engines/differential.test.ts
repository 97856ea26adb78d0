import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fixtureFiles } from '../../fixtures/build/expected.js';
import type { EngineName } from '../../src/core/c2pa/engine.js';
import { createInspector } from '../../src/isolation/pool.js';
import {
  CORPUS_DIFFERENCES,
  FIXTURE_DIFFERENCES,
  type KnownDifference,
  type Verdict,
} from './known-differences.js';

/** Every file under both engines. What kills an engine takes its own process along and is an answer too. */
const inspector = createInspector({ jobs: 2 });
afterAll(() => inspector.close());

async function verdict(path: string, engine: EngineName): Promise<Verdict> {
  const { contentCredentials } = await inspector.inspect({
    path,
    name: basename(path),
    asOf: '2026-11-25',
    engine,
  });
  const { presence, integrity, ingredientIntegrity } = contentCredentials;
  return {
    presence,
    ...(integrity !== undefined && { integrity }),
    ...(ingredientIntegrity !== undefined && { ingredientIntegrity }),
  };
}

function differential(folder: string, files: string[], known: readonly KnownDifference[]): void {
  it('lists only files that are there', () => {
    expect(known.map(({ file }) => file).filter((file) => !files.includes(join(folder, file)))).toEqual([]);
  });

  it.each(files.map((path) => relative(folder, path)))('%s', async (file) => {
    const path = join(folder, file);
    const [native, wasm] = await Promise.all([verdict(path, 'native'), verdict(path, 'wasm')]);
    const difference = known.find((one) => one.file === file);
    // A listed file has to differ just as it is listed: one that no longer does must leave the list.
    if (difference) expect({ native, wasm }).toEqual({ native: difference.native, wasm: difference.wasm });
    else expect(native).toEqual(wasm);
  });
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : entry.isFile() ? [path] : [];
  });
}

const FIXTURES = join(import.meta.dirname, '../../fixtures');

describe('both engines say the same of every fixture', () => {
  const paths = fixtureFiles().map(({ path }) => path);
  it('has fixtures', () => {
    expect(paths.length).toBeGreaterThan(100);
  });
  differential(FIXTURES, paths, FIXTURE_DIFFERENCES);
});

const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';

if (CORPUS !== '' && existsSync(CORPUS)) {
  describe('both engines say the same of every real file but those listed', () => {
    differential(CORPUS, filesUnder(CORPUS), CORPUS_DIFFERENCES);
  });
}

it('docs/engines.md tells of every known difference', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/engines.md'), 'utf8');
  const untold = [...CORPUS_DIFFERENCES, ...FIXTURE_DIFFERENCES].filter(
    ({ file }) => !text.includes(basename(file)),
  );
  expect(untold).toEqual([]);
});
