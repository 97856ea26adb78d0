import type { ContentCredentials, Integrity, Report } from '../report.js';
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

/** What the signature leaves out may have changed without a trace: then nothing is said of the whole file. */
export function activeIntegrity(integrity: Integrity, { signals }: Report, words: Words): string {
  const inPart = integrity === 'intact' && signals.some(({ id }) => id === 'c2pa.binding.leavesOutMore');
  return inPart ? words.credentials.coveredUnchanged : words.integrity[integrity];
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
  const who: Run[] = name === undefined ? [unnamed] : [before, { file: name, most: NAME_CHARACTERS }];
  const on = trust === undefined ? '' : `${words.marks.comma}${words.trust[trust]}`;
  // The interim list's words name its one date already.
  const date =
    listDate === undefined || trust === 'interim'
      ? ''
      : `${words.marks.open}${words.phrases.listOf(listDate)}${words.marks.close}`;
  return [...who, on, date];
}

/** Each of the three kinds of time in words of its own; the strongest is told. */
export function timeLine(manifest: Manifest, report: Report, words: Words): Line | undefined {
  const { signedOn, signedBy, provenByTimestamp, attachedTime, claimedTime } = words.credentials;
  const { marks } = words;
  const { proven, timestamp, keptIn } = timesOf(manifest, report);
  if (proven !== undefined) {
    const kept: Run[] = keptIn === undefined ? [] : [marks.comma, ...keptLine(keptIn, report, words)];
    const by = keptIn === undefined ? signedOn : signedBy;
    return [by, timeRun(proven, words), `${marks.open}${provenByTimestamp}`, ...kept, marks.close];
  }
  if (timestamp !== undefined) return [`${attachedTime}${marks.colon}`, timeRun(timestamp, words)];
  const claimed = claimedAt(manifest);
  return claimed === undefined ? undefined : [`${claimedTime}${marks.colon}`, timeRun(claimed, words)];
}

interface ManifestTimes {
  proven?: string | undefined;
  timestamp?: string | undefined;
  /** Label of another manifest. */
  keptIn?: string | undefined;
}

function timesOf(manifest: Manifest, { contentCredentials }: Report): ManifestTimes {
  const { time } = contentCredentials;
  if (manifest.active) return { ...time, keptIn: time?.timestampIn };
  return { proven: manifest.proven, timestamp: manifest.time, keptIn: manifest.provenIn };
}

/** By its title where it has one, as the history names it. */
export function keptLine(label: string, { contentCredentials }: Report, words: Words): Run[] {
  const keeper = contentCredentials.manifests?.find((one) => one.label === label);
  return [words.credentials.keptIn, { file: keeper?.title ?? label, most: NAME_CHARACTERS }];
}

export function claimedAt({ actions }: Manifest): string | undefined {
  return actions.find(({ when }) => when !== undefined)?.when;
}

export function generatorLine({ claimGenerator }: Manifest, words: Words): Line | undefined {
  return claimGenerator === undefined
    ? undefined
    : [words.phrases.madeWith, { file: claimGenerator, most: NAME_CHARACTERS }];
}

/** Those that are there. */
export function lines(...all: readonly (Line | undefined)[]): Line[] {
  return all.filter((one) => one !== undefined);
}
