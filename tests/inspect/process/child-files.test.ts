import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DIST } from '../../support/program.js';

/** Packages with data files next to their code; the last is an optional dependency of `debug`. */
const LEFT_OUTSIDE = new Set(['sharp', '@contentauth/c2pa-wasm', 'supports-color']);

const FOUND =
  /^(?:import|export)\b[^'"();]*?["'](?<first>[^"']+)["']|(?:import|require)\(["'](?<later>[^"']+)["']\)/gm;

/** Returns the static and the dynamic imports of a file. */
function importsOf(file: string) {
  const found = [...readFileSync(join(DIST, file), 'utf8').matchAll(FOUND)];
  const named = (group: string) => found.flatMap(({ groups }) => groups?.[group] ?? []);
  return { first: named('first'), later: named('later') };
}

/** Returns what an entry loads at start, or can ever load: our own files, and names of packages. */
function loadedBy(entry: string, how: 'from its start' | 'ever') {
  const files = new Set<string>();
  const others = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const { first, later } = importsOf(file);
    for (const name of how === 'ever' ? [...first, ...later] : first) {
      const own = join(dirname(file), name);
      // Comments in bundled code name files that were never here.
      if (!name.startsWith('.')) others.add(name);
      else if (existsSync(join(DIST, own))) visit(own);
    }
  };
  visit(entry);
  return { files: [...files], others: [...others] };
}

describe('what a reading process runs', () => {
  const ever = loadedBy('reading/reader-child.js', 'ever');

  it('is few files', () => {
    expect(loadedBy('reading/reader-child.js', 'from its start').files.length).toBeLessThan(20);
    expect(ever.files.length).toBeLessThan(80);
  });

  it('holds every library but those with files of their own, and none that speaks to a network', () => {
    const outside = ever.others.filter((name) => !isBuiltin(name));
    expect(outside.filter((name) => !LEFT_OUTSIDE.has(name))).toEqual([]);
    expect(ever.others.filter((name) => /^(node:)?(https?|http2|tls|dns|dgram)$/.test(name))).toEqual([]);
  });

  it('says nothing in any language: words are made where they are answered with', () => {
    const speaks = ever.files.filter((file) =>
      readFileSync(join(DIST, file), 'utf8').includes('../catalogues/'),
    );
    expect(speaks).toEqual([]);
  });
});

describe('what encodes pictures anew', () => {
  it('is few files, and none of what reads them', () => {
    const { files } = loadedBy('reading/recode-child.js', 'ever');
    expect(files.length).toBeLessThan(15);
    expect(files.filter((file) => /^(native|wasm|xmp-packet|judge-store)-/.test(file))).toEqual([]);
  });
});

describe('what `assay inspect` runs', () => {
  // Other commands are reached through the whole command line: tests/cli/mistakes.test.ts.
  const ofItsOwn = (file: string) => file.startsWith('inspect/');
  const files = loadedBy('inspect/main.js', 'ever').files.filter(ofItsOwn);

  it('is few files, and no library of a server’s', () => {
    expect(loadedBy('inspect/main.js', 'from its start').files.filter(ofItsOwn).length).toBeLessThan(40);
    // These include a parser for each sound format and a renderer for each output form, loaded on demand.
    expect(files.length).toBeLessThan(110);
    const others = files.flatMap((file) => Object.values(importsOf(file)).flat());
    const outside = others.filter((name) => !/^\.\.?\//.test(name) && !isBuiltin(name));
    expect(outside.filter((name) => !LEFT_OUTSIDE.has(name))).toEqual([]);
  });
});

it('nothing that is built is loaded by none', () => {
  const built = ['', 'reading', 'inspect'].flatMap((folder) =>
    readdirSync(join(DIST, folder))
      .map((name) => join(folder, name))
      .filter((name) => name.endsWith('.js')),
  );
  const loaded = new Set(
    built.flatMap((file) =>
      Object.values(importsOf(file))
        .flat()
        .map((name) => join(dirname(file), name)),
    ),
  );
  const unloaded = built.filter((file) => !loaded.has(file) && /-[0-9A-Z]{8}\.js$/.test(file));
  expect(unloaded).toEqual([]);
});
