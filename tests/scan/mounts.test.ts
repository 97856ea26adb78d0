import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Exclusions } from '../../src/scan/sources/exclusions.js';
import { FileFilter } from '../../src/scan/sources/filter.js';
import { findFiles } from '../../src/scan/sources/sources.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-mounts-'));
const inner = join(folder, 'mounted');
mkdirSync(inner);
/** Root has this privilege on its own machine, and seldom in a container. */
const isMounted = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', inner]).status === 0;
afterAll(() => {
  if (isMounted) spawnSync('umount', [inner]);
  rmSync(folder, { recursive: true, force: true });
});

(isMounted ? describe : describe.skip)('a folder with another file system in it', () => {
  const found = async (path: string, oneFileSystem: boolean) => {
    const leftOut = new Exclusions();
    const options = {
      filter: new FileFilter({}),
      hidden: false,
      followSymlinks: true,
      oneFileSystem,
      leftOut,
    };
    const paths: string[] = [];
    for await (const one of findFiles([path], options))
      paths.push('entry' in one ? one.entry.path : `lost ${one.lost.path}`);
    return { paths: paths.sort(), counts: leftOut.counts };
  };

  it('is gone through without that one where that is asked, by whatever way it is come to', async () => {
    const [own, theirs] = [join(folder, 'own.txt'), join(inner, 'in/theirs.txt')];
    mkdirSync(join(inner, 'in'));
    writeFileSync(own, '');
    writeFileSync(theirs, '');
    symlinkSync(join(inner, 'in'), join(folder, 'link'));
    const all = await found(folder, false);
    expect(all.paths).toEqual([join(folder, 'link/theirs.txt'), theirs, own]);
    expect(await found(folder, true)).toEqual({
      paths: [own],
      counts: { folders: { otherFileSystem: 2 } },
    });
    // If the mount itself is named, it is scanned.
    expect((await found(inner, true)).paths).toEqual([theirs]);
  });
});
