import { daySaid } from '../../say/amounts.js';
import type { Speech } from '../../say/speech.js';
import type { ContentCredentials, Report } from '../report/report.js';
import { termLine } from './forensic.js';
import { textOf } from './kept-text.js';
import { activeManifest, claimedAt, keptLine } from './manifest-lines.js';
import { marksOf } from './marks.js';
import { bounded, type Line, type Run, timeRun } from './runs.js';

/** One time: whose it is, when with its zone, and what backs it. */
export interface TimeRow {
  label: string;
  line: Line;
  note: Line;
}

type Time = NonNullable<ContentCredentials['time']>;
type ClaimedDate = NonNullable<Report['asset']['claimedDates']>[number];

/** What the signer claims, what is attached, what a timestamp proves, and the certificate's own term: never mixed up. */
export function times(report: Report, speech: Speech): TimeRow[] {
  return [...credentialTimes(report, speech), ...fileDates(report, speech)];
}

const MOST_DATES = 16;
const ZONE = /(Z|[+-]\d{2}:?\d{2})$/;

/** What the file's own fields say, as written: most give no zone, and nothing proves them. */
function fileDates({ asset }: Report, speech: Speech): TimeRow[] {
  const marks = marksOf(speech);
  const row = ({ name, value, carrier, offset, countedFrom1970 }: ClaimedDate): TimeRow => ({
    label: speech.words('page.phrase.ofTheFile'),
    line: [
      { file: value, most: 64 },
      ...(ZONE.test(value) ? [] : [`${marks.comma}${speech.words('page.phrase.noZone')}`]),
    ],
    note: [
      { file: name, most: 64 },
      ` ${speech.words('page.phrase.at')}${speech.words(`carrier.${carrier}`)}`,
      ...(offset === undefined ? [] : [`${marks.comma}${speech.words('page.phrase.byte', { offset })}`]),
      ...(countedFrom1970 ? [`${marks.semicolon}${speech.words('page.phrase.countedFrom1970')}`] : []),
      `${marks.semicolon}${speech.words('page.phrase.ofTheFileNote')}`,
    ],
  });
  const dates = asset.claimedDates ?? [];
  const rows = dates.slice(0, MOST_DATES).map(row);
  const [more] = bounded(dates, MOST_DATES, speech, () => []).slice(MOST_DATES);
  return more === undefined
    ? rows
    : [...rows, { label: speech.words('page.phrase.ofTheFile'), line: more, note: [] }];
}

function credentialTimes(report: Report, speech: Speech): TimeRow[] {
  const { time, presence } = report.contentCredentials;
  if (presence !== 'present') return [];
  const active = activeManifest(report);
  const claimed = active && claimedAt(active);
  const rows: TimeRow[] =
    claimed === undefined
      ? []
      : [
          {
            label: speech.words('page.phrase.claimed'),
            line: [timeRun(claimed, speech)],
            note: [speech.words('page.phrase.claimedNote')],
          },
        ];
  if (!time) return rows;
  return [...rows, ...stamped(time, report, speech), ...certificate(time, report, speech)];
}

/** Either an attached time and a word on why it is not proven, or a proven one: never both. */
function stamped(time: Time, report: Report, speech: Speech): TimeRow[] {
  const { proven, timestamp } = time;
  const marks = marksOf(speech);
  if (proven !== undefined)
    return [
      {
        label: speech.words('page.phrase.proven'),
        line: [timeRun(proven, speech)],
        note: authority(time, report, speech),
      },
    ];
  const nothing: Line = [speech.words('page.credentials.provenByNothing')];
  if (timestamp === undefined) {
    const why = textOf(time, 'timestampReason', speech) ?? speech.words('page.phrase.noTimestamp');
    return [{ label: speech.words('page.phrase.proven'), line: nothing, note: [why] }];
  }
  const note = [
    ...authority(time, report, speech),
    `${marks.semicolon}${speech.words('page.credentials.attachedNote')}`,
  ];
  return [
    { label: speech.words('page.credentials.attached'), line: [timeRun(timestamp, speech)], note },
    { label: speech.words('page.phrase.proven'), line: nothing, note: [] },
  ];
}

function authority(time: Time, report: Report, speech: Speech): Run[] {
  const { authority: name, authorityTrust, timestampIn } = time;
  const { comma, colon, semicolon } = marksOf(speech);
  const by: Run[] =
    name === undefined ? [] : [speech.words('page.phrase.timestampBy'), { file: name, most: 200 }, comma];
  const list = textOf(time, 'authorityList', speech);
  const kept: Run[] =
    timestampIn === undefined
      ? []
      : [
          semicolon,
          ...keptLine(timestampIn, report, speech),
          comma,
          speech.words('page.credentials.keptInNote'),
        ];
  return [
    ...by,
    speech.words(`page.trust.${authorityTrust}`),
    ...(list === undefined ? [] : [colon, list]),
    ...kept,
  ];
}

function certificate(time: Time, { tool }: Report, speech: Speech): TimeRow[] {
  const term = termLine(time, speech);
  const state: Line = [validityWords(time, tool.asOf, speech)];
  return [
    { label: speech.words('page.phrase.certificate'), line: term ?? state, note: term ? state : [] },
    {
      label: speech.words('page.phrase.revoked'),
      line: [speech.words(`page.revocation.${time.revocation}`)],
      note: [],
    },
  ];
}

/** Valid when? On the proven day where there is one, else on the day that the report speaks of. */
function validityWords({ validity, proven }: Time, asOf: string, speech: Speech): string {
  if (validity !== 'inside') return speech.words(`page.validity.${validity}`);
  return proven === undefined
    ? speech.words('page.phrase.validOnAsked', { day: daySaid(asOf) })
    : speech.words('page.phrase.validOnProven', { day: daySaid(proven) });
}
