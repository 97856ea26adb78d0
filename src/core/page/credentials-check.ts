import type { Translator } from '../../i18n/translator.js';
import { localizeMember, localizeReason } from '../report/message-lookup.js';
import type { StoredReport } from '../report/report.js';
import { signalRowOf } from '../signals/index.js';
import { findActiveManifest } from '../standing/versions.js';
import type { Check } from './check.js';
import {
  activeIntegrityText,
  definedLines,
  generatorLine,
  NAME_CHARACTERS,
  signerLine,
  timeLine,
} from './history/manifest-lines.js';
import { punctuationFor } from './marks.js';
import { type RunLine, shortSignalLine, signalNotes, type TextRun } from './runs.js';

/**
 * Row with presence and status of Content Credentials, then the summary: issuer, product, generator, date, list with
 * its date.
 */

const MAX_DISALLOWED = 16;

export function credentialsCheck(report: StoredReport, translator: Translator): Check {
  const { presence, integrity } = report.contentCredentials;
  const label = translator.text('page.row.credentials');
  const unread = presence === 'unsupported' && report.reads.c2pa.status !== 'unsupported';
  const word = translator.text(unread ? 'page.presence.unread' : `page.presence.${presence}`);
  const rest = [...engineLines(report, translator), ...statementLines(report, translator)];
  switch (presence) {
    case 'absent':
      return { label, mark: 'none', word: [word], notes: rest };
    case 'remote':
      return { label, mark: 'not-checked', word: [word], notes: [...address(report, translator), ...rest] };
    case 'present':
      return {
        label,
        mark: 'present',
        word: [
          word,
          integrity === undefined
            ? ''
            : `${punctuationFor(translator).semicolon}${activeIntegrityText(integrity, report, translator)}`,
        ],
        notes: [...summary(report, translator), ...rest],
      };
    default: {
      const { c2pa } = report.reads;
      const reason = localizeReason(c2pa, translator);
      if (c2pa.code === 'carrier.none' && reason !== undefined)
        return { label, mark: 'not-checked', word: [reason], notes: rest };
      const why: RunLine[] = reason === undefined ? [] : [[reason]];
      return { label, mark: 'not-checked', word: [word], notes: [...why, ...rest] };
    }
  }
}

function address(
  { contentCredentials: { remoteUrl } }: Pick<StoredReport, 'contentCredentials'>,
  translator: Translator,
): RunLine[] {
  return remoteUrl === undefined
    ? []
    : [
        [
          `${translator.text('page.phrase.pointsTo')}${punctuationFor(translator).colon}`,
          { file: remoteUrl, most: 512 },
        ],
      ];
}

/**
 * If the file changed since signing, product, generator and time would read as facts of this file; only the history
 * shows them.
 */
function summary(report: StoredReport, translator: Translator): RunLine[] {
  const { signer, integrity, sidecar, ingredientIntegrity, formFaults = [] } = report.contentCredentials;
  const active = findActiveManifest(report.contentCredentials);
  const holds = integrity !== 'altered';
  return [
    ...(sidecar ? [[translator.text('page.credentials.sidecar')]] : []),
    ...definedLines(signer && signerLine(active, report, translator)),
    ...(holds ? conformance(report, translator) : []),
    ...(holds && active
      ? definedLines(generatorLine(active, translator), timeLine(active, report, translator))
      : []),
    ...certificate(report, translator),
    ...formFaults.map((code): RunLine => [translator.text('page.credentials.formFault', { code })]),
    ...(ingredientIntegrity === 'altered' ? [[translator.text('page.phrase.ingredientAltered')]] : []),
  ];
}

function conformance(
  { contentCredentials: { signer } }: Pick<StoredReport, 'contentCredentials'>,
  translator: Translator,
): RunLine[] {
  const record = signer?.conformance;
  if (!record) return [];
  const product = translator.text('page.credentials.product');
  const productList = translator.text('page.credentials.productList');
  const disallowed = translator.text('page.credentials.disallowed');
  const known: RunLine = [
    product,
    { file: record.product, most: NAME_CHARACTERS },
    `${punctuationFor(translator).comma}${productList}`,
  ];
  if (record.disallowed.length === 0) return [known];
  const ids = record.disallowed
    .slice(0, MAX_DISALLOWED)
    .flatMap((id, index): TextRun[] => [
      index === 0 ? '' : punctuationFor(translator).item,
      { file: id, most: 100 },
    ]);
  return [known, [`${disallowed}${punctuationFor(translator).colon}`, ...ids]];
}

function certificate(
  { contentCredentials: { time } }: Pick<StoredReport, 'contentCredentials'>,
  translator: Translator,
): RunLine[] {
  const label = translator.text('page.phrase.certificate');
  return [
    ...(time && time.validity !== 'inside'
      ? [[`${label}${punctuationFor(translator).colon}${translator.text(`page.validity.${time.validity}`)}`]]
      : []),
    ...(time?.revocation === 'revoked'
      ? [[`${label}${punctuationFor(translator).colon}${translator.text('page.revocation.revoked')}`]]
      : []),
  ];
}

/** Lines about the second engine's answer on whether the file changed. */
function engineLines(
  { contentCredentials, signals }: Pick<StoredReport, 'contentCredentials' | 'signals'>,
  translator: Translator,
): RunLine[] {
  const { secondOpinion: second, integrity } = contentCredentials;
  const alone = localizeMember(contentCredentials, 'soleEngine', translator);
  if (alone !== undefined)
    return [[`${translator.text('page.credentials.soleEngine')}${punctuationFor(translator).colon}`, alone]];
  const differ = second?.agrees === false || signals.some(({ id }) => id === 'c2pa.engines.disagree');
  if (differ) {
    const same = second?.integrity !== undefined && second.integrity === integrity;
    return [
      [translator.text(same ? 'page.credentials.enginesOtherCodes' : 'page.credentials.enginesDiffer')],
    ];
  }
  return second && integrity === 'altered' ? [[translator.text('page.credentials.enginesAgree')]] : [];
}

/**
 * Lines for the credentials' statements, except watermarks and CAWG identities, which do not say how the content was
 * made.
 */
function statementLines(report: StoredReport, translator: Translator): RunLine[] {
  const { signals } = report;
  const own = signals.filter(({ id }) => signalRowOf(id).pageRow === 'credentials');
  const marks = own.filter(({ id }) => signalRowOf(id).maker === 'watermark');
  const identities = own.filter(({ id }) => signalRowOf(id).maker === 'identity');
  const origin = own.filter((signal) => !marks.includes(signal) && !identities.includes(signal));
  return [
    ...signalNotes(origin, translator, report, shortSignalLine),
    ...signalNotes(marks, translator, report, shortSignalLine),
    ...(marks.length === 0 ? [] : [[translator.text('page.credentials.watermarkNote')]]),
    ...signalNotes(identities, translator, report, shortSignalLine),
    ...(identities.length === 0 ? [] : [[translator.text('page.credentials.identityNote')]]),
  ];
}
