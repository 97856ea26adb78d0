import { dayMessage } from '../../../../i18n/amounts.js';
import type { Translator } from '../../../../i18n/translator.js';
import type { ContentCredentials, Integrity, StoredReport } from '../../../report/report.js';
import { punctuationFor } from '../marks.js';
import { type RunLine, type TextRun, timeRun } from '../runs.js';

/** Lines for who signed a manifest, when, and with which tool; the summary and the history share them. */

export type ReportManifest = NonNullable<ContentCredentials['manifests']>[number];
type Signer = NonNullable<ContentCredentials['signer']>;

export const NAME_CHARACTERS = 200;
const LISTED: ReadonlySet<Signer['trust']> = new Set(['official', 'interim', 'private']);

export function findActiveManifest({
  contentCredentials,
}: Pick<StoredReport, 'contentCredentials'>): ReportManifest | undefined {
  const { manifests = [], activeManifest: label } = contentCredentials;
  return manifests.find((one) => one.label === label) ?? manifests.find((one) => one.active);
}

/** Content that the signature excludes may have changed undetected, so the text makes no claim about the whole file. */
export function activeIntegrityText(
  integrity: Integrity,
  { signals }: StoredReport,
  translator: Translator,
): string {
  const inPart = integrity === 'intact' && signals.some(({ id }) => id === 'c2pa.binding.leavesOutMore');
  return inPart
    ? translator.text('page.credentials.coveredUnchanged')
    : translator.text(`page.integrity.${integrity}`);
}

/**
 * Uses "issued by" only if a list vouches for the name and the manifest is valid; otherwise anyone could have written
 * the name or attached it to other content.
 */
export function signerLine(
  { name, trust, listDate }: Partial<Pick<Signer, 'name' | 'trust' | 'listDate'>>,
  holds: boolean,
  translator: Translator,
): RunLine | undefined {
  if (name === undefined && trust === undefined) return undefined;
  const issuedBy = translator.text('page.credentials.issuedBy');
  const named = translator.text('page.credentials.named');
  const unnamed = translator.text('page.credentials.unnamed');
  const before = holds && trust !== undefined && LISTED.has(trust) ? issuedBy : named;
  const who: TextRun[] = name === undefined ? [unnamed] : [before, { file: name, most: NAME_CHARACTERS }];
  const on =
    trust === undefined ? '' : `${punctuationFor(translator).comma}${translator.text(`page.trust.${trust}`)}`;
  // The text for the interim list already contains its only date.
  const date =
    listDate === undefined || trust === 'interim'
      ? ''
      : `${punctuationFor(translator).open}${translator.text('page.phrase.listOf', { day: dayMessage(listDate) })}${punctuationFor(translator).close}`;
  return [...who, on, date];
}

/** Returns the signer of a manifest that is not the active one. */
export const signerOf = ({ signer, trust }: ReportManifest) => ({
  ...(signer === undefined ? {} : { name: signer }),
  ...(trust === undefined ? {} : { trust }),
});

/** Describes the three kinds of time with separate texts; the strongest one is returned. */
export function timeLine(
  manifest: ReportManifest,
  report: StoredReport,
  translator: Translator,
): RunLine | undefined {
  const signedOn = translator.text('page.credentials.signedOn');
  const signedBy = translator.text('page.credentials.signedBy');
  const provenByTimestamp = translator.text('page.credentials.provenByTimestamp');
  const attachedTime = translator.text('page.credentials.attachedTime');
  const claimedTime = translator.text('page.credentials.claimedTime');
  const marks = punctuationFor(translator);
  const { proven, timestamp, keptIn } = findTimes(manifest, report);
  if (proven !== undefined) {
    const kept: TextRun[] =
      keptIn === undefined ? [] : [marks.comma, ...storedInLine(keptIn, report, translator)];
    const by = keptIn === undefined ? signedOn : signedBy;
    return [by, timeRun(proven, translator), `${marks.open}${provenByTimestamp}`, ...kept, marks.close];
  }
  if (timestamp !== undefined) return [`${attachedTime}${marks.colon}`, timeRun(timestamp, translator)];
  const claimed = findClaimedTime(manifest);
  return claimed === undefined ? undefined : [`${claimedTime}${marks.colon}`, timeRun(claimed, translator)];
}

interface ManifestTimes {
  proven?: string | undefined;
  timestamp?: string | undefined;
  /** Label of another manifest. */
  keptIn?: string | undefined;
}

export function findTimes(
  manifest: ReportManifest,
  { contentCredentials }: Pick<StoredReport, 'contentCredentials'>,
): ManifestTimes {
  const { time } = contentCredentials;
  if (manifest.active) return { ...time, keptIn: time?.timestampIn };
  return { proven: manifest.proven, timestamp: manifest.time, keptIn: manifest.provenIn };
}

/** Names the manifest by its title, if it has one, as the history does. */
export function storedInLine(
  label: string,
  { contentCredentials }: Pick<StoredReport, 'contentCredentials'>,
  translator: Translator,
): TextRun[] {
  const keeper = contentCredentials.manifests?.find((one) => one.label === label);
  return [
    translator.text('page.credentials.storedIn'),
    { file: keeper?.title ?? label, most: NAME_CHARACTERS },
  ];
}

export function findClaimedTime({ actions }: ReportManifest): string | undefined {
  return actions.find(({ when }) => when !== undefined)?.when;
}

export function generatorLine(
  { claimGenerator }: ReportManifest,
  translator: Translator,
): RunLine | undefined {
  return claimGenerator === undefined
    ? undefined
    : [translator.text('page.phrase.madeWith'), { file: claimGenerator, most: NAME_CHARACTERS }];
}

/** Returns the lines that are defined. */
export function definedLines(...all: readonly (RunLine | undefined)[]): RunLine[] {
  return all.filter((one) => one !== undefined);
}
