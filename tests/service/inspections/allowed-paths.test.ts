import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AllowedPaths } from '../../../src/service/inspections/allowed-paths.js';
import { temporaryDirectory } from '../../http/posting.js';

function archive() {
  const root = temporaryDirectory();
  const [allowed, outside] = [join(root, 'archive'), join(root, 'archive-of-others')];
  for (const folder of [join(allowed, 'deep'), outside]) mkdirSync(folder, { recursive: true });
  for (const file of [join(allowed, 'a.jpg'), join(allowed, 'deep/b..jpg'), join(outside, 'secret')]) {
    writeFileSync(file, 'bytes');
  }
  return { root, allowed, outside, paths: new AllowedPaths([allowed, join(root, 'none')]) };
}

describe('paths that clients may name', () => {
  it('are files under an allowed folder, by their real place', async () => {
    const { allowed, paths } = archive();
    for (const path of [join(allowed, 'a.jpg'), join(allowed, 'deep/b..jpg')]) {
      expect(await paths.find(path)).toEqual({ path, bytes: 5 });
    }
    symlinkSync('a.jpg', join(allowed, 'link.jpg'));
    expect(await paths.find(join(allowed, 'link.jpg'))).toEqual({ path: join(allowed, 'a.jpg'), bytes: 5 });
  });

  it('are nothing else, however they are written', async () => {
    const { root, allowed, outside, paths } = archive();
    symlinkSync(join(outside, 'secret'), join(allowed, 'file-link'));
    symlinkSync(outside, join(allowed, 'folder-link'));
    symlinkSync('loop', join(allowed, 'loop'));
    for (const path of [
      join(outside, 'secret'),
      `${allowed}/../archive-of-others/secret`,
      `${allowed}/deep/../../archive-of-others/secret`,
      join(allowed, 'file-link'),
      join(allowed, 'folder-link/secret'),
      join(allowed, 'loop'),
      join(allowed, 'deep'),
      join(allowed, 'nothing'),
      allowed,
      root,
      '/etc/passwd',
      'a.jpg',
      `${allowed}/a.jpg\0.png`,
      '',
    ]) {
      expect([path, await paths.find(path)]).toEqual([path, undefined]);
    }
    expect(await new AllowedPaths([]).find(join(allowed, 'a.jpg'))).toBeUndefined();
  });

  it('are looked at anew each time: what was a file may lead elsewhere now', async () => {
    const { allowed, outside, paths } = archive();
    const path = join(allowed, 'deep/b..jpg');
    expect(await paths.find(path)).toBeDefined();
    renameSync(join(allowed, 'deep'), join(allowed, 'moved'));
    writeFileSync(join(outside, 'b..jpg'), 'secret');
    symlinkSync(outside, join(allowed, 'deep'));
    expect(await paths.find(path)).toBeUndefined();
  });
});
