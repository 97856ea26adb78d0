import { describe, expect, it } from 'vitest';
import { goldenTable, readGolden } from '../../../scripts/golden.js';

describe('four files under all rulebooks on eight days', () => {
  it('come out as the golden table says; docs/rulebooks.md explains it', async () => {
    expect(await goldenTable()).toEqual(readGolden());
  });
});
