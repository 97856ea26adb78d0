import { describe, expect, it } from 'vitest';
import { RecentFiles } from '../../src/scan/duplicates/recent-files.js';
import { FruitlessSizes } from '../../src/scan/duplicates/same-content.js';

describe('files with the same bytes', () => {
  it('are known by their first path, of the last 50,000', () => {
    const twins = new RecentFiles();
    for (let i = 0; i < 50_000; i += 1) twins.set(`digest-${i}`, `path-${i}`, i % 3 === 0 ? 7 : 1_000 + i);
    twins.set('digest-1', 'path-1', 1_001);
    expect(twins.pathOf('digest-1')).toBe('path-1');
    expect([twins.hasSize(1_001), twins.hasSize(7), twins.hasSize(8)]).toEqual([true, true, false]);
    twins.set('late', 'late', 8);
    twins.set('later', 'later', 8);
    expect([twins.pathOf('digest-0'), twins.pathOf('digest-1'), twins.pathOf('digest-2')]).toEqual([
      undefined,
      undefined,
      'path-2',
    ]);
    twins.set('digest-3', 'another', 1_003);
    expect([twins.pathOf('digest-3'), twins.hasSize(1_003)]).toEqual(['another', true]);
    // Others have the size of the deleted file; none has that of the other.
    expect([twins.hasSize(7), twins.hasSize(1_001), twins.hasSize(8)]).toEqual([true, false, true]);
  });

  it('are not looked for where so many of a size were all different', () => {
    const sizes = new FruitlessSizes();
    for (let i = 0; i < 16; i += 1) sizes.missed(5);
    expect([sizes.isHopeless(5), sizes.isHopeless(6)]).toEqual([true, false]);
    sizes.found(5);
    expect(sizes.isHopeless(5)).toBe(false);
  });
});
