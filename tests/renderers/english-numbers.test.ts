import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { date, listed, plural } from '../../src/core/words/en/numbers.js';

describe('English dates and lists, put together by hand', () => {
  const inParts = new Intl.DateTimeFormat('en-US', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });

  it('says days as Intl does', () => {
    const days = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (day) => {
        const parts = new Map(inParts.formatToParts(day).map(({ type, value }) => [type, value]));
        const said = `${parts.get('day')} ${parts.get('month')} ${parts.get('year')}`;
        expect(date(day.toISOString())).toBe(said);
      }),
    );
    expect(date('2026-02-30')).toBe('2026-02-30');
    expect(date('soon')).toBe('soon');
  });

  it('lists and counts as Intl does', () => {
    const lists = new Intl.ListFormat('en-GB');
    const plurals = new Intl.PluralRules('en');
    for (const words of [[], ['a'], ['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c', 'd']])
      expect(listed(words)).toBe(lists.format(words));
    for (const count of [0, 1, 2, 11, 21, 101, 1.5])
      expect(plural(count, 'one', 'other')).toBe(plurals.select(count));
  });
});
