import { showText } from '../../../base/visible.js';
import { dayMessage } from '../../../i18n/amounts.js';
import type { Translator } from '../../../i18n/translator.js';
import type { Integrity, StoredReport } from '../../report/report.js';
import { leavesOutMore } from '../../standing/integrity.js';
import { findFileSigner, findManifestSigner } from '../../standing/signer.js';
import { listManifestTimes } from '../../standing/times.js';
import { findActiveManifest, type Manifest } from '../../standing/versions.js';
import { punctuationFor } from '../marks.js';
import { type RunLine, type TextRun, timeRun } from '../runs.js';

/** Lines for who signed a manifest, when, and with which tool; the summary and the history share them. */

export const NAME_CHARACTERS = 200;

/** Content that the signature excludes may have changed undetected, so the text makes no claim about the whole file. */
export function activeIntegrityText(
  integrity: Integrity,
  { signals }: StoredReport,
  translator: Translator,
): string {
  const inPart = integrity === 'intact' && leavesOutMore(signals);
  return inPart
    ? translator.text('page.credentials.coveredUnchanged')
    : translator.text(`page.integrity.${integrity}`);
}

/**
 * Uses "issued by" only if the name is confirmed; otherwise anyone could have written it or attached it to other content.
 */
export function signerLine(
  manifest: Manifest | undefined,
  { contentCredentials }: Pick<StoredReport, 'contentCredentials'>,
  translator: Translator,
): RunLine | undefined {
  const isActive = manifest === undefined || manifest === findActiveManifest(contentCredentials);
  const own = isActive ? contentCredentials.signer : undefined;
  const trust = own?.trust ?? manifest?.trust;
  const signer =
    own === undefined && manifest !== undefined
      ? findManifestSigner(manifest, contentCredentials)
      : findFileSigner(contentCredentials);
  if (signer?.name === undefined && trust === undefined) return undefined;
  const who: TextRun[] =
    signer?.name === undefined
      ? [translator.text('page.credentials.unnamed')]
      : signer.isConfirmed
        ? [translator.text('page.credentials.issuedBy', { name: showText(signer.name, NAME_CHARACTERS) })]
        : [translator.text('page.credentials.named'), { file: signer.name, most: NAME_CHARACTERS }];
  const on =
    trust === undefined ? '' : `${punctuationFor(translator).comma}${translator.text(`page.trust.${trust}`)}`;
  // The text for the interim list already contains its only date.
  const date =
    own?.listDate === undefined || trust === 'interim'
      ? ''
      : `${punctuationFor(translator).open}${translator.text('page.phrase.listOf', { day: dayMessage(own.listDate) })}${punctuationFor(translator).close}`;
  return [...who, on, date];
}

/** Describes the three kinds of time with separate texts; the strongest one is returned. */
export function timeLine(
  manifest: Manifest,
  report: StoredReport,
  translator: Translator,
): RunLine | undefined {
  const { contentCredentials } = report;
  const [time] = listManifestTimes(manifest, contentCredentials);
  if (time === undefined) return undefined;
  const marks = punctuationFor(translator);
  const { at, is, keptIn } = time;
  if (is === 'attached')
    return [`${translator.text('page.credentials.attachedTime')}${marks.colon}`, timeRun(at, translator)];
  if (is !== 'proven')
    return [`${translator.text('page.credentials.claimedTime')}${marks.colon}`, timeRun(at, translator)];
  const kept: TextRun[] =
    keptIn === undefined ? [] : [marks.comma, ...storedInLine(keptIn, report, translator)];
  return [
    translator.text(keptIn === undefined ? 'page.credentials.signedOn' : 'page.credentials.signedBy'),
    timeRun(at, translator),
    `${marks.open}${translator.text('page.credentials.provenByTimestamp')}`,
    ...kept,
    marks.close,
  ];
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

export function generatorLine({ claimGenerator }: Manifest, translator: Translator): RunLine | undefined {
  return claimGenerator === undefined
    ? undefined
    : [translator.text('page.phrase.madeWith'), { file: claimGenerator, most: NAME_CHARACTERS }];
}

/** Returns the lines that are defined. */
export function definedLines(...all: readonly (RunLine | undefined)[]): RunLine[] {
  return all.filter((one) => one !== undefined);
}
