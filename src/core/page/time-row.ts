import { parseLeadingDay } from '../../base/day.js';
import { showText } from '../../base/visible.js';
import type { Translator } from '../../i18n/translator.js';
import type { StoredReport } from '../report/report.js';
import { meaningMessage } from '../signals/meaning.js';
import { type FileTime, listFileTimes } from '../standing/times.js';
import { NAME_CHARACTERS } from './history/manifest-lines.js';
import { type RunLine, type TextRun, timeRun, writtenTimeRun } from './runs.js';

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

type DatedReport = Pick<StoredReport, 'asset' | 'signals' | 'contentCredentials'>;

/** Returns the times; none if there is at most that of the inspection. `at`: RFC 3339. */
export function listTimeEntries(report: DatedReport, translator: Translator, at?: string): TimeEntry[] {
  const { servedBy } = report.asset;
  const received = servedBy?.at ?? at;
  const times = listFileTimes(report);
  const stated = [
    ...times.filter(({ is }) => is === 'field').map((one) => fieldEntry(one, report, received, translator)),
    ...signedEntries(times, received, translator),
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

function fieldEntry(
  { field }: FileTime,
  { signals }: DatedReport,
  received: string | undefined,
  translator: Translator,
): TimeEntry {
  const { name = '', value = '', carrier = 'file', locator = '' } = field ?? {};
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
    [writtenTimeRun(value, translator)],
    [
      translator.text('page.phrase.ofTheFile'),
      ' ',
      { file: name, most: 64 },
      ` ${translator.text('page.phrase.at')}${translator.text(`carrier.${carrier}`)}`,
    ],
    odd === undefined ? {} : { odd },
  );
}

/** The time that each signer claims, and the one that a timestamp adds; a claim that equals the latter is not repeated. */
function signedEntries(
  times: readonly FileTime[],
  received: string | undefined,
  translator: Translator,
): TimeEntry[] {
  return times.flatMap((time, index) => {
    const { at, is, of, signer, isSetAside } = time;
    if (is === 'field') return [];
    const before = times[index - 1];
    const stamp =
      is === 'claimed' && before?.manifest === time.manifest && before?.is !== 'claimed' ? before : undefined;
    const isOdd =
      is === 'claimed' &&
      (isLater(at, stamp?.is === 'proven' ? stamp.at : undefined) || isLater(at, received));
    if (stamp?.at === at && !isOdd) return [];
    const notes: TextRun[] = [
      ...(signer?.name === undefined ? [] : [' · ', bySigner(signer.name, signer.isConfirmed, translator)]),
      ...(of === 'earlier' ? [' · ', translator.text('page.times.earlier')] : []),
      ...(isSetAside ? [' · ', translator.text('page.times.setAside')] : []),
    ];
    return [
      entry([timeRun(at, translator)], [translator.text(LABELS[is]), ...notes], {
        isProven: is === 'proven' && !isSetAside,
        ...(isOdd ? { odd: translator.text('page.times.odd') } : {}),
      }),
    ];
  });
}

/** Returns a confirmed name in a text of ours, any other as a quotation. */
const bySigner = (name: string, isConfirmed: boolean, translator: Translator): TextRun =>
  isConfirmed
    ? translator.text('page.times.signer', { name: showText(name, NAME_CHARACTERS) })
    : { file: name, most: NAME_CHARACTERS };

const LABELS = {
  proven: 'page.phrase.proven',
  attached: 'page.credentials.attached',
  claimed: 'page.phrase.claimed',
} as const;

/** Returns whether a day is later than another by more than all time zones explain. */
function isLater(one: string | undefined, other: string | undefined): boolean {
  const [day, last] = [parseLeadingDay(one), parseLeadingDay(other)];
  return day !== undefined && last !== undefined && Date.parse(day) - Date.parse(last) > DAY_MILLIS;
}
