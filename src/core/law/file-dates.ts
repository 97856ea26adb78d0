import { writtenDay } from '../ground/day.js';
import { FILE_DATE_CARRIERS } from '../report/file-date-carriers.js';
import type { FileDate } from '../report/law-schema.js';
import type { Report } from '../report/report.js';

/** A page has a line for them; all that a file says of time stands elsewhere in its Report. */
const MOST_DAYS = 8;

type Dated = Pick<Report, 'asset' | 'contentCredentials'>;

/**
 * The days that a file gives itself, to stand beside those of the law: first the one that a listed authority proves, then
 * those that are claimed, each day once. None of them is ever the day that the law is asked about.
 */
export function fileDates({ asset, contentCredentials }: Dated): FileDate[] {
  const days: FileDate[] = [];
  const take = (is: FileDate['is'], text: string | undefined, where: string, name: string) => {
    const day = writtenDay(text);
    if (day === undefined || days.length >= MOST_DAYS || days.some((one) => one.day === day)) return;
    const carrier = FILE_DATE_CARRIERS.find((one) => one === where) ?? 'file';
    days.push({ day, is, carrier, name });
  };
  const { time, manifests = [], integrity } = contentCredentials;
  // Days of credentials that no longer fit the file are not the file's.
  if (integrity !== 'altered') {
    take('proven', time?.proven, 'c2pa', 'timestamp');
    if (time?.proven === undefined) take('claimed', time?.timestamp, 'c2pa', 'timestamp');
    const signed = manifests.find(({ active }) => active)?.actions.find(({ when }) => when !== undefined);
    take('claimed', signed?.when, 'c2pa', 'actions');
  }
  for (const { name, value, carrier } of asset.claimedDates ?? []) take('claimed', value, carrier, name);
  return days;
}
