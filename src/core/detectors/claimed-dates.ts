import type { Evidence } from '../evidence/evidence.js';
import { cut } from '../ground/json-shape.js';
import type { Report } from '../report/report.js';
import { momentOf } from './calendar.js';
import { type WrittenDate, writtenDates } from './dates-written.js';
import { unsetClock } from './unset-clock.js';

const MOST_DATES = 16;
const MOST_CHARACTERS = 64;

/** The dates that a file gives itself, shown beside the day of the rules and never taken for it. */
export function claimedDates(
  evidence: Evidence,
  mask: (text: string) => string,
): Pick<Report['asset'], 'claimedDates'> {
  const dates = writtenDates(evidence)
    .filter((date) => !isUnsetContainer(date))
    .slice(0, MOST_DATES)
    .map(({ name, text, location: { carrier, place, offset }, countedFrom1970 }) => ({
      name,
      value: cut(mask(text), MOST_CHARACTERS),
      carrier,
      place: mask(place),
      ...(offset === undefined ? {} : { offset }),
      ...(countedFrom1970 ? { countedFrom1970 } : {}),
    }));
  return dates.length === 0 ? {} : { claimedDates: dates };
}

/** A container whose clock stands at a beginning gives no date: zeros are what its writer had. */
function isUnsetContainer({ role, text }: WrittenDate): boolean {
  const moment = role === 'container' ? momentOf(text) : undefined;
  return typeof moment === 'object' && unsetClock(text, moment)?.when === 'always';
}
