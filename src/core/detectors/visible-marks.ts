import { CORNER_LOCATORS, type VisibleMark } from '../media/visible-mark.js';
import type { Signal } from '../report/signal.js';
import { VISIBLE_MARKS } from '../signatures/visible-marks/index.js';
import { defineDetector } from './detector.js';

/**
 * Raises a hint for each visible mark that was seen. It needs no carrier, so nothing becomes unknown where nobody
 * looked, and the absence of a mark is never stated.
 */
export const visibleMarks = defineDetector({
  id: 'visible-marks',
  needs: [],
  raises: ['visible.star', 'visible.text'],
  canRunUnread: true,
  detect: (_, { visibleMarks: seen = [] }) => seen.flatMap(signalOf),
});

function signalOf({ row: id, region, text }: VisibleMark): Signal[] {
  const row = VISIBLE_MARKS.find((one) => one.id === id);
  if (row === undefined) return [];
  return [
    {
      id: row.signal,
      backing: 'inferred',
      ...(text === undefined ? {} : { value: text }),
      basis: [{ carrier: 'file', locator: CORNER_LOCATORS[region.corner], row: id, region }],
    },
  ];
}
