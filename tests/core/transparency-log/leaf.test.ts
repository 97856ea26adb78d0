import { expect, it } from 'vitest';
import { createLeaf, formatLeaf } from '../../../src/core/transparency-log/leaf.js';

it('makes a leaf of whatever facts it is given', () => {
  const facts = {
    whole: 3.9,
    none: Number.NaN,
    endless: Number.POSITIVE_INFINITY,
    large: 1e300,
    half: '\ud800',
  };
  const leaf = createLeaf({ tenant: 'a', at: '2026-11-29T10:00:00.000Z', action: 'x', facts }, 0, undefined);
  expect(leaf.facts).toEqual({ whole: 3, none: 'NaN', endless: 'Infinity', large: '1e+300', half: '\ufffd' });
  expect(JSON.parse(formatLeaf(leaf))).toEqual(leaf);
});
