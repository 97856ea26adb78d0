import { UNSET_CLOCKS, type UnsetClock } from '../signatures/unset-clocks.js';
import type { Moment } from './calendar.js';

/** What is written of a day, however its parts are divided: `2026:05:03` and `2026-05-03` are one. */
export function dayOf(text: string): string {
  return text.trim().slice(0, 10).replaceAll(':', '-');
}

const MINUTE_MILLISECONDS = 60_000;

/**
 * The beginning or end of a clock that a date stands at. A clock that was never set goes on from there, so the whole day
 * counts; and a date of the evening before may be the same moment in another zone.
 */
export function unsetClock(text: string, { earliestMinutes, latestMinutes }: Moment): UnsetClock | undefined {
  const day = dayOf(text);
  return UNSET_CLOCKS.find(({ at, when }) => {
    const minutes = Math.floor(Date.parse(at) / MINUTE_MILLISECONDS);
    const isSameMoment = earliestMinutes <= minutes && minutes < latestMinutes;
    return day === at.slice(0, 10) || (when === 'always' && isSameMoment);
  });
}
