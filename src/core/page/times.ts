import { dayMessage } from '../../i18n/amounts.js';
import type { Translator } from '../../i18n/translator.js';
import { localizeMember } from '../report/message-lookup.js';
import type { ContentCredentials, StoredReport } from '../report/report.js';
import { listManifestTimes } from '../standing/times.js';
import { findActiveManifest } from '../standing/versions.js';
import { termLine } from './forensic.js';
import { storedInLine } from './history/manifest-lines.js';
import { punctuationFor } from './marks.js';
import { limitLines, type RunLine, type TextRun, timeRun, writtenTimeRun } from './runs.js';

/** Time with its source, its zone and its backing. */
export interface TimeRow {
  label: string;
  line: RunLine;
  note: RunLine;
}

type Time = NonNullable<ContentCredentials['time']>;
type ClaimedDate = NonNullable<StoredReport['asset']['claimedDates']>[number];

/**
 * Returns the claimed signing time, attached and proven timestamps, and the certificate's validity period, always as
 * separate rows.
 */
export function listTimes(
  report: Pick<StoredReport, 'asset' | 'contentCredentials' | 'tool'>,
  translator: Translator,
): TimeRow[] {
  return [...credentialTimes(report, translator), ...fileDates(report, translator)];
}

const MAX_DATES = 16;
const ZONE = /(Z|[+-]\d{2}:?\d{2})$/;

/** Returns the times in the file's own fields as written: most give no zone, and nothing proves them. */
function fileDates({ asset }: Pick<StoredReport, 'asset'>, translator: Translator): TimeRow[] {
  const marks = punctuationFor(translator);
  const row = ({ name, value, carrier, offset, countedFrom1970 }: ClaimedDate): TimeRow => ({
    label: translator.text('page.phrase.ofTheFile'),
    line: [
      writtenTimeRun(value, translator),
      ...(ZONE.test(value) ? [] : [`${marks.comma}${translator.text('page.phrase.noZone')}`]),
    ],
    note: [
      { file: name, most: 64 },
      ` ${translator.text('page.phrase.at')}${translator.text(`carrier.${carrier}`)}`,
      ...(offset === undefined ? [] : [`${marks.comma}${translator.text('page.phrase.byte', { offset })}`]),
      ...(countedFrom1970 ? [`${marks.semicolon}${translator.text('page.phrase.countedFrom1970')}`] : []),
      `${marks.semicolon}${translator.text('page.phrase.ofTheFileNote')}`,
    ],
  });
  const dates = asset.claimedDates ?? [];
  const rows = dates.slice(0, MAX_DATES).map(row);
  const [more] = limitLines(dates, MAX_DATES, translator, () => []).slice(MAX_DATES);
  return more === undefined
    ? rows
    : [...rows, { label: translator.text('page.phrase.ofTheFile'), line: more, note: [] }];
}

function credentialTimes(
  report: Pick<StoredReport, 'contentCredentials' | 'tool'>,
  translator: Translator,
): TimeRow[] {
  const { time, presence } = report.contentCredentials;
  if (presence !== 'present') return [];
  const active = findActiveManifest(report.contentCredentials);
  const own = active === undefined ? [] : listManifestTimes(active, report.contentCredentials);
  const claimed = own.find(({ is }) => is === 'claimed')?.at;
  const rows: TimeRow[] =
    claimed === undefined
      ? []
      : [
          {
            label: translator.text('page.phrase.claimed'),
            line: [timeRun(claimed, translator)],
            note: [translator.text('page.phrase.claimedNote')],
          },
        ];
  if (!time) return rows;
  return [...rows, ...timestampRows(time, report, translator), ...certificate(time, report, translator)];
}

/** Returns either an attached time and why it is not proven, or a proven one; never both. */
function timestampRows(
  time: Time,
  report: Pick<StoredReport, 'contentCredentials'>,
  translator: Translator,
): TimeRow[] {
  const { proven, timestamp } = time;
  const marks = punctuationFor(translator);
  if (proven !== undefined)
    return [
      {
        label: translator.text('page.phrase.proven'),
        line: [timeRun(proven, translator)],
        note: authority(time, report, translator),
      },
    ];
  const nothing: RunLine = [translator.text('page.credentials.provenByNothing')];
  if (timestamp === undefined) {
    const why =
      localizeMember(time, 'timestampReason', translator) ?? translator.text('page.phrase.noTimestamp');
    return [{ label: translator.text('page.phrase.proven'), line: nothing, note: [why] }];
  }
  const note = [
    ...authority(time, report, translator),
    `${marks.semicolon}${translator.text('page.credentials.attachedNote')}`,
  ];
  return [
    { label: translator.text('page.credentials.attached'), line: [timeRun(timestamp, translator)], note },
    { label: translator.text('page.phrase.proven'), line: nothing, note: [] },
  ];
}

function authority(
  time: Time,
  report: Pick<StoredReport, 'contentCredentials'>,
  translator: Translator,
): TextRun[] {
  const { authority: name, authorityTrust, timestampIn } = time;
  const { comma, colon, semicolon } = punctuationFor(translator);
  const by: TextRun[] =
    name === undefined ? [] : [translator.text('page.phrase.timestampBy'), { file: name, most: 200 }, comma];
  const list = localizeMember(time, 'authorityList', translator);
  const kept: TextRun[] =
    timestampIn === undefined
      ? []
      : [
          semicolon,
          ...storedInLine(timestampIn, report, translator),
          comma,
          translator.text('page.credentials.storedInNote'),
        ];
  return [
    ...by,
    translator.text(`page.trust.${authorityTrust}`),
    ...(list === undefined ? [] : [colon, list]),
    ...kept,
  ];
}

function certificate(time: Time, { tool }: Pick<StoredReport, 'tool'>, translator: Translator): TimeRow[] {
  const term = termLine(time, translator);
  const state: RunLine = [validityText(time, tool.asOf, translator)];
  return [
    { label: translator.text('page.phrase.certificate'), line: term ?? state, note: term ? state : [] },
    {
      label: translator.text('page.phrase.revoked'),
      line: [translator.text(`page.revocation.${time.revocation}`)],
      note: [],
    },
  ];
}

/** Describes validity on the proven day, if there is one, otherwise on the day of the report. */
function validityText({ validity, proven }: Time, asOf: string, translator: Translator): string {
  if (validity !== 'inside') return translator.text(`page.validity.${validity}`);
  return proven === undefined
    ? translator.text('page.phrase.validOnRequested', { day: dayMessage(asOf) })
    : translator.text('page.phrase.validOnProven', { day: dayMessage(proven) });
}
