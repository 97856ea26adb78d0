import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { FoundEntry } from '../../src/scan/sources/entry.js';
import { FileFilter, type FilterOptions } from '../../src/scan/sources/filter.js';
import { MountCheck, type RootsOptions, ScanRoots } from '../../src/scan/sources/roots.js';
import { findFiles } from '../../src/scan/sources/sources.js';
import { pathKey, pathKeyOfDigest, VisitedPaths } from '../../src/scan/sources/visited-paths.js';

let folder: string;
let tree: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-roots-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  tree = join(folder, 'tree');
  mkdirSync(join(tree, 'sub'), { recursive: true });
  writeFileSync(join(tree, 'a.png'), 'a');
  writeFileSync(join(tree, 'sub/b.jpg'), 'b');
});

interface Walked {
  roots: ScanRoots;
  found: FoundEntry[];
}

async function walked(
  paths: string[],
  {
    filter: of = {},
    most,
    ...more
  }: Partial<Omit<RootsOptions, 'filter'>> & { filter?: FilterOptions; most?: number } = {},
): Promise<Walked> {
  const filter = new FileFilter(of);
  const options = { filter, hidden: false, visitsMembers: false, ...more };
  const roots = await ScanRoots.open({ paths, ...options });
  const found: FoundEntry[] = [];
  for await (const one of roots.watch(findFiles(paths, { ...options, followSymlinks: false }))) {
    found.push(one);
    if (found.length === most) break;
  }
  return { roots, found };
}

const AT = '2026-01-02T03:04:05.000Z';

/** Returns those of the paths that a scan would mark as gone. */
async function goneOf({ roots }: Walked, ...paths: string[]): Promise<string[]> {
  const asked = roots.createGoneQuery('mark', AT);
  const gone: string[] = [];
  for (const path of paths)
    if (asked !== undefined && !asked.isVisited(path) && (await asked.isGone(path))) gone.push(path);
  return gone;
}

describe('a file is gone', () => {
  it('where its folder was gone through to the end and nothing stands there', async () => {
    const [there, was] = [join(tree, 'a.png'), join(tree, 'sub/was.png')];
    const whole = await walked([tree]);
    expect(await goneOf(whole, there, was, join(folder, 'elsewhere.png'), `${tree}2/c.png`)).toEqual([was]);
    // A folder in place of a file is not that file.
    expect(await goneOf(whole, join(tree, 'sub'))).toEqual([join(tree, 'sub')]);
    expect(await goneOf(await walked([`${tree}/./`]), was)).toEqual([was]);
    expect((await walked([tree])).roots.createGoneQuery('keep', AT)).toBeUndefined();
  });

  it('never where the walk was broken off, or a single file was named', async () => {
    const was = join(tree, 'sub/was.png');
    expect(await goneOf(await walked([tree], { most: 1 }), was)).toEqual([]);
    expect(await goneOf(await walked([join(tree, 'a.png')]), was)).toEqual([]);
    expect(await goneOf(await walked([join(tree, '**/*.png')]), was)).toEqual([]);
  });

  it('never where a filter leaves it out, or this scan would not come upon it', async () => {
    const was = join(tree, 'sub/was.png');
    for (const filter of [
      { exclude: ['sub'] },
      { exclude: ['*.png'] },
      { include: ['*.jpg'] },
      { types: ['audio'] },
    ] as const)
      expect(await goneOf(await walked([tree], { filter }), was)).toEqual([]);
    expect(await goneOf(await walked([tree], { filter: { include: ['*.png'] } }), was)).toEqual([was]);
    const hidden = join(tree, '.was/c.png');
    expect(await goneOf(await walked([tree]), hidden)).toEqual([]);
    expect(await goneOf(await walked([tree], { hidden: true }), hidden)).toEqual([hidden]);
    // The link still exists, although it is not followed.
    symlinkSync(join(tree, 'a.png'), join(tree, 'link.png'));
    expect(await goneOf(await walked([tree]), join(tree, 'link.png'))).toEqual([]);
  });

  it('never below what was told as lost, whatever the fault', async () => {
    async function* found(): AsyncGenerator<FoundEntry> {
      yield { lost: { path: join(tree, 'sub'), code: 'not-readable', userMessage: { id: 'error.folder' } } };
    }
    const options = { filter: new FileFilter({}), hidden: false, visitsMembers: true };
    const roots = await ScanRoots.open({ paths: [tree], ...options });
    for await (const _ of roots.watch(found()));
    const at = { roots, found: [] };
    const [below, beside] = [join(tree, 'sub/was.png'), join(tree, 'was.png')];
    expect(await goneOf(at, below, beside, join(tree, 'sub'))).toEqual([beside]);
  });

  it('inside of an archive only where that was looked into, or is gone itself', async () => {
    writeFileSync(join(tree, 'c.zip'), 'no archive');
    const [inside, inGone] = [join(tree, 'c.zip!/in/b.jpg'), join(tree, 'd.zip!/in/b.jpg')];
    expect(await goneOf(await walked([tree]), inside, inGone)).toEqual([inGone]);
    const looked = { filter: { archives: ['zip'] as const }, visitsMembers: true };
    expect(await goneOf(await walked([tree], looked), inside, inGone)).toEqual([inside, inGone]);
  });
});

