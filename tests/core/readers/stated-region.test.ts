import { describe, expect, it } from 'vitest';
import { readRegions } from '../../../src/core/c2pa/stated-region.js';

const change = (shape: object) => ({ region: [{ type: 'spatial', shape }], description: 'sky' });
const BOX = { type: 'rectangle', unit: 'percent', origin: { x: 10, y: 20 }, width: 20, height: 20 };

describe('regions of interest of an action', () => {
  it('are read with their shape and unit', () => {
    const circle = { type: 'circle', unit: 'pixel', origin: { x: 5, y: 6 }, width: 4, inside: true };
    const vertices = [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 1, y: 1 },
    ];
    const polygon = { type: 'polygon', unit: 'percent', vertices };
    const { regions, hasMore } = readRegions({ changes: [change(BOX), change(circle), change(polygon)] });
    expect(hasMore).toBe(false);
    expect(regions).toEqual([
      { shape: 'rectangle', unit: 'percent', origin: { x: 10, y: 20 }, width: 20, height: 20 },
      { shape: 'circle', unit: 'pixel', origin: { x: 5, y: 6 }, width: 4 },
      { shape: 'polygon', unit: 'percent', vertices },
    ]);
  });

  it.each([
    ['times', { region: [{ type: 'temporal', time: { start: '0' } }] }],
    ['what lies outside a shape', change({ ...BOX, inside: false })],
    ['an unknown unit', change({ ...BOX, unit: 'furlong' })],
    ['a length that is no number', change({ ...BOX, width: '20' })],
    ['no origin', change({ ...BOX, origin: { x: 1 } })],
    ['two vertices', change({ type: 'polygon', unit: 'percent', vertices: [BOX.origin, BOX.origin] })],
    ['a text', 'cropped'],
    ['no region', { description: 'sky' }],
  ])('are not read, and said to be there: %s', (_what, one) => {
    expect(readRegions({ changes: [one] })).toEqual({ regions: [], hasMore: true });
    expect(readRegions({ changes: [one, change(BOX)] })).toMatchObject({ regions: [{}], hasMore: true });
  });

  it('are bounded in number, and absent without changes', () => {
    const many = Array.from({ length: 1_000 }, () => change(BOX));
    expect(readRegions({ changes: many }).regions).toHaveLength(16);
    expect(readRegions({ changes: many }).hasMore).toBe(true);
    const [range] = change(BOX).region;
    const wide = { region: Array.from({ length: 1_000 }, () => range) };
    expect(readRegions({ changes: [wide] })).toMatchObject({ regions: { length: 16 }, hasMore: true });
    for (const action of [{ changes: 'x' }, {}])
      expect(readRegions(action)).toEqual({ regions: [], hasMore: false });
  });
});
