import { dayMessage } from '../../i18n/amounts.js';
import type { Translator } from '../../i18n/translator.js';
import { localizeMember } from '../report/message-lookup.js';
import type { ContentCredentials, StoredReport } from '../report/report.js';
import { MASKED } from '../signals/mask-words.js';
import { leavesOutMore } from '../standing/integrity.js';
import type { Manifest } from '../standing/versions.js';
import { type LineGroup, toGroup } from './groups.js';
import { definedLines, NAME_CHARACTERS } from './history/manifest-lines.js';
import { uncoveredLines } from './history/uncovered-lines.js';
import { punctuationFor } from './marks.js';
import { limitLines, type RunLine, type TextRun, timeRun } from './runs.js';

/** Expert details of Content Credentials beyond codes and signals: certificate, record, versions, coverage, engines. */

const MAX_MANIFESTS = 50;
const MAX_CERTIFICATES = 16;
const MAX_DIFFERENCES = 50;

export function buildForensic(
  { contentCredentials: found, signals }: StoredReport,
  translator: Translator,
): LineGroup[] {
  const bytesFault = localizeMember(found, 'bytesFault', translator);
  const facts = (found.manifests ?? []).flatMap((manifest) => versions(manifest, translator));
  return [
    ...toGroup(translator.text('page.credentials.certificateOf'), certificate(found, translator)),
    ...toGroup(translator.text('page.credentials.chain'), chain(found, translator)),
    ...toGroup(translator.text('page.credentials.record'), recordLines(found, translator)),
    ...toGroup(
      translator.text('page.credentials.manifests'),
      limitLines(facts, MAX_MANIFESTS, translator, (line) => line),
    ),
    ...toGroup(
      translator.text('page.credentials.notCovered'),
      uncoveredLines(found.manifests ?? [], findExclusions(found, signals), translator),
    ),
    ...toGroup(
      translator.text('page.credentials.bytesFault'),
      bytesFault === undefined ? [] : [[bytesFault]],
    ),
    ...toGroup(translator.text('page.credentials.secondOpinion'), secondOpinion(found, translator)),
  ];
}

/** Returns the coverage of the active manifest's hash; `undefined` if its exclusions could not be read. */
function findExclusions(
  { bytesFaultMissing = [] }: ContentCredentials,
  signals: StoredReport['signals'],
): 'credentials' | 'more' | undefined {
  if (bytesFaultMissing.includes('binding')) return undefined;
  return leavesOutMore(signals) ? 'more' : 'credentials';
}

function certificate({ signer, time }: ContentCredentials, translator: Translator): RunLine[] {
  const marks = punctuationFor(translator);
  const named = (label: string, text: string | undefined): RunLine | undefined =>
    text === undefined ? undefined : [label, { file: text, most: NAME_CHARACTERS }];
  const list = signer && localizeMember(signer, 'list', translator);
  const trustReason = signer && localizeMember(signer, 'trustReason', translator);
  const listDate: TextRun[] =
    signer?.listDate === undefined
      ? []
      : [marks.comma, translator.text('page.phrase.listOf', { day: dayMessage(signer.listDate) })];
  return definedLines(
    named(translator.text('page.phrase.issuer'), signer?.issuer),
    named(translator.text('page.credentials.commonName'), signer?.commonName),
    signer?.serial === MASKED.serial
      ? [translator.text('page.masked.serial')]
      : named(translator.text('page.phrase.serial'), signer?.serial),
    termLine(time, translator),
    list === undefined
      ? undefined
      : [`${translator.text('page.credentials.list')}${marks.colon}`, list, ...listDate],
    signer?.through === undefined ? undefined : [translator.text(`page.through.${signer.through}`)],
    trustReason === undefined
      ? undefined
      : [
          `${translator.text(`page.credentials.trustReason.${signer?.trust === 'unlisted' ? 'unlisted' : 'not-checked'}`)}${marks.colon}`,
          trustReason,
        ],
  );
}

