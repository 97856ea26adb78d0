import { UNSET_CLOCKS, type UnsetClock } from '../signatures/unset-clocks.js';
import type { Moment } from './calendar.js';

/** Returns the day part in one notation, so that `2026:05:03` and `2026-05-03` are equal. */
export function toDay(text: string): string {
  return text.trim().slice(0, 10).replaceAll(':', '-');
}

const MINUTE_MILLISECONDS = 60_000;

/**
 * Returns the start or end of a clock's range that a date lies at. A clock that was never set continues from there, so
 * the whole day counts, and the preceding evening may be the same moment in another zone.
 */
export function findUnsetClock(
  text: string,
  { earliestMinutes, latestMinutes }: Moment,
): UnsetClock | undefined {
  const day = toDay(text);
  return UNSET_CLOCKS.find(({ at, when }) => {
    const minutes = Math.floor(Date.parse(at) / MINUTE_MILLISECONDS);
    const isSameMoment = earliestMinutes <= minutes && minutes < latestMinutes;
    return day === at.slice(0, 10) || (when === 'always' && isSameMoment);
  });
}
