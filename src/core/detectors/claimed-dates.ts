import { truncate } from '../../base/json-shape.js';
import type { Evidence } from '../evidence/evidence.js';
import type { StoredReport } from '../report/report.js';
import { parseMoment } from './calendar.js';
import { findWrittenDates, type WrittenDate } from './dates-written.js';
import { findUnsetClock } from './unset-clock.js';

const MAX_DATES = 16;
const MAX_CHARACTERS = 64;

/** Returns the dates a file states about itself. They are shown next to the day of the rules and never replace it. */
export function collectClaimedDates(
  evidence: Evidence,
  mask: (text: string) => string,
): Pick<StoredReport['asset'], 'claimedDates'> {
  const dates = findWrittenDates(evidence)
    .filter((date) => !isUnsetContainer(date))
    .slice(0, MAX_DATES)
    .map(({ name, text, location: { carrier, locator, offset }, countedFrom1970 }) => ({
      name,
      value: truncate(mask(text), MAX_CHARACTERS),
      carrier,
      locator: mask(locator),
      ...(offset === undefined ? {} : { offset }),
      ...(countedFrom1970 ? { countedFrom1970 } : {}),
    }));
  return dates.length === 0 ? {} : { claimedDates: dates };
}

/** A container time at the start of its epoch is no date: its writer had no time and left zeros. */
function isUnsetContainer({ role, text }: WrittenDate): boolean {
  const moment = role === 'container' ? parseMoment(text) : undefined;
  return typeof moment === 'object' && findUnsetClock(text, moment)?.when === 'always';
}
