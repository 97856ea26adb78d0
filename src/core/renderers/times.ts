import type { Report } from '../report.js';
import type { Words } from '../words/words.js';
import { type Line, timeRun } from './runs.js';

export interface TimeRow {
  label: string;
  line: Line;
}

/** What the signer claims, what a timestamp proves, and the certificate's own term: never mixed up. */
export function times({ contentCredentials }: Report, words: Words): TimeRow[] {
  const { time, presence, manifests = [], activeManifest } = contentCredentials;
  if (presence !== 'present') return [];
  const { phrases } = words;
  const claimed = manifests
    .find(({ label }) => label === activeManifest)
    ?.actions.find(({ when }) => when !== undefined)?.when;
  const rows: TimeRow[] = [];
  if (claimed !== undefined) {
    rows.push({
      label: phrases.claimed,
      line: [timeRun(claimed, words), ` (${phrases.claimedNote})`],
    });
  }
  if (!time) return rows;
  rows.push({ label: phrases.proven, line: proven(time, words) });
  rows.push({ label: phrases.certificate, line: [words.validity[time.validity]] });
  rows.push({ label: phrases.revoked, line: [words.revocation[time.revocation]] });
  return rows;
}

function proven(
  { timestamp, authority, authorityTrust }: NonNullable<Report['contentCredentials']['time']>,
  words: Words,
): Line {
  if (timestamp === undefined) return [words.phrases.provenNote];
  const by: Line =
    authority === undefined ? [] : [`, ${words.phrases.timestampBy} `, { file: authority, most: 200 }];
  return [timeRun(timestamp, words), ...by, `, ${words.trust[authorityTrust]}`];
}
