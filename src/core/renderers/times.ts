import type { ContentCredentials, Report } from '../report.js';
import type { Words } from '../words/words.js';
import { termLine } from './forensic.js';
import { activeManifest, claimedAt, keptLine } from './manifest-lines.js';
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
export function times(report: Report, words: Words): TimeRow[] {
  return [...credentialTimes(report, words), ...fileDates(report, words)];
}

const MOST_DATES = 16;
const ZONE = /(Z|[+-]\d{2}:?\d{2})$/;

/** What the file's own fields say, as written: most give no zone, and nothing proves them. */
function fileDates({ asset }: Report, words: Words): TimeRow[] {
  const { phrases, marks } = words;
  const row = ({ name, value, carrier, offset }: ClaimedDate): TimeRow => ({
    label: phrases.ofTheFile,
    line: [{ file: value, most: 64 }, ...(ZONE.test(value) ? [] : [`${marks.comma}${phrases.noZone}`])],
    note: [
      { file: name, most: 64 },
      ` ${phrases.at}${words.carriers[carrier]}`,
      ...(offset === undefined ? [] : [`${marks.comma}${phrases.byte(offset)}`]),
      `${marks.semicolon}${phrases.ofTheFileNote}`,
    ],
  });
  const dates = asset.claimedDates ?? [];
  const rows = dates.slice(0, MOST_DATES).map(row);
  const [more] = bounded(dates, MOST_DATES, words, () => []).slice(MOST_DATES);
  return more === undefined ? rows : [...rows, { label: phrases.ofTheFile, line: more, note: [] }];
}

function credentialTimes(report: Report, words: Words): TimeRow[] {
  const { time, presence } = report.contentCredentials;
  if (presence !== 'present') return [];
  const { phrases } = words;
  const active = activeManifest(report);
  const claimed = active && claimedAt(active);
  const rows: TimeRow[] =
    claimed === undefined
      ? []
      : [{ label: phrases.claimed, line: [timeRun(claimed, words)], note: [phrases.claimedNote] }];
  if (!time) return rows;
  return [...rows, ...stamped(time, report, words), ...certificate(time, report, words)];
}

/** Either an attached time and a word on why it is not proven, or a proven one: never both. */
function stamped(time: Time, report: Report, words: Words): TimeRow[] {
  const { proven, timestamp, timestampReason } = time;
  const { phrases, credentials, marks } = words;
  if (proven !== undefined)
    return [{ label: phrases.proven, line: [timeRun(proven, words)], note: authority(time, report, words) }];
  const nothing: Line = [credentials.provenByNothing];
  if (timestamp === undefined) {
    const why = timestampReason === undefined ? phrases.noTimestamp : words.ours(timestampReason);
    return [{ label: phrases.proven, line: nothing, note: [why] }];
  }
  const note = [...authority(time, report, words), `${marks.semicolon}${credentials.attachedNote}`];
  return [
    { label: credentials.attached, line: [timeRun(timestamp, words)], note },
    { label: phrases.proven, line: nothing, note: [] },
  ];
}

function authority(
  { authority: name, authorityTrust, authorityList, timestampIn }: Time,
  report: Report,
  words: Words,
): Run[] {
  const { comma, colon, semicolon } = words.marks;
  const by: Run[] = name === undefined ? [] : [words.phrases.timestampBy, { file: name, most: 200 }, comma];
  const list = authorityList === undefined ? '' : `${colon}${words.ours(authorityList)}`;
  const kept: Run[] =
    timestampIn === undefined
      ? []
      : [semicolon, ...keptLine(timestampIn, report, words), comma, words.credentials.keptInNote];
  return [...by, `${words.trust[authorityTrust]}${list}`, ...kept];
}

function certificate(time: Time, { tool }: Report, words: Words): TimeRow[] {
  const { phrases, revocation } = words;
  const term = termLine(time, words);
  const state: Line = [validityWords(time, tool.asOf, words)];
  return [
    { label: phrases.certificate, line: term ?? state, note: term ? state : [] },
    { label: phrases.revoked, line: [revocation[time.revocation]], note: [] },
  ];
}

/** Valid when? On the proven day where there is one, else on the day that the report speaks of. */
function validityWords(
  { validity, proven }: Time,
  asOf: string,
  { phrases, validity: words }: Words,
): string {
  if (validity !== 'inside') return words[validity];
  return proven === undefined ? phrases.validOnAsked(asOf) : phrases.validOnProven(proven);
}
