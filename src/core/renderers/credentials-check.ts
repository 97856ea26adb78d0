import type { Speech } from '../../say/speech.js';
import type { Report } from '../report/report.js';
import { rowOf } from '../signals/index.js';
import type { Check } from './check.js';
import { reasonOf, textOf } from './kept-text.js';
import {
  activeIntegrity,
  activeManifest,
  generatorLine,
  lines,
  NAME_CHARACTERS,
  signerLine,
  timeLine,
} from './manifest-lines.js';
import { marksOf } from './marks.js';
import { type Line, type Run, shortSignalLine, signalNotes } from './runs.js';

/** Presence and status of Content Credentials, then the summary: issuer, product, generator, date, list with its date. */

const MOST_DISALLOWED = 16;

export function credentialsCheck(report: Report, speech: Speech): Check {
  const { presence, integrity } = report.contentCredentials;
  const label = speech.words('page.row.credentials');
  const unread = presence === 'unsupported' && report.reads.c2pa.status !== 'unsupported';
  const word = speech.words(unread ? 'page.presence.unread' : `page.presence.${presence}`);
  const rest = [...engines(report, speech), ...stated(report, speech)];
  switch (presence) {
    case 'absent':
      return { label, mark: 'none', word: [word], notes: rest };
    case 'remote':
      return { label, mark: 'not-checked', word: [word], notes: [...address(report, speech), ...rest] };
    case 'present':
      return {
        label,
        mark: 'present',
        word: [
          word,
          integrity === undefined
            ? ''
            : `${marksOf(speech).semicolon}${activeIntegrity(integrity, report, speech)}`,
        ],
        notes: [...summary(report, speech), ...rest],
      };
    default: {
      const { c2pa } = report.reads;
      const reason = reasonOf(c2pa, report, speech);
      if (c2pa.code === 'carrier.none' && reason !== undefined)
        return { label, mark: 'not-checked', word: [reason], notes: rest };
      const why: Line[] = reason === undefined ? [] : [[reason]];
      return { label, mark: 'not-checked', word: [word], notes: [...why, ...rest] };
    }
  }
}

function address({ contentCredentials: { remoteUrl } }: Report, speech: Speech): Line[] {
  return remoteUrl === undefined
    ? []
    : [[`${speech.words('page.phrase.pointsTo')}${marksOf(speech).colon}`, { file: remoteUrl, most: 512 }]];
}

/** Where the file changed since, product, generator and time would read as facts of this file: the history holds them. */
function summary(report: Report, speech: Speech): Line[] {
  const { signer, integrity, sidecar, ingredientIntegrity, formFaults = [] } = report.contentCredentials;
  const active = activeManifest(report);
  const holds = integrity !== 'altered';
  return [
    ...(sidecar ? [[speech.words('page.credentials.sidecar')]] : []),
    ...lines(signer && signerLine(signer, integrity === 'intact', speech)),
    ...(holds ? conformance(report, speech) : []),
    ...(holds && active ? lines(generatorLine(active, speech), timeLine(active, report, speech)) : []),
    ...certificate(report, speech),
    ...formFaults.map((code): Line => [speech.words('page.credentials.formFault', { code })]),
    ...(ingredientIntegrity === 'altered' ? [[speech.words('page.phrase.ingredientAltered')]] : []),
  ];
}

function conformance({ contentCredentials: { signer } }: Report, speech: Speech): Line[] {
  const record = signer?.conformance;
  if (!record) return [];
  const product = speech.words('page.credentials.product');
  const productList = speech.words('page.credentials.productList');
  const disallowed = speech.words('page.credentials.disallowed');
  const known: Line = [
    product,
    { file: record.product, most: NAME_CHARACTERS },
    `${marksOf(speech).comma}${productList}`,
  ];
  if (record.disallowed.length === 0) return [known];
  const ids = record.disallowed
    .slice(0, MOST_DISALLOWED)
    .flatMap((id, index): Run[] => [index === 0 ? '' : marksOf(speech).item, { file: id, most: 100 }]);
  return [known, [`${disallowed}${marksOf(speech).colon}`, ...ids]];
}

function certificate({ contentCredentials: { time } }: Report, speech: Speech): Line[] {
  const label = speech.words('page.phrase.certificate');
  return [
    ...(time && time.validity !== 'inside'
      ? [[`${label}${marksOf(speech).colon}${speech.words(`page.validity.${time.validity}`)}`]]
      : []),
    ...(time?.revocation === 'revoked'
      ? [[`${label}${marksOf(speech).colon}${speech.words('page.revocation.revoked')}`]]
      : []),
  ];
}

/** Who else was asked whether the file changed, and what came of it. */
function engines({ contentCredentials, signals }: Report, speech: Speech): Line[] {
  const { secondOpinion: second, integrity } = contentCredentials;
  const alone = textOf(contentCredentials, 'saidAlone', speech);
  if (alone !== undefined)
    return [[`${speech.words('page.credentials.saidAlone')}${marksOf(speech).colon}`, alone]];
  const differ = second?.agrees === false || signals.some(({ id }) => id === 'c2pa.engines.disagree');
  if (differ) {
    const same = second?.integrity !== undefined && second.integrity === integrity;
    return [[speech.words(same ? 'page.credentials.enginesOtherCodes' : 'page.credentials.enginesDiffer')]];
  }
  return second && integrity === 'altered' ? [[speech.words('page.credentials.enginesAgree')]] : [];
}

/** What the credentials state, watermarks and CAWG identities apart: neither says how the content was made. */
function stated(report: Report, speech: Speech): Line[] {
  const { signals } = report;
  const own = signals.filter(({ id }) => rowOf(id).row === 'credentials');
  const marks = own.filter(({ id }) => rowOf(id).by === 'watermark');
  const identities = own.filter(({ id }) => rowOf(id).by === 'identity');
  const origin = own.filter((signal) => !marks.includes(signal) && !identities.includes(signal));
  return [
    ...signalNotes(origin, speech, report, shortSignalLine),
    ...signalNotes(marks, speech, report, shortSignalLine),
    ...(marks.length === 0 ? [] : [[speech.words('page.credentials.watermarkNote')]]),
    ...signalNotes(identities, speech, report, shortSignalLine),
    ...(identities.length === 0 ? [] : [[speech.words('page.credentials.identityNote')]]),
  ];
}