/** Returns one line per certificate, the signer's own first, with the digest needed to check it against a list. */
function chain({ signer }: ContentCredentials, translator: Translator): RunLine[] {
  const marks = punctuationFor(translator);
  const value = (text: string): TextRun =>
    text === MASKED.serial ? translator.text('page.masked.serial') : { file: text, most: 100 };
  return limitLines(signer?.certificates ?? [], MAX_CERTIFICATES, translator, (one): RunLine => {
    const term = termLine({ certificateFrom: one.from, certificateUntil: one.until }, translator) ?? [];
    const issuer: TextRun[] =
      one.issuer === undefined
        ? []
        : [
            marks.semicolon,
            translator.text('page.phrase.issuer'),
            { file: one.issuer, most: NAME_CHARACTERS },
          ];
    return [
      { file: one.subject ?? '–', most: NAME_CHARACTERS },
      ...issuer,
      marks.semicolon,
      ...term,
      ...(one.serial === undefined
        ? []
        : [marks.semicolon, translator.text('page.phrase.serial'), value(one.serial)]),
      marks.semicolon,
      'SHA-256 ',
      value(one.sha256),
      `${marks.open}${one.source === 'file' ? translator.text('page.credentials.inFile') : translator.text('page.credentials.onList')}${marks.close}`,
    ];
  });
}

/** Returns the certificate's validity period, which does not say when the certificate was used. */
export function termLine(
  time: Pick<NonNullable<ContentCredentials['time']>, 'certificateFrom' | 'certificateUntil'> | undefined,
  translator: Translator,
): RunLine | undefined {
  const termFrom = translator.text('page.credentials.termFrom');
  const termUntil = translator.text('page.credentials.termUntil');
  const from: TextRun[] =
    time?.certificateFrom === undefined ? [] : [termFrom, timeRun(time.certificateFrom, translator)];
  const until: TextRun[] =
    time?.certificateUntil === undefined ? [] : [termUntil, timeRun(time.certificateUntil, translator)];
  if (from.length + until.length === 0) return undefined;
  return [
    ...from,
    ...(from.length > 0 && until.length > 0 ? [translator.text('page.credentials.termGap')] : []),
    ...until,
  ];
}

function recordLines({ signer }: ContentCredentials, translator: Translator): RunLine[] {
  const found = signer?.conformance;
  if (!found) return [];
  const assuranceLevel = translator.text('page.credentials.assuranceLevel');
  const status = translator.text('page.credentials.status');
  const disallowed = translator.text('page.credentials.disallowed');
  const row = (label: string, text: string | undefined): RunLine | undefined =>
    text === undefined
      ? undefined
      : [`${label}${punctuationFor(translator).colon}`, { file: text, most: NAME_CHARACTERS }];
  return [
    [{ file: found.product, most: NAME_CHARACTERS }],
    ...definedLines(row(assuranceLevel, found.assuranceLevel), row(status, found.status)),
    ...limitLines(found.disallowed, MAX_DIFFERENCES, translator, (id) => [
      `${disallowed}${punctuationFor(translator).colon}`,
      { file: id, most: 100 },
    ]),
  ];
}

function versions(manifest: Manifest, translator: Translator): RunLine[] {
  const { label, specVersion, claimVersion, update, hasThumbnail } = manifest;
  const specification = translator.text('page.credentials.specification');
  const updateManifest = translator.text('page.credentials.updateManifest');
  const thumbnail = translator.text('page.credentials.thumbnail');
  const facts: TextRun[][] = [
    ...(specVersion === undefined ? [] : [[specification, { file: specVersion, most: 40 }]]),
    ...(claimVersion === undefined
      ? []
      : [[translator.text('page.credentials.claimVersion', { version: String(claimVersion) })]]),
    ...(update ? [[updateManifest]] : []),
    ...(hasThumbnail ? [[thumbnail]] : []),
  ];
  if (facts.length === 0) return [];
  const said = facts.flatMap((runs, index) => [
    index === 0 ? punctuationFor(translator).colon : punctuationFor(translator).semicolon,
    ...runs,
  ]);
  return [[{ file: label, most: NAME_CHARACTERS }, ...said]];
}

function secondOpinion({ secondOpinion: found }: ContentCredentials, translator: Translator): RunLine[] {
  if (!found) return [];
  const agrees = translator.text('page.credentials.agrees');
  const differs = translator.text('page.credentials.differs');
  const { name, version, sdk } = found.engine;
  return [
    [`C2PA ${name} ${version} (${sdk})${punctuationFor(translator).colon}${found.agrees ? agrees : differs}`],
    ...limitLines(found.differences, MAX_DIFFERENCES, translator, (one) => difference(one, translator)),
  ];
}

function difference(written: string, translator: Translator): RunLine {
  const onlyFirst = translator.text('page.credentials.onlyFirst');
  const onlySecond = translator.text('page.credentials.onlySecond');
  const who = written.startsWith('-') ? onlyFirst : written.startsWith('+') ? onlySecond : undefined;
  return who === undefined
    ? [{ file: written, most: 300 }]
    : [`${who}${punctuationFor(translator).colon}`, { file: written.slice(1), most: 300 }];
}
