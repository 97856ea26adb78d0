import { parseDigitalSourceType } from '../../../src/core/detectors/source-type-term.js';
import { collectFileDates } from '../../../src/core/law/file-dates.js';
import { buildPage, type ReportPage } from '../../../src/core/page/page.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { GENERATIVE_TYPES } from '../../../src/core/signals/source-types.js';
import {
  findFileSigner,
  findManifestSigner,
  findStatementSigner,
  type SignerRef,
} from '../../../src/core/standing/signer.js';
import { listFileTimes, listOwnTimes } from '../../../src/core/standing/times.js';
import { countUnread, findUnread } from '../../../src/core/standing/unread.js';
import { findActiveManifest, listIntactVersions } from '../../../src/core/standing/versions.js';
import { buildGuidance } from '../../../src/core/summary/guidance.js';
import type { Message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';

/**
 * Rules by which the parts of one page agree with each other. A violation is a pair: the rule, and what was found. The
 * page of every fixture, and of made-up reports, is held against them.
 */
type Violation = [rule: string, found: string];

const en = translatorFor('en');

const CONFIRMED_CODES: ReadonlySet<string> = new Set(['listed', 'private']);
const ALTERED_HEADLINES = new Set(['altered', 'alteredSince', 'signatureBroken', 'signatureBrokenOf']);
const AI_HEADLINES = new Set([
  ...['generated', 'partGenerated', 'edited', 'label', 'platformLabel', 'proof', 'watermark', 'trace'],
  ...['credit', 'text', 'holdsAi', 'speaksOfAi'],
]);
const COMPLETE_HEADLINES = new Set(['nothing', 'camera', 'holds', 'carriesTrace', 'writtenBy']);

export function violations(report: StoredReport): Violation[] {
  const { facts, headline } = report.summary;
  if (facts === undefined || headline === undefined) return [];
  const one = buildPage(report, en);
  return [
    ...ofSigners(report, one),
    ...ofClaims(report),
    ...ofTimes(report, one),
    ...ofUnread(report, one),
    ...ofHeadline(report),
    ...ofAi(report),
  ];
}

const headlineOf = ({ summary: { headline } }: StoredReport): string =>
  headline?.id.replace('headline.', '') ?? '';

function ofSigners(report: StoredReport, one: ReportPage): Violation[] {
  const { contentCredentials: credentials, summary } = report;
  const file = findFileSigner(credentials);
  const code = summary.facts?.who.code ?? '';
  const isExpired = file?.standing === 'expired' || file?.standing === 'term-unknown';
  const found: Violation[] = [];
  if (file?.name !== undefined && credentials.presence === 'present') {
    const shouldBe = CONFIRMED_CODES.has(code) || (code === 'out-of-term' && isExpired);
    if (file.isConfirmed !== shouldBe) found.push(['who code', `${code} ${file.standing}`]);
    const by = summary.headline?.params?.['by'];
    if (summary.declared && !file.isConfirmed && by === 'tool') found.push(['headline without doubt', code]);
  }
  return [...found, ...ofNames(report, file, one)];
}

/** A confirmed name stands as our own word, any other in quotation marks, wherever the page has it. */
function ofNames(report: StoredReport, file: SignerRef | undefined, one: ReportPage): Violation[] {
  const { contentCredentials: credentials, summary } = report;
  const signers = [
    file,
    findStatementSigner(summary.declared, credentials),
    ...(credentials.manifests ?? []).map((one) => findManifestSigner(one, credentials)),
  ];
  const byName = new Map<string, Set<boolean>>();
  for (const signer of signers) {
    if (signer?.name === undefined || signer.name.length < 4) continue;
    byName.set(signer.name, (byName.get(signer.name) ?? new Set()).add(signer.isConfirmed));
  }
  const texts = textsOf(one);
  // A name that a confirmed and an unconfirmed certificate hold is told in both ways.
  return [...byName]
    .filter(([, standings]) => standings.size === 1)
    .flatMap(([name, standings]) =>
      texts
        .filter(({ text }) => text.includes(name))
        .flatMap((one) => nameViolation(one, name, standings.has(true))),
    );
}

function nameViolation({ text, isQuotation }: PageText, name: string, isConfirmed: boolean): Violation[] {
  const isBare = !isQuotation && text.replaceAll(`“${name}`, '').includes(name);
  if (!isConfirmed) return isBare ? [['unconfirmed name bare', text]] : [];
  return isQuotation ? (text === name ? [['confirmed name quoted', text]] : []) : [];
}

/** Claims of the sentences that may be said and of those that may not. */
function ofClaims(report: StoredReport): Violation[] {
  const { say, avoid } = buildGuidance(report);
  const { sentence = [], caption } = report.summary.messages ?? {};
  const isDenied = avoid.some(({ id }) => id === 'guide.avoid.signedBy' || id === 'guide.avoid.unconfirmed');
  const asserting = [...say, ...sentence, ...(caption ? [caption] : [])].filter(assertsSigner);
  return isDenied ? asserting.map(({ id }): Violation => ['signer asserted and denied', id]) : [];
}

const assertsSigner = ({ id, params = {} }: Message): boolean =>
  id === 'sentence.who.signed' ||
  id === 'caption.made' ||
  id === 'caption.signed' ||
  id === 'caption.stated' ||
  (id.startsWith('guide.say.') && params['by'] === 'known');

function ofTimes(report: StoredReport, { times }: ReportPage): Violation[] {
  const { when } = report.summary.facts ?? {};
  const own = listOwnTimes(report);
  const days = collectFileDates(report);
  const found: Violation[] = [];
  if (when === undefined) return found;
  if (when.day !== own[0]?.day) found.push(['when is not the strongest time', `${when.day} ${own[0]?.day}`]);
  if ((when.code === 'proven') !== own.some(({ is }) => is === 'proven'))
    found.push(['proven without proof', when.code]);
  if (when.code === 'not-known' && days.length > 0)
    found.push(['law dates a file without date', days[0]?.day ?? '']);
  if (days[0] !== undefined && days[0].day !== when.day)
    found.push(['law begins with another day', days[0].day]);
  const listed = new Set(listFileTimes(report).map(({ at }) => at.slice(0, 10).replaceAll(':', '-')));
  for (const { day } of days) if (!listed.has(day)) found.push(['law day is not listed', day]);
  const row = times.filter(({ label }) => !label.includes(en.text('page.times.earlier')));
  if (row.some(({ isProven }) => isProven) !== (when.code === 'proven') && times.length < 16)
    found.push(['row proves another time', when.code]);
  return found;
}

function ofUnread(report: StoredReport, { unread }: ReportPage): Violation[] {
  const { facts, coverage } = report.summary;
  const codes = [facts?.who.code, facts?.ai.code];
  const found: Violation[] = [];
  if (
    codes.includes('could-not-look') &&
    unread === undefined &&
    report.contentCredentials.presence !== 'unreadable'
  )
    found.push(['could not look at nothing', codes.join()]);
  if (COMPLETE_HEADLINES.has(headlineOf(report)) && (unread !== undefined || coverage.state !== 'complete'))
    found.push(['complete headline of an unread file', headlineOf(report)]);
  if ((unread !== undefined) !== countUnread(findUnread(report)) > 0) found.push(['unread line', '']);
  return found;
}

function ofHeadline(report: StoredReport): Violation[] {
  const { facts } = report.summary;
  const head = headlineOf(report);
  const found: Violation[] = [];
  if ((facts?.changed.code === 'yes') !== ALTERED_HEADLINES.has(head) && head !== 'cutOff')
    found.push(['changed fact and headline', `${facts?.changed.code} ${head}`]);
  if (facts?.ai.code === 'not-stated' && AI_HEADLINES.has(head))
    found.push(['AI headline, AI not stated', head]);
  const [statement, file] = [
    findStatementSigner(report.summary.declared, report.contentCredentials),
    findFileSigner(report.contentCredentials),
  ];
  const isTwo = report.summary.declared && statement?.name !== file?.name && statement?.name !== undefined;
  if (isTwo && facts?.who.messages?.text?.id !== 'fact.who.withStatement')
    found.push(['headline and fact of two signers', `${statement?.name} ${file?.name}`]);
  return found;
}

/** A step of the file's own history that names generative AI is told beside the headline too. */
function ofAi({ contentCredentials: credentials, summary }: StoredReport): Violation[] {
  if (findActiveManifest(credentials)?.integrity === 'altered') return [];
  const ofAi = listIntactVersions(credentials)
    .flatMap(({ actions }) => actions)
    .filter(
      ({ digitalSourceType: type }) =>
        type !== undefined && GENERATIVE_TYPES.has(parseDigitalSourceType(type)),
    );
  const [first] = ofAi;
  return first !== undefined && summary.facts?.ai.code === 'not-stated'
    ? [['history states AI, fact does not', `${first.action} ${first.description ?? ''}`]]
    : [];
}

interface PageText {
  text: string;
  isQuotation: boolean;
}

/** All texts of the page but its raw details; a quotation is text that renderers show as the file's own. */
function textsOf(one: ReportPage): PageText[] {
  const { details: _, ...dossier } = one.dossier;
  const found: PageText[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') found.push({ text: value, isQuotation: false });
    else if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) {
      if ('file' in value && typeof value.file === 'string')
        found.push({ text: value.file, isQuotation: true });
      else Object.values(value).forEach(walk);
    }
  };
  walk(dossier);
  walk({ ...one, dossier: undefined });
  return found;
}
