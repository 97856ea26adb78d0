import type { ContentCredentials, Report } from '../report.js';
import type { Words } from '../words/words.js';
import { termLine } from './forensic.js';
import { activeManifest, claimedAt } from './manifest-lines.js';
import { type Line, type Run, timeRun } from './runs.js';

export interface TimeRow {
  label: string;
  line: Line;
}

type Time = NonNullable<ContentCredentials['time']>;

/** What the signer claims, what is attached, what a timestamp proves, and the certificate's own term: never mixed up. */
export function times(report: Report, words: Words): TimeRow[] {
  const { time, presence } = report.contentCredentials;
  if (presence !== 'present') return [];
  const { phrases } = words;
  const active = activeManifest(report);
  const claimed = active && claimedAt(active);
  const rows: TimeRow[] = [];
  if (claimed !== undefined) {
    rows.push({
      label: phrases.claimed,
      line: [timeRun(claimed, words), ` (${phrases.claimedNote})`],
    });
  }
  if (!time) return rows;
  return [...rows, ...stamped(time, words), ...certificate(time, words)];
}

/** Either an attached time and a word on why it is not proven, or a proven one: never both. */
function stamped(time: Time, words: Words): TimeRow[] {
  const { proven, timestamp } = time;
  const { phrases, credentials } = words;
  if (proven !== undefined)
    return [{ label: phrases.proven, line: [timeRun(proven, words), ...authority(time, words)] }];
  if (timestamp === undefined)
    return [{ label: phrases.proven, line: [`${credentials.provenByNothing}: ${phrases.noTimestamp}`] }];
  const line = [timeRun(timestamp, words), ...authority(time, words), `; ${credentials.attachedNote}`];
  return [
    { label: credentials.attached, line },
    { label: phrases.proven, line: [credentials.provenByNothing] },
  ];
}

function authority({ authority: name, authorityTrust, authorityList }: Time, words: Words): Run[] {
  const by: Run[] = name === undefined ? [] : [`, ${words.phrases.timestampBy} `, { file: name, most: 200 }];
  const list = authorityList === undefined ? '' : `: ${authorityList}`;
  return [...by, `, ${words.trust[authorityTrust]}${list}`];
}

function certificate(time: Time, words: Words): TimeRow[] {
  const { phrases, validity, revocation } = words;
  const term = termLine(time, words);
  return [
    {
      label: phrases.certificate,
      line: [...(term ? [...term, '; '] : []), validity[time.validity]],
    },
    { label: phrases.revoked, line: [revocation[time.revocation]] },
  ];
}