describe('a folder that was named', () => {
  it('and is empty is told by a code of its own', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    writeFileSync(join(empty, '.keep'), '');
    const { found, roots } = await walked([empty, tree]);
    expect(found[0]).toMatchObject({ lost: { path: empty, code: 'empty-root' } });
    expect(roots.faults).toMatchObject([{ path: empty, code: 'empty-root' }]);
    // Its former content may be on a volume that is not mounted.
    expect(await goneOf({ roots, found }, join(empty, 'a.png'), join(tree, 'was.png'))).toEqual([
      join(tree, 'was.png'),
    ]);
    // Where the folder above it is scanned, nothing is missing but the files.
    const above = await walked([folder]);
    expect(await goneOf(above, join(empty, 'a.png'))).toEqual([join(empty, 'a.png')]);
  });

  it('and is not there is told as such; nothing below it is gone', async () => {
    const missing = join(folder, 'missing');
    const { found, roots } = await walked([missing]);
    expect(found).toMatchObject([{ lost: { path: missing, code: 'not-found' } }]);
    expect(roots.faults).toMatchObject([{ path: missing, code: 'not-found' }]);
    expect(await goneOf({ roots, found }, join(missing, 'a.png'))).toEqual([]);
  });

  it('and is not mounted on a machine keeps that one from its files alone', async () => {
    const [empty, missing] = [join(folder, 'empty'), join(folder, 'missing')];
    mkdirSync(empty);
    const mounts = new MountCheck({ roots: [tree, empty, missing, 's3://bucket/'], hidden: false });
    expect(await mounts.missingRootFor([join(tree, 'x'), 's3://bucket/x', '/other/x'])).toBeUndefined();
    expect(await mounts.missingRootFor([join(tree, 'x'), join(empty, 'x')])).toBe(empty);
    expect(await mounts.missingRootFor([join(missing, 'x')])).toBe(missing);
    expect(mounts.lastMissing).toBe(missing);
  });
});

describe('paths that were met', () => {
  it('are told from all others, however many', () => {
    const met = new VisitedPaths();
    for (let i = 0; i < 5_000; i += 1) met.add(`/a/${i}`);
    met.add('/a/7');
    expect(met.size).toBe(5_000);
    expect(Array.from({ length: 5_000 }, (_, i) => met.has(`/a/${i}`)).every(Boolean)).toBe(true);
    expect(Array.from({ length: 5_000 }, (_, i) => met.has(`/b/${i}`)).some(Boolean)).toBe(false);
    expect(pathKeyOfDigest(Buffer.alloc(32))).toBe(1n);
    expect(met.hasKey(pathKey('/a/4999'))).toBe(true);
  });
});
