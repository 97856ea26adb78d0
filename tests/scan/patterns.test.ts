import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileFilter, type FilterOptions } from '../../src/scan/sources/filter.js';
import { parsePatterns } from '../../src/scan/sources/patterns.js';
import { findFiles } from '../../src/scan/sources/sources.js';

const FILES = [
  ...(['x.jpg', 'a/x.jpg', 'a/X.JPG', 'a/sub/y.jpg', 'b/Sub/z.png', 'b/keep.jpg', '!bang.jpg'] as const),
  ...(['node/n.jpg', 'b/node', 'c/a/deep.jpg'] as const),
];
const without = (...names: string[]) => FILES.filter((name) => !names.includes(name));

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-patterns-'));
  for (const name of FILES) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), name);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function read(filter: FilterOptions): Promise<string[]> {
  const names: string[] = [];
  const options = { filter: new FileFilter(filter), hidden: false, followSymlinks: false };
  for await (const one of findFiles([root], options))
    names.push('entry' in one ? relative(root, one.entry.path) : `lost ${relative(root, one.lost.path)}`);
  return names.sort();
}

describe('patterns, as ripgrep’s --glob and .gitignore have them', () => {
  it.each<[FilterOptions, string[]]>([
    [{ exclude: ['*.png'] }, without('b/Sub/z.png')],
    [{ exclude: ['x.jpg'] }, without('x.jpg', 'a/x.jpg', 'a/X.JPG')],
    [{ exclude: ['/x.jpg'] }, without('x.jpg')],
    [{ exclude: ['./x.jpg'] }, without('x.jpg')],
    [{ exclude: ['a'] }, without('a/x.jpg', 'a/X.JPG', 'a/sub/y.jpg', 'c/a/deep.jpg')],
    [{ exclude: ['/a'] }, without('a/x.jpg', 'a/X.JPG', 'a/sub/y.jpg')],
    [{ exclude: ['a/sub'] }, without('a/sub/y.jpg')],
    // Matches a folder of that name, and no file.
    [{ exclude: ['node/'] }, without('node/n.jpg')],
    [{ exclude: ['/c/a/'] }, without('c/a/deep.jpg')],
    [{ exclude: ['**/a/*.jpg'] }, without('a/x.jpg', 'a/X.JPG', 'c/a/deep.jpg')],
    [{ exclude: ['sub/'] }, without('a/sub/y.jpg', 'b/Sub/z.png')],
    [{ exclude: ['*.jpg', '!keep.jpg'] }, ['b/Sub/z.png', 'b/keep.jpg', 'b/node']],
    // The last match counts.
    [{ exclude: ['!keep.jpg', 'keep.*'] }, without('b/keep.jpg')],
    [{ exclude: ['!x.jpg'] }, FILES],
    [{ exclude: ['\\!bang.jpg'] }, without('!bang.jpg')],
    [{ exclude: ['*.{png,JPG}'] }, ['b/node']],
    [{ exclude: ['!(*.jpg)'] }, FILES.filter((name) => name.endsWith('.jpg') && !name.includes('/'))],
    [{ include: ['*.JPG'] }, without('b/Sub/z.png', 'b/node')],
    [{ include: ['a/'] }, ['a/X.JPG', 'a/sub/y.jpg', 'a/x.jpg', 'c/a/deep.jpg']],
    [{ include: ['/a/'] }, ['a/X.JPG', 'a/sub/y.jpg', 'a/x.jpg']],
    [{ include: ['/a/*.jpg'] }, ['a/X.JPG', 'a/x.jpg']],
    [{ include: ['a/**'] }, ['a/X.JPG', 'a/sub/y.jpg', 'a/x.jpg']],
    // Mirrors `rg -g '!x'`: all but that.
    [{ include: ['!*.jpg'] }, ['b/Sub/z.png', 'b/node']],
    [{ include: ['!a/'] }, without('a/x.jpg', 'a/X.JPG', 'a/sub/y.jpg', 'c/a/deep.jpg')],
    [{ include: ['*.jpg', '!x.*'] }, without('x.jpg', 'a/x.jpg', 'a/X.JPG', 'b/Sub/z.png', 'b/node')],
    [{ include: ['*.jpg'], exclude: ['b'] }, without('b/Sub/z.png', 'b/keep.jpg', 'b/node')],
  ])('%j', async (filter, names) => {
    expect(await read(filter)).toEqual([...names].sort());
  });

  it('that matched nothing are known, also where a later one had the last word', async () => {
    const filter = new FileFilter({
      exclude: ['x.jpg', 'none', '*.jpg', '!/nowhere'],
      include: ['!a/', 'b'],
    });
    for await (const _ of findFiles([root], { filter, hidden: false, followSymlinks: false }));
    expect(filter.unmatchedPatterns).toEqual({ include: ['b'], exclude: ['none', '!/nowhere'], idle: [] });
    expect(new FileFilter({ exclude: ['!x', '!y', 'z', '!z'] }).unmatchedPatterns.idle).toEqual(['!x', '!y']);
  });

  it('of a list stand one a line', () => {
    expect(parsePatterns('\ufeff# why\r\n*.tmp\r\n\r\n a b \n\\#c\\ \n')).toEqual([
      '*.tmp',
      ' a b',
      '\\#c\\ ',
    ]);
    // The creator of the tree controls the name: a run of spaces must not be scanned again from each of them.
    const spaces = ' '.repeat(1_000_000);
    expect(parsePatterns(`${spaces}x\ny${spaces}\n${spaces}`)).toEqual([`${spaces}x`, 'y']);
  });

  it('given as a path say that nothing matches where their folder is not there, and not where nobody could look', async () => {
    const codeOf = async (path: string) => {
      const options = { filter: new FileFilter({}), hidden: false, followSymlinks: false };
      const codes: (string | undefined)[] = [];
      for await (const one of findFiles([path], options))
        codes.push('lost' in one ? one.lost.code : undefined);
      return codes;
    };
    expect(await codeOf(join(root, 'none/*.jpg'))).toEqual(['not-found']);
    expect(await codeOf(join(root, 'a/*.gif'))).toEqual(['not-found']);
    expect(await codeOf(`${'/none'.repeat(4_000)}/*.jpg`)).toEqual(['not-checked']);
  });
});
