import type { ContentCredentials, Report } from '../report.js';
import type { Trust, Words } from '../words/words.js';
import { type Line, type Run, timeRun } from './runs.js';

/** Who signed a manifest, when, and with what: the same words in the summary and in the history. */

export type Manifest = NonNullable<ContentCredentials['manifests']>[number];
type Signer = NonNullable<ContentCredentials['signer']>;

export const NAME_CHARACTERS = 200;
const LISTED: ReadonlySet<Trust> = new Set(['official', 'interim', 'private']);

export function activeManifest({ contentCredentials }: Report): Manifest | undefined {
  const { manifests = [], activeManifest: label } = contentCredentials;
  return manifests.find((one) => one.label === label) ?? manifests.find((one) => one.active);
}

/**
 * "Issued by" only where a list vouches for the name and the manifest holds: otherwise it is a name that anyone
 * could have written, or one under something else.
 */
export function signerLine(
  { name, trust, listDate }: Partial<Pick<Signer, 'name' | 'trust' | 'listDate'>>,
  holds: boolean,
  words: Words,
): Line | undefined {
  if (name === undefined && trust === undefined) return undefined;
  const { issuedBy, named, unnamed } = words.credentials;
  const before = holds && trust !== undefined && LISTED.has(trust) ? issuedBy : named;
  const who: Run[] = name === undefined ? [unnamed] : [`${before} `, { file: name, most: NAME_CHARACTERS }];
  const on = trust === undefined ? '' : `, ${words.trust[trust]}`;
  // The interim list's words name its one date already.
  const date = listDate === undefined || trust === 'interim' ? '' : ` (${words.phrases.listOf(listDate)})`;
  return [...who, on, date];
}

/** Each of the three kinds of time in words of its own; the strongest is told. */
export function timeLine(manifest: Manifest, report: Report, words: Words): Line | undefined {
  const { signedOn, provenByTimestamp, attachedTime, claimedTime } = words.credentials;
  const { proven, timestamp } = timesOf(manifest, report);
  if (proven !== undefined) return [`${signedOn} `, timeRun(proven, words), ` (${provenByTimestamp})`];
  if (timestamp !== undefined) return [`${attachedTime}: `, timeRun(timestamp, words)];
  const claimed = claimedAt(manifest);
  return claimed === undefined ? undefined : [`${claimedTime}: `, timeRun(claimed, words)];
}

function timesOf(
  manifest: Manifest,
  { contentCredentials }: Report,
): { proven?: string; timestamp?: string } {
  if (manifest.active) return contentCredentials.time ?? {};
  const { time, proven } = manifest;
  return { ...(proven === undefined ? {} : { proven }), ...(time === undefined ? {} : { timestamp: time }) };
}

export function claimedAt({ actions }: Manifest): string | undefined {
  return actions.find(({ when }) => when !== undefined)?.when;
}

export function generatorLine({ claimGenerator }: Manifest, words: Words): Line | undefined {
  return claimGenerator === undefined
    ? undefined
    : [`${words.phrases.madeWith} `, { file: claimGenerator, most: NAME_CHARACTERS }];
}

/** Those that are there. */
export function lines(...all: readonly (Line | undefined)[]): Line[] {
  return all.filter((one) => one !== undefined);
}
