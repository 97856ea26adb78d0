import { FILE_DATE_CARRIERS } from '../report/file-date-carriers.js';
import type { FileDate } from '../report/law-schema.js';
import { type DatedReport, listOwnTimes } from '../standing/times.js';

/** Bound on the days shown next to the law; the Report lists all other times of the file elsewhere. */
const MAX_DAYS = 8;

/**
 * Returns the days on which the file says that it was signed or made, for display next to those of the law: the
 * strongest first, each day once. None of them is ever the day on which the law is evaluated.
 */
export function collectFileDates(report: DatedReport): FileDate[] {
  const days = new Map<string, FileDate>();
  for (const { day, is, field } of listOwnTimes(report)) {
    if (days.has(day) || days.size >= MAX_DAYS) continue;
    const carrier = FILE_DATE_CARRIERS.find((one) => one === (field?.carrier ?? 'c2pa')) ?? 'file';
    const name = field?.name ?? (is === 'claimed' ? 'actions' : 'timestamp');
    days.set(day, { day, is: is === 'proven' ? 'proven' : 'claimed', carrier, name });
  }
  return [...days.values()];
}
