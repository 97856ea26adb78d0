import { daySaid } from '../../say/amounts.js';
import type { Speech } from '../../say/speech.js';
import type { ContentCredentials, Report } from '../report/report.js';
import { MASKED } from '../signals/mask-words.js';
import { type Group, group } from './groups.js';
import { textOf } from './kept-text.js';
import { lines, type Manifest, NAME_CHARACTERS } from './manifest-lines.js';
import { marksOf } from './marks.js';
import { bounded, type Line, type Run, timeRun } from './runs.js';
import { uncoveredLines } from './uncovered-lines.js';

/** What an expert asks of Content Credentials beyond codes and signals: certificate, record, versions, coverage, engines. */

const MOST_MANIFESTS = 50;
const MOST_CERTIFICATES = 16;
const MOST_DIFFERENCES = 50;

export function forensic({ contentCredentials: found, signals }: Report, speech: Speech): Group[] {
  const bytesFault = textOf(found, 'bytesFault', speech);
  const facts = (found.manifests ?? []).flatMap((manifest) => versions(manifest, speech));
  return [
    ...group(speech.words('page.credentials.certificateOf'), certificate(found, speech)),
    ...group(speech.words('page.credentials.chain'), chain(found, speech)),
    ...group(speech.words('page.credentials.record'), record(found, speech)),
    ...group(
      speech.words('page.credentials.manifests'),
      bounded(facts, MOST_MANIFESTS, speech, (line) => line),
    ),
    ...group(
      speech.words('page.credentials.notCovered'),
      uncoveredLines(found.manifests ?? [], leavesOut(found, signals), speech),
    ),
    ...group(speech.words('page.credentials.bytesFault'), bytesFault === undefined ? [] : [[bytesFault]]),
    ...group(speech.words('page.credentials.secondOpinion'), secondOpinion(found, speech)),
  ];
}

/** Of the active manifest; not known where what its hash leaves out could not be read. */
function leavesOut(
  { bytesFaultMissing = [] }: ContentCredentials,
  signals: Report['signals'],
): 'credentials' | 'more' | undefined {
  if (bytesFaultMissing.includes('binding')) return undefined;
  return signals.some(({ id }) => id === 'c2pa.binding.leavesOutMore') ? 'more' : 'credentials';
}

function certificate({ signer, time }: ContentCredentials, speech: Speech): Line[] {
  const marks = marksOf(speech);
  const named = (label: string, text: string | undefined): Line | undefined =>
    text === undefined ? undefined : [label, { file: text, most: NAME_CHARACTERS }];
  const list = signer && textOf(signer, 'list', speech);
  const trustReason = signer && textOf(signer, 'trustReason', speech);
  const listDate: Run[] =
    signer?.listDate === undefined
      ? []
      : [marks.comma, speech.words('page.phrase.listOf', { day: daySaid(signer.listDate) })];
  return lines(
    named(speech.words('page.phrase.issuer'), signer?.issuer),
    named(speech.words('page.credentials.commonName'), signer?.commonName),
    signer?.serial === MASKED.serial
      ? [speech.words('page.masked.serial')]
      : named(speech.words('page.phrase.serial'), signer?.serial),
    termLine(time, speech),
    list === undefined
      ? undefined
      : [`${speech.words('page.credentials.list')}${marks.colon}`, list, ...listDate],
    signer?.through === undefined ? undefined : [speech.words(`page.through.${signer.through}`)],
    trustReason === undefined
      ? undefined
      : [
          `${speech.words(`page.credentials.trustReason.${signer?.trust === 'unlisted' ? 'unlisted' : 'not-checked'}`)}${marks.colon}`,
          trustReason,
        ],
  );
}

/** Each certificate is one line, the signer's own first; whoever wants to hold one against a list has its digest. */
function chain({ signer }: ContentCredentials, speech: Speech): Line[] {
  const marks = marksOf(speech);
  const value = (text: string): Run =>
    text === MASKED.serial ? speech.words('page.masked.serial') : { file: text, most: 100 };
  return bounded(signer?.certificates ?? [], MOST_CERTIFICATES, speech, (one): Line => {
    const term = termLine({ certificateFrom: one.from, certificateUntil: one.until }, speech) ?? [];
    const issuer: Run[] =
      one.issuer === undefined
        ? []
        : [marks.semicolon, speech.words('page.phrase.issuer'), { file: one.issuer, most: NAME_CHARACTERS }];
    return [
      { file: one.subject ?? '–', most: NAME_CHARACTERS },
      ...issuer,
      marks.semicolon,
      ...term,
      marks.semicolon,
      speech.words('page.phrase.serial'),
      value(one.serial),
      marks.semicolon,
      'SHA-256 ',
      value(one.sha256),
      `${marks.open}${one.source === 'file' ? speech.words('page.credentials.inFile') : speech.words('page.credentials.onList')}${marks.close}`,
    ];
  });
}

