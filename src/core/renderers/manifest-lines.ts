import { daySaid } from '../../say/amounts.js';
import type { Speech } from '../../say/speech.js';
import type { ContentCredentials, Integrity, Report } from '../report/report.js';
import { marksOf } from './marks.js';
import { type Line, type Run, timeRun } from './runs.js';

/** Who signed a manifest, when, and with what: the same words in the summary and in the history. */

export type Manifest = NonNullable<ContentCredentials['manifests']>[number];
type Signer = NonNullable<ContentCredentials['signer']>;

export const NAME_CHARACTERS = 200;
const LISTED: ReadonlySet<Signer['trust']> = new Set(['official', 'interim', 'private']);

export function activeManifest({ contentCredentials }: Report): Manifest | undefined {
  const { manifests = [], activeManifest: label } = contentCredentials;
  return manifests.find((one) => one.label === label) ?? manifests.find((one) => one.active);
}

/** What the signature leaves out may have changed without a trace: then nothing is said of the whole file. */
export function activeIntegrity(integrity: Integrity, { signals }: Report, speech: Speech): string {
  const inPart = integrity === 'intact' && signals.some(({ id }) => id === 'c2pa.binding.leavesOutMore');
  return inPart
    ? speech.words('page.credentials.coveredUnchanged')
    : speech.words(`page.integrity.${integrity}`);
}

/**
 * "Issued by" only where a list vouches for the name and the manifest holds: otherwise it is a name that anyone
 * could have written, or one under something else.
 */
export function signerLine(
  { name, trust, listDate }: Partial<Pick<Signer, 'name' | 'trust' | 'listDate'>>,
  holds: boolean,
  speech: Speech,
): Line | undefined {
  if (name === undefined && trust === undefined) return undefined;
  const issuedBy = speech.words('page.credentials.issuedBy');
  const named = speech.words('page.credentials.named');
  const unnamed = speech.words('page.credentials.unnamed');
  const before = holds && trust !== undefined && LISTED.has(trust) ? issuedBy : named;
  const who: Run[] = name === undefined ? [unnamed] : [before, { file: name, most: NAME_CHARACTERS }];
  const on = trust === undefined ? '' : `${marksOf(speech).comma}${speech.words(`page.trust.${trust}`)}`;
  // The interim list's words name its one date already.
  const date =
    listDate === undefined || trust === 'interim'
      ? ''
      : `${marksOf(speech).open}${speech.words('page.phrase.listOf', { day: daySaid(listDate) })}${marksOf(speech).close}`;
  return [...who, on, date];
}

/** Each of the three kinds of time in words of its own; the strongest is told. */
export function timeLine(manifest: Manifest, report: Report, speech: Speech): Line | undefined {
  const signedOn = speech.words('page.credentials.signedOn');
  const signedBy = speech.words('page.credentials.signedBy');
  const provenByTimestamp = speech.words('page.credentials.provenByTimestamp');
  const attachedTime = speech.words('page.credentials.attachedTime');
  const claimedTime = speech.words('page.credentials.claimedTime');
  const marks = marksOf(speech);
  const { proven, timestamp, keptIn } = timesOf(manifest, report);
  if (proven !== undefined) {
    const kept: Run[] = keptIn === undefined ? [] : [marks.comma, ...keptLine(keptIn, report, speech)];
    const by = keptIn === undefined ? signedOn : signedBy;
    return [by, timeRun(proven, speech), `${marks.open}${provenByTimestamp}`, ...kept, marks.close];
  }
  if (timestamp !== undefined) return [`${attachedTime}${marks.colon}`, timeRun(timestamp, speech)];
  const claimed = claimedAt(manifest);
  return claimed === undefined ? undefined : [`${claimedTime}${marks.colon}`, timeRun(claimed, speech)];
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
export function keptLine(label: string, { contentCredentials }: Report, speech: Speech): Run[] {
  const keeper = contentCredentials.manifests?.find((one) => one.label === label);
  return [speech.words('page.credentials.keptIn'), { file: keeper?.title ?? label, most: NAME_CHARACTERS }];
}

export function claimedAt({ actions }: Manifest): string | undefined {
  return actions.find(({ when }) => when !== undefined)?.when;
}

export function generatorLine({ claimGenerator }: Manifest, speech: Speech): Line | undefined {
  return claimGenerator === undefined
    ? undefined
    : [speech.words('page.phrase.madeWith'), { file: claimGenerator, most: NAME_CHARACTERS }];
}

/** Those that are there. */
export function lines(...all: readonly (Line | undefined)[]): Line[] {
  return all.filter((one) => one !== undefined);
}
