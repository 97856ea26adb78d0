import { MASKED } from '../mask-words.js';
import type { ContentCredentials, Report } from '../report.js';
import type { Words } from '../words/words.js';
import { type Group, group } from './groups.js';
import { lines, type Manifest, NAME_CHARACTERS } from './manifest-lines.js';
import { bounded, type Line, type Run, timeRun } from './runs.js';
import { uncoveredLines } from './uncovered-lines.js';

/** What an expert asks of Content Credentials beyond codes and signals: certificate, record, versions, coverage, engines. */

const MOST_MANIFESTS = 50;
const MOST_CERTIFICATES = 16;
const MOST_DIFFERENCES = 50;

export function forensic({ contentCredentials: found, signals }: Report, words: Words): Group[] {
  const c = words.credentials;
  const facts = (found.manifests ?? []).flatMap((manifest) => versions(manifest, words));
  return [
    ...group(c.certificateOf, certificate(found, words)),
    ...group(c.chain, chain(found, words)),
    ...group(c.record, record(found, words)),
    ...group(
      c.manifests,
      bounded(facts, MOST_MANIFESTS, words, (line) => line),
    ),
    ...group(c.notCovered, uncoveredLines(found.manifests ?? [], leavesOut(found, signals), words)),
    ...group(c.bytesFault, found.bytesFault === undefined ? [] : [[words.ours(found.bytesFault)]]),
    ...group(c.secondOpinion, secondOpinion(found, words)),
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

function certificate({ signer, time }: ContentCredentials, words: Words): Line[] {
  const { phrases, credentials, through, marks } = words;
  const named = (label: string, text: string | undefined): Line | undefined =>
    text === undefined ? undefined : [label, { file: text, most: NAME_CHARACTERS }];
  const list = signer?.list && [words.ours(signer.list), signer.listDate && phrases.listOf(signer.listDate)];
  return lines(
    named(phrases.issuer, signer?.issuer),
    named(credentials.commonName, signer?.commonName),
    signer?.serial === MASKED.serial ? [words.masked.serial] : named(phrases.serial, signer?.serial),
    termLine(time, words),
    list ? [`${credentials.list}${marks.colon}${list.filter(Boolean).join(marks.comma)}`] : undefined,
    signer?.through === undefined ? undefined : [through[signer.through]],
    signer?.trustReason === undefined
      ? undefined
      : [
          `${credentials.trustReason[signer.trust === 'unlisted' ? 'unlisted' : 'not-checked']}${marks.colon}${words.ours(signer.trustReason)}`,
        ],
  );
}

/** Each certificate is one line, the signer's own first; whoever wants to hold one against a list has its digest. */
function chain({ signer }: ContentCredentials, words: Words): Line[] {
  const { phrases, credentials: c, marks, masked } = words;
  const value = (text: string): Run => (text === MASKED.serial ? masked.serial : { file: text, most: 100 });
  return bounded(signer?.certificates ?? [], MOST_CERTIFICATES, words, (one): Line => {
    const term = termLine({ certificateFrom: one.from, certificateUntil: one.until }, words) ?? [];
    const issuer: Run[] =
      one.issuer === undefined
        ? []
        : [marks.semicolon, phrases.issuer, { file: one.issuer, most: NAME_CHARACTERS }];
    return [
      { file: one.subject ?? '–', most: NAME_CHARACTERS },
      ...issuer,
      marks.semicolon,
      ...term,
      marks.semicolon,
      phrases.serial,
      value(one.serial),
      marks.semicolon,
      'SHA-256 ',
      value(one.sha256),
      `${marks.open}${one.source === 'file' ? c.inFile : c.onList}${marks.close}`,
    ];
  });
}

/** The certificate's own term: it says nothing of when the certificate was used. */
export function termLine(
  time: Pick<NonNullable<ContentCredentials['time']>, 'certificateFrom' | 'certificateUntil'> | undefined,
  words: Words,
): Line | undefined {
  const { termFrom, termUntil } = words.credentials;
  const from: Run[] =
    time?.certificateFrom === undefined ? [] : [termFrom, timeRun(time.certificateFrom, words)];
  const until: Run[] =
    time?.certificateUntil === undefined ? [] : [termUntil, timeRun(time.certificateUntil, words)];
  if (from.length + until.length === 0) return undefined;
  return [...from, ...(from.length > 0 && until.length > 0 ? [words.credentials.termGap] : []), ...until];
}

function record({ signer }: ContentCredentials, words: Words): Line[] {
  const found = signer?.conformance;
  if (!found) return [];
  const { assuranceLevel, status, disallowed } = words.credentials;
  const row = (label: string, text: string | undefined): Line | undefined =>
    text === undefined ? undefined : [`${label}${words.marks.colon}`, { file: text, most: NAME_CHARACTERS }];
  return [
    [{ file: found.product, most: NAME_CHARACTERS }],
    ...lines(row(assuranceLevel, found.assuranceLevel), row(status, found.status)),
    ...bounded(found.disallowed, MOST_DIFFERENCES, words, (id) => [
      `${disallowed}${words.marks.colon}`,
      { file: id, most: 100 },
    ]),
  ];
}

function versions(manifest: Manifest, words: Words): Line[] {
  const { label, specVersion, claimVersion, update, hasThumbnail } = manifest;
  const { specification, claimVersion: version, updateManifest, thumbnail } = words.credentials;
  const facts: Run[][] = [
    ...(specVersion === undefined ? [] : [[specification, { file: specVersion, most: 40 }]]),
    ...(claimVersion === undefined ? [] : [[version(claimVersion)]]),
    ...(update ? [[updateManifest]] : []),
    ...(hasThumbnail ? [[thumbnail]] : []),
  ];
  if (facts.length === 0) return [];
  const said = facts.flatMap((runs, index) => [
    index === 0 ? words.marks.colon : words.marks.semicolon,
    ...runs,
  ]);
  return [[{ file: label, most: NAME_CHARACTERS }, ...said]];
}

function secondOpinion({ secondOpinion: found }: ContentCredentials, words: Words): Line[] {
  if (!found) return [];
  const { agrees, differs } = words.credentials;
  const { name, version, sdk } = found.engine;
  return [
    [`C2PA ${name} ${version} (${sdk})${words.marks.colon}${found.agrees ? agrees : differs}`],
    ...bounded(found.differences, MOST_DIFFERENCES, words, (one) => difference(one, words)),
  ];
}

function difference(written: string, words: Words): Line {
  const { onlyFirst, onlySecond } = words.credentials;
  const who = written.startsWith('-') ? onlyFirst : written.startsWith('+') ? onlySecond : undefined;
  return who === undefined
    ? [{ file: written, most: 300 }]
    : [`${who}${words.marks.colon}`, { file: written.slice(1), most: 300 }];
}
