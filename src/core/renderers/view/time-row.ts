import { parseLeadingDay } from '../../../base/day.js';
import type { Translator } from '../../../i18n/translator.js';
import type { StoredReport } from '../../report/report.js';
import { meaningMessage } from '../../signals/meaning.js';
import { findClaimedTime, findTimes, NAME_CHARACTERS, signerOf } from './history/manifest-lines.js';
import { type RunLine, type TextRun, timeRun } from './runs.js';

/** A time of the row in which all times of a file stand side by side. */
export interface TimeEntry {
  when: RunLine;
  /** Whose time it is and what backs it. */
  label: RunLine;
  isProven: boolean;
  /** Reason why it cannot be true together with another time, or at all. */
  odd?: string;
}

const MAX_ENTRIES = 16;
const DAY_MILLIS = 24 * 60 * 60 * 1_000;

/** Returns the times; none if there is at most that of the inspection. `at`: RFC 3339. */
export function listTimeEntries(
  report: Pick<StoredReport, 'asset' | 'signals' | 'contentCredentials'>,
  translator: Translator,
  at?: string,
): TimeEntry[] {
  const { servedBy } = report.asset;
  const received = servedBy?.at ?? at;
  const stated = [
    ...fileEntries(report, received, translator),
    ...manifestEntries(report, received, translator),
    ...(servedBy === undefined
      ? []
      : [
          entry(
            [timeRun(servedBy.at, translator)],
            [translator.text('page.times.served'), { file: servedBy.host, most: NAME_CHARACTERS }],
          ),
        ]),
  ];
  if (stated.length === 0) return [];
  const count = stated.length - MAX_ENTRIES;
  const own =
    at === undefined ? [] : [entry([timeRun(at, translator)], [translator.text('page.footer.inspectedAt')])];
  return [
    ...stated.slice(0, MAX_ENTRIES),
    ...(count > 0 ? [entry([translator.text('page.phrase.more', { count })], [])] : []),
    ...own,
  ];
}

const entry = (when: RunLine, label: RunLine, more: Partial<TimeEntry> = {}): TimeEntry => ({
  when,
  label,
  isProven: false,
  ...more,
});

/** Dates in fields of the file: as written, since most give no zone. */
function fileEntries(
  { asset, signals }: Pick<StoredReport, 'asset' | 'signals'>,
  received: string | undefined,
  translator: Translator,
): TimeEntry[] {
  return (asset.claimedDates ?? []).map(({ name, value, carrier, locator }) => {
    const found = signals.find(
      ({ id, basis, facts = [] }) =>
        id.startsWith('file.dates.') &&
        (basis.some((place) => place.carrier === carrier && place.locator === locator) ||
          facts.some((fact) => fact.name === name && fact.value === value)),
    );
    const apart = found?.id === 'file.dates.outOfOrder' || isLater(value, received);
    const odd = apart
      ? translator.text('page.times.odd')
      : found && translator.translate(meaningMessage(found.id));
    return entry(
      [{ file: value, most: 64 }],
      [
        translator.text('page.phrase.ofTheFile'),
        ' ',
        { file: name, most: 64 },
        ` ${translator.text('page.phrase.at')}${translator.text(`carrier.${carrier}`)}`,
      ],
      odd === undefined ? {} : { odd },
    );
  });
}

/** The time that each signer claims, and the one that a timestamp adds. */
function manifestEntries(
  report: Pick<StoredReport, 'contentCredentials'>,
  received: string | undefined,
  translator: Translator,
): TimeEntry[] {
  const { manifests = [], signer } = report.contentCredentials;
  return manifests.flatMap((manifest) => {
    const { name } = manifest.active ? (signer ?? signerOf(manifest)) : signerOf(manifest);
    const by: TextRun[] = name === undefined ? [] : [' · ', { file: name, most: NAME_CHARACTERS }];
    const { proven, timestamp } = findTimes(manifest, report);
    const attached = proven ?? timestamp;
    const claimed = findClaimedTime(manifest);
    const kind = proven === undefined ? 'page.credentials.attached' : 'page.phrase.proven';
    const odd =
      isLater(claimed, proven) || isLater(claimed, received) ? translator.text('page.times.odd') : undefined;
    return [
      ...(claimed === undefined || (claimed === attached && odd === undefined)
        ? []
        : [
            entry(
              [timeRun(claimed, translator)],
              [translator.text('page.phrase.claimed'), ...by],
              odd === undefined ? {} : { odd },
            ),
          ]),
      ...(attached === undefined
        ? []
        : [
            entry([timeRun(attached, translator)], [translator.text(kind), ...by], {
              isProven: proven !== undefined,
            }),
          ]),
    ];
  });
}

/** Returns whether a day is later than another by more than all time zones explain. */
function isLater(one: string | undefined, other: string | undefined): boolean {
  const [day, last] = [parseLeadingDay(one), parseLeadingDay(other)];
  return day !== undefined && last !== undefined && Date.parse(day) - Date.parse(last) > DAY_MILLIS;
}