/** The certificate's own term: it says nothing of when the certificate was used. */
export function termLine(
  time: Pick<NonNullable<ContentCredentials['time']>, 'certificateFrom' | 'certificateUntil'> | undefined,
  speech: Speech,
): Line | undefined {
  const termFrom = speech.words('page.credentials.termFrom');
  const termUntil = speech.words('page.credentials.termUntil');
  const from: Run[] =
    time?.certificateFrom === undefined ? [] : [termFrom, timeRun(time.certificateFrom, speech)];
  const until: Run[] =
    time?.certificateUntil === undefined ? [] : [termUntil, timeRun(time.certificateUntil, speech)];
  if (from.length + until.length === 0) return undefined;
  return [
    ...from,
    ...(from.length > 0 && until.length > 0 ? [speech.words('page.credentials.termGap')] : []),
    ...until,
  ];
}

function record({ signer }: ContentCredentials, speech: Speech): Line[] {
  const found = signer?.conformance;
  if (!found) return [];
  const assuranceLevel = speech.words('page.credentials.assuranceLevel');
  const status = speech.words('page.credentials.status');
  const disallowed = speech.words('page.credentials.disallowed');
  const row = (label: string, text: string | undefined): Line | undefined =>
    text === undefined
      ? undefined
      : [`${label}${marksOf(speech).colon}`, { file: text, most: NAME_CHARACTERS }];
  return [
    [{ file: found.product, most: NAME_CHARACTERS }],
    ...lines(row(assuranceLevel, found.assuranceLevel), row(status, found.status)),
    ...bounded(found.disallowed, MOST_DIFFERENCES, speech, (id) => [
      `${disallowed}${marksOf(speech).colon}`,
      { file: id, most: 100 },
    ]),
  ];
}

function versions(manifest: Manifest, speech: Speech): Line[] {
  const { label, specVersion, claimVersion, update, hasThumbnail } = manifest;
  const specification = speech.words('page.credentials.specification');
  const updateManifest = speech.words('page.credentials.updateManifest');
  const thumbnail = speech.words('page.credentials.thumbnail');
  const facts: Run[][] = [
    ...(specVersion === undefined ? [] : [[specification, { file: specVersion, most: 40 }]]),
    ...(claimVersion === undefined
      ? []
      : [[speech.words('page.credentials.claimVersion', { version: String(claimVersion) })]]),
    ...(update ? [[updateManifest]] : []),
    ...(hasThumbnail ? [[thumbnail]] : []),
  ];
  if (facts.length === 0) return [];
  const said = facts.flatMap((runs, index) => [
    index === 0 ? marksOf(speech).colon : marksOf(speech).semicolon,
    ...runs,
  ]);
  return [[{ file: label, most: NAME_CHARACTERS }, ...said]];
}

function secondOpinion({ secondOpinion: found }: ContentCredentials, speech: Speech): Line[] {
  if (!found) return [];
  const agrees = speech.words('page.credentials.agrees');
  const differs = speech.words('page.credentials.differs');
  const { name, version, sdk } = found.engine;
  return [
    [`C2PA ${name} ${version} (${sdk})${marksOf(speech).colon}${found.agrees ? agrees : differs}`],
    ...bounded(found.differences, MOST_DIFFERENCES, speech, (one) => difference(one, speech)),
  ];
}

function difference(written: string, speech: Speech): Line {
  const onlyFirst = speech.words('page.credentials.onlyFirst');
  const onlySecond = speech.words('page.credentials.onlySecond');
  const who = written.startsWith('-') ? onlyFirst : written.startsWith('+') ? onlySecond : undefined;
  return who === undefined
    ? [{ file: written, most: 300 }]
    : [`${who}${marksOf(speech).colon}`, { file: written.slice(1), most: 300 }];
}
