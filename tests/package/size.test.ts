import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packAssay } from './packed.js';

/** Unpacked, without the native engine. */
const MAX_BYTES = 22_000_000;

let folder: string;
let files: { bytes: number; path: string }[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-size-'));
  const list = execFileSync('tar', ['-tvzf', await packAssay(folder)], { encoding: 'utf8' });
  files = list
    .trim()
    .split('\n')
    .map((line) => line.split(/\s+/))
    .map(([, , bytes = '', , , path = '']) => ({ bytes: Number(bytes), path }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the package is at most 22 MB unpacked, besides the native engine', () => {
  const own = files.filter(({ path }) => !path.startsWith('package/dist/native/'));
  const bytes = own.reduce((sum, one) => sum + one.bytes, 0);
  expect(own.length).toBeGreaterThan(50);
  expect(bytes).toBeGreaterThan(1_000_000);
  expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
});

it('the package carries no V8 bytecode', () => {
  expect(files.map(({ path }) => path).filter((path) => path.startsWith('package/dist/code/'))).toEqual([]);
});
