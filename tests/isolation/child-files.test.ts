import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { describe, expect, it } from 'vitest';

/** With files of their own beside their code; the last is asked for by `debug`, which does without. */
const LEFT_OUTSIDE = new Set(['sharp', '@contentauth/c2pa-wasm', 'supports-color']);

function bundle(name: string) {
  const folder = new URL(`../../dist/${name}/`, import.meta.url);
  const files = readdirSync(folder);
  const importsOf = (file: string): string[] => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const found = text.matchAll(
      /^(?:import|export)\b[^'"();]*?["']([^"']+)["']|(?:import|require)\(["']([^"']+)["']\)/gm,
    );
    return [...found].map(([, name, dynamic]) => name ?? dynamic ?? '');
  };
  const imports = files.flatMap(importsOf);
  const loaded = new Set(imports.map((name) => name.replace(/^\.\//, '')));
  return { files, imports, loadedByNone: files.filter((file) => !loaded.has(file)) };
}

describe('what a reading process runs', () => {
  const { files, imports, loadedByNone } = bundle('child');

  it('is few files, each of which something loads', () => {
    expect(files.length).toBeLessThan(80);
    expect(loadedByNone).toEqual(['child.js']);
  });

  it('holds every library but those with files of their own, and none that speaks to a network', () => {
    const outside = imports.filter((name) => !name.startsWith('./') && !isBuiltin(name));
    expect(outside.filter((name) => !LEFT_OUTSIDE.has(name))).toEqual([]);
    expect(imports.filter((name) => /^(node:)?(https?|http2|tls|dns|dgram)$/.test(name))).toEqual([]);
  });
});

describe('what `assay inspect` runs', () => {
  const { files, imports, loadedByNone } = bundle('inspect');

  it('is few files, each of which something loads, and what another command loads is not among them', () => {
    expect(files.length).toBeLessThan(90);
    expect(loadedByNone).toEqual(['inspect.js']);
    const elsewhere = imports.filter((name) => name.startsWith('../'));
    expect(elsewhere).toContain('../cli/commands.js');
    const dist = new URL('../../dist/inspect/', import.meta.url);
    expect(elsewhere.filter((name) => !existsSync(new URL(name, dist)))).toEqual([]);
  });
});
