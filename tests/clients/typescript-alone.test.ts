import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const CLIENT = join(ROOT, 'clients', 'typescript');

const folder = mkdtempSync(join(tmpdir(), 'assay-client-alone-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('compiles alone, with its own dependencies', () => {
  cpSync(CLIENT, folder, { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['standardwebhooks', '@stablelib', 'fast-sha256'])
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
  expect(readdirSync(join(folder, 'dist'))).toContain('index.js');
});

it('has no file that imports itself through others', () => {
  const sources = join(CLIENT, 'src');
  const importsOf = (name: string): string[] =>
    [...readFileSync(join(sources, `${name}.ts`), 'utf8').matchAll(/from '\.\/([\w-]+)\.js'/g)].map(
      ([, imported = '']) => imported,
    );
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    importsOf(from).some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  const names = readdirSync(sources).map((file) => file.replace(/\.ts$/, ''));
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => reaches(name, name))).toEqual([]);
});
