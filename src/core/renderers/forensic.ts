import type { ContentCredentials, Report } from '../report.js';
import type { Words } from '../words/words.js';
import { type Group, group } from './groups.js';
import { lines, type Manifest, NAME_CHARACTERS } from './manifest-lines.js';
import { bounded, type Line, type Run, timeRun } from './runs.js';
import { uncoveredLines } from './uncovered-lines.js';

/** What an expert asks of Content Credentials beyond codes and signals: certificate, record, versions, coverage, engines. */

const MOST_MANIFESTS = 50;
const MOST_DIFFERENCES = 50;

export function forensic({ contentCredentials: found }: Report, words: Words): Group[] {
  const c = words.credentials;
  const facts = (found.manifests ?? []).flatMap((manifest) => versions(manifest, words));
  return [
    ...group(c.certificateOf, certificate(found, words)),
    ...group(c.record, record(found, words)),
    ...group(
      c.manifests,
      bounded(facts, MOST_MANIFESTS, words, (line) => line),
    ),
    ...group(c.notCovered, uncoveredLines(found.manifests ?? [], words)),
    ...group(c.bytesFault, found.bytesFault === undefined ? [] : [[found.bytesFault]]),
    ...group(c.secondOpinion, secondOpinion(found, words)),
  ];
}

function certificate({ signer, time }: ContentCredentials, words: Words): Line[] {
  const { phrases, credentials, through } = words;
  const named = (label: string, text: string | undefined): Line | undefined =>
    text === undefined ? undefined : [`${label} `, { file: text, most: NAME_CHARACTERS }];
  const list = signer?.list && [signer.list, signer.listDate && phrases.listOf(signer.listDate)];
  return lines(
    named(phrases.issuer, signer?.issuer),
    named(credentials.commonName, signer?.commonName),
    named(phrases.serial, signer?.serial),
    termLine(time, words),
    list ? [`${credentials.list}: ${list.filter(Boolean).join(', ')}`] : undefined,
    signer?.through === undefined ? undefined : [through[signer.through]],
    signer?.trustReason === undefined ? undefined : [`${credentials.trustReason}: ${signer.trustReason}`],
  );
}

/** The certificate's own term: it says nothing of when the certificate was used. */
export function termLine(time: ContentCredentials['time'], words: Words): Line | undefined {
  const { termFrom, termUntil } = words.credentials;
  const from: Run[] =
    time?.certificateFrom === undefined ? [] : [`${termFrom} `, timeRun(time.certificateFrom, words)];
  const until: Run[] =
    time?.certificateUntil === undefined ? [] : [`${termUntil} `, timeRun(time.certificateUntil, words)];
  if (from.length + until.length === 0) return undefined;
  return [...from, ...(from.length > 0 && until.length > 0 ? [' '] : []), ...until];
}

function record({ signer }: ContentCredentials, words: Words): Line[] {
  const found = signer?.conformance;
  if (!found) return [];
  const { assuranceLevel, status, disallowed } = words.credentials;
  const row = (label: string, text: string | undefined): Line | undefined =>
    text === undefined ? undefined : [`${label}: `, { file: text, most: NAME_CHARACTERS }];
  return [
    [{ file: found.product, most: NAME_CHARACTERS }],
    ...lines(row(assuranceLevel, found.assuranceLevel), row(status, found.status)),
    ...bounded(found.disallowed, MOST_DIFFERENCES, words, (id) => [
      `${disallowed}: `,
      { file: id, most: 100 },
    ]),
  ];
}

function versions(manifest: Manifest, words: Words): Line[] {
  const { label, specVersion, claimVersion, update, hasThumbnail } = manifest;
  const { specification, claimVersion: version, updateManifest, thumbnail } = words.credentials;
  const facts: Run[][] = [
    ...(specVersion === undefined ? [] : [[`${specification} `, { file: specVersion, most: 40 }]]),
    ...(claimVersion === undefined ? [] : [[version(claimVersion)]]),
    ...(update ? [[updateManifest]] : []),
    ...(hasThumbnail ? [[thumbnail]] : []),
  ];
  if (facts.length === 0) return [];
  const said = facts.flatMap((runs, index) => [index === 0 ? ': ' : '; ', ...runs]);
  return [[{ file: label, most: NAME_CHARACTERS }, ...said]];
}

function secondOpinion({ secondOpinion: found }: ContentCredentials, words: Words): Line[] {
  if (!found) return [];
  const { agrees, differs } = words.credentials;
  const { name, version, sdk } = found.engine;
  return [
    [`C2PA ${name} ${version} (${sdk}): ${found.agrees ? agrees : differs}`],
    ...bounded(found.differences, MOST_DIFFERENCES, words, (one) => difference(one, words)),
  ];
}

function difference(written: string, words: Words): Line {
  const { onlyFirst, onlySecond } = words.credentials;
  const who = written.startsWith('-') ? onlyFirst : written.startsWith('+') ? onlySecond : undefined;
  return who === undefined
    ? [{ file: written, most: 300 }]
    : [`${who}: `, { file: written.slice(1), most: 300 }];
}
