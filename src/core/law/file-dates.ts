import { parseLeadingDay } from '../../base/day.js';
import { FILE_DATE_CARRIERS } from '../report/file-date-carriers.js';
import type { FileDate } from '../report/law-schema.js';
import type { StoredReport } from '../report/report.js';

/** Bound on the days shown next to the law; the Report lists all other times of the file elsewhere. */
const MAX_DAYS = 8;

type DatedReport = Pick<StoredReport, 'asset' | 'contentCredentials'>;

/**
 * Returns the days that a file states about itself, for display next to those of the law: first the day proven by a
 * listed authority, then the claimed ones, each day once. None of them is ever the day on which the law is evaluated.
 */
export function collectFileDates({ asset, contentCredentials }: DatedReport): FileDate[] {
  const days: FileDate[] = [];
  const take = (is: FileDate['is'], text: string | undefined, where: string, name: string) => {
    const day = parseLeadingDay(text);
    if (day === undefined || days.length >= MAX_DAYS || days.some((one) => one.day === day)) return;
    const carrier = FILE_DATE_CARRIERS.find((one) => one === where) ?? 'file';
    days.push({ day, is, carrier, name });
  };
  const { time, manifests = [], integrity } = contentCredentials;
  // Days in credentials that no longer fit the file do not describe the file.
  if (integrity !== 'altered') {
    take('proven', time?.proven, 'c2pa', 'timestamp');
    if (time?.proven === undefined) take('claimed', time?.timestamp, 'c2pa', 'timestamp');
    const signed = manifests.find(({ active }) => active)?.actions.find(({ when }) => when !== undefined);
    take('claimed', signed?.when, 'c2pa', 'actions');
  }
  for (const { name, value, carrier } of asset.claimedDates ?? []) take('claimed', value, carrier, name);
  return days;
}
