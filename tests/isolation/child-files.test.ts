import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { describe, expect, it } from 'vitest';

const CHILD = new URL('../../dist/child/', import.meta.url);
/** With files of their own beside their code; the last is asked for by `debug`, which does without. */
const LEFT_OUTSIDE = new Set(['sharp', '@contentauth/c2pa-wasm', 'supports-color']);

const files = readdirSync(CHILD);
const importsOf = (file: string): string[] => {
  const text = readFileSync(new URL(file, CHILD), 'utf8');
  const found = text.matchAll(
    /^(?:import|export)\b[^'"();]*?["']([^"']+)["']|(?:import|require)\(["']([^"']+)["']\)/gm,
  );
  return [...found].map(([, name, dynamic]) => name ?? dynamic ?? '');
};

describe('what a reading process runs', () => {
  it('is few files, each of which something loads', () => {
    const loaded = new Set(files.flatMap(importsOf).map((name) => name.replace(/^\.\//, '')));
    expect(files.length).toBeLessThan(80);
    expect(files.filter((file) => !loaded.has(file)).sort()).toEqual(['child.js', 'hash-thread.js']);
  });

  it('holds every library but those with files of their own, and none that speaks to a network', () => {
    const outside = files.flatMap(importsOf).filter((name) => !name.startsWith('./') && !isBuiltin(name));
    expect(outside.filter((name) => !LEFT_OUTSIDE.has(name))).toEqual([]);
    const network = files
      .flatMap(importsOf)
      .filter((name) => /^(node:)?(https?|http2|tls|dns|dgram)$/.test(name));
    expect(network).toEqual([]);
  });
});
