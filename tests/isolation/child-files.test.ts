import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DIST } from '../program.js';

/** With files of their own beside their code; the last is asked for by `debug`, which does without. */
const LEFT_OUTSIDE = new Set(['sharp', '@contentauth/c2pa-wasm', 'supports-color']);

const FOUND =
  /^(?:import|export)\b[^'"();]*?["'](?<first>[^"']+)["']|(?:import|require)\(["'](?<later>[^"']+)["']\)/gm;

/** What a file imports: at once, and what it loads where that is needed. */
function importsOf(file: string) {
  const found = [...readFileSync(join(DIST, file), 'utf8').matchAll(FOUND)];
  const named = (group: string) => found.flatMap(({ groups }) => groups?.[group] ?? []);
  return { first: named('first'), later: named('later') };
}

/** What an entry loads from its start, or can ever load; files of our own and the names of others'. */
function loadedBy(entry: string, how: 'from its start' | 'ever') {
  const files = new Set<string>();
  const others = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const { first, later } = importsOf(file);
    for (const name of how === 'ever' ? [...first, ...later] : first) {
      const own = join(dirname(file), name);
      // Remarks of what is bundled name files that never were here.
      if (!name.startsWith('.')) others.add(name);
      else if (existsSync(join(DIST, own))) visit(own);
    }
  };
  visit(entry);
  return { files: [...files], others: [...others] };
}

describe('what a reading process runs', () => {
  const ever = loadedBy('reading/child.js', 'ever');

  it('is few files', () => {
    expect(loadedBy('reading/child.js', 'from its start').files.length).toBeLessThan(20);
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
  const files = loadedBy('inspect/cli.js', 'ever').files.filter(ofItsOwn);

  it('is few files, and no library of a server’s', () => {
    expect(loadedBy('inspect/cli.js', 'from its start').files.filter(ofItsOwn).length).toBeLessThan(40);
    // A parser for each kind of sound and a renderer for each form of answer are among them, loaded where needed.
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
