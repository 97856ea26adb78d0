import type { Evidence } from '../evidence/evidence.js';
import { cut } from '../ground/json-shape.js';
import type { Report } from '../report/report.js';
import { writtenDates } from './dates-written.js';

const MOST_DATES = 16;
const MOST_CHARACTERS = 64;

/** The dates that a file gives itself, shown beside the day of the rules and never taken for it. */
export function claimedDates(
  evidence: Evidence,
  mask: (text: string) => string,
): Pick<Report['asset'], 'claimedDates'> {
  const dates = writtenDates(evidence)
    .slice(0, MOST_DATES)
    .map(({ name, text, location: { carrier, place, offset } }) => ({
      name,
      value: cut(mask(text), MOST_CHARACTERS),
      carrier,
      place: mask(place),
      ...(offset === undefined ? {} : { offset }),
    }));
  return dates.length === 0 ? {} : { claimedDates: dates };
}
