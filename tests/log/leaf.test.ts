import { expect, it } from 'vitest';
import { leafOf, leafText } from '../../src/core/log/leaf.js';

it('makes a leaf of whatever facts it is given', () => {
  const facts = {
    whole: 3.9,
    none: Number.NaN,
    endless: Number.POSITIVE_INFINITY,
    large: 1e300,
    half: '\ud800',
  };
  const leaf = leafOf({ tenant: 'a', at: '2026-11-29T10:00:00.000Z', action: 'x', facts }, 0, undefined);
  expect(leaf.facts).toEqual({ whole: 3, none: 'NaN', endless: 'Infinity', large: '1e+300', half: '\ufffd' });
  expect(JSON.parse(leafText(leaf))).toEqual(leaf);
});
