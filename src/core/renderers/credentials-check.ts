import type { Report } from '../report.js';
import { rowOf } from '../signals/index.js';
import type { Words } from '../words/words.js';
import type { Check } from './checks.js';
import {
  activeIntegrity,
  activeManifest,
  generatorLine,
  lines,
  NAME_CHARACTERS,
  signerLine,
  timeLine,
} from './manifest-lines.js';
import { type Line, type Run, shortSignalLine, signalNotes } from './runs.js';

/** Presence and status of Content Credentials, then the summary: issuer, product, generator, date, list with its date. */

const MOST_DISALLOWED = 16;

export function credentialsCheck(report: Report, words: Words): Check {
  const { presence, integrity } = report.contentCredentials;
  const label = words.rows.credentials;
  const word = words.presence[presence];
  const rest = [...engines(report, words), ...stated(report, words)];
  switch (presence) {
    case 'absent':
      return { label, mark: 'none', word: [word], notes: rest };
    case 'remote':
      return { label, mark: 'not-checked', word: [word], notes: [...address(report, words), ...rest] };
    case 'present':
      return {
        label,
        mark: 'present',
        word: [
          word,
          integrity === undefined
            ? ''
            : `${words.marks.semicolon}${activeIntegrity(integrity, report, words)}`,
        ],
        notes: [...summary(report, words), ...rest],
      };
    default: {
      const { code, reason } = report.reads.c2pa;
      if (code === 'carrier.none' && reason !== undefined)
        return { label, mark: 'not-checked', word: [words.ours(reason)], notes: rest };
      const why: Line[] = reason === undefined ? [] : [[words.ours(reason)]];
      return { label, mark: 'not-checked', word: [word], notes: [...why, ...rest] };
    }
  }
}

function address({ contentCredentials: { remoteUrl } }: Report, words: Words): Line[] {
  return remoteUrl === undefined
    ? []
    : [[`${words.phrases.pointsTo}${words.marks.colon}`, { file: remoteUrl, most: 512 }]];
}

/** Where the file changed since, product, generator and time would read as facts of this file: the history holds them. */
function summary(report: Report, words: Words): Line[] {
  const { signer, integrity, sidecar, ingredientIntegrity, formFaults = [] } = report.contentCredentials;
  const active = activeManifest(report);
  const holds = integrity !== 'altered';
  return [
    ...(sidecar ? [[words.credentials.sidecar]] : []),
    ...lines(signer && signerLine(signer, integrity === 'intact', words)),
    ...(holds ? conformance(report, words) : []),
    ...(holds && active ? lines(generatorLine(active, words), timeLine(active, report, words)) : []),
    ...certificate(report, words),
    ...formFaults.map((code): Line => [words.credentials.formFault(code)]),
    ...(ingredientIntegrity === 'altered' ? [[words.phrases.ingredientAltered]] : []),
  ];
}

function conformance({ contentCredentials: { signer } }: Report, words: Words): Line[] {
  const record = signer?.conformance;
  if (!record) return [];
  const { product, productList, disallowed } = words.credentials;
  const known: Line = [
    product,
    { file: record.product, most: NAME_CHARACTERS },
    `${words.marks.comma}${productList}`,
  ];
  if (record.disallowed.length === 0) return [known];
  const ids = record.disallowed
    .slice(0, MOST_DISALLOWED)
    .flatMap((id, index): Run[] => [index === 0 ? '' : words.marks.item, { file: id, most: 100 }]);
  return [known, [`${disallowed}${words.marks.colon}`, ...ids]];
}

function certificate({ contentCredentials: { time } }: Report, words: Words): Line[] {
  const { certificate: label } = words.phrases;
  return [
    ...(time && time.validity !== 'inside'
      ? [[`${label}${words.marks.colon}${words.validity[time.validity]}`]]
      : []),
    ...(time?.revocation === 'revoked' ? [[`${label}${words.marks.colon}${words.revocation.revoked}`]] : []),
  ];
}

/** Who else was asked whether the file changed, and what came of it. */
function engines({ contentCredentials, signals }: Report, words: Words): Line[] {
  const { secondOpinion: second, saidAlone, integrity } = contentCredentials;
  const c = words.credentials;
  if (saidAlone !== undefined) return [[`${c.saidAlone}${words.marks.colon}`, words.ours(saidAlone)]];
  const differ = second?.agrees === false || signals.some(({ id }) => id === 'c2pa.engines.disagree');
  if (differ) {
    const same = second?.integrity !== undefined && second.integrity === integrity;
    return [[same ? c.enginesOtherCodes : c.enginesDiffer]];
  }
  return second && integrity === 'altered' ? [[c.enginesAgree]] : [];
}

/** What the credentials state, watermarks and CAWG identities apart: neither says how the content was made. */
function stated(report: Report, words: Words): Line[] {
  const { signals } = report;
  const own = signals.filter(({ id }) => rowOf(id).row === 'credentials');
  const marks = own.filter(({ id }) => rowOf(id).by === 'watermark');
  const identities = own.filter(({ id }) => rowOf(id).by === 'identity');
  const origin = own.filter((signal) => !marks.includes(signal) && !identities.includes(signal));
  return [
    ...signalNotes(origin, words, report, shortSignalLine),
    ...signalNotes(marks, words, report, shortSignalLine),
    ...(marks.length === 0 ? [] : [[words.credentials.watermarkNote]]),
    ...signalNotes(identities, words, report, shortSignalLine),
    ...(identities.length === 0 ? [] : [[words.credentials.identityNote]]),
  ];
}
