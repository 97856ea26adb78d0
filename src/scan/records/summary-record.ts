import { truncate } from '../../base/json-shape.js';
import { displayPath, toRecordPath } from '../../base/path-text.js';
import { type Carrier, isNotRead } from '../../core/media/carrier.js';
import { distinctFirst } from '../../core/pipeline/within-bounds.js';
import { type Outcome, SILENT_OUTCOMES } from '../../core/report/finding-schema.js';
import { completeSummary, readText } from '../../core/report/message-lookup.js';
import type { Part } from '../../core/report/part-schema.js';
import type { LocalizedReport, StoredReport } from '../../core/report/report.js';
import { countInside, partsByWeight } from '../../core/summary/inside-counts.js';
import type { Entry } from '../sources/entry.js';
import { groupingColumns } from './columns.js';
import type { ScanRecord, StoredScanRecord } from './record.js';

/** Limits that keep most records at 2 to 5 kB. `recordBytes` is enforced for any file (`enforceLimit`). */
export const recordLimits = {
  recordBytes: 128 * 1024,
  signals: 128,
  basisPerSignal: 2,
  placeCharacters: 160,
  valueCharacters: 256,
  contradictions: 8,
  sentenceCharacters: 1_024,
  findings: 256,
  becausePerFinding: 8,
  causes: 16,
  nameCharacters: 160,
  parts: 64,
  partNameCharacters: 120,
  partLabels: 8,
} as const;

/** Returns the sidecars as stored in a record. */
export const recordSidecars = ({
  sidecars = [],
}: Pick<Entry, 'sidecars'>): NonNullable<ScanRecord['sidecars']> =>
  sidecars.map(({ path, bytes, modified }) => ({
    ...toRecordPath(path),
    bytes,
    modified: new Date(modified).toISOString(),
  }));

export const initMembers = (init: string | undefined): Pick<ScanRecord, 'init' | 'initBytes'> => {
  if (init === undefined) return {};
  const { path, pathBytes } = toRecordPath(init);
  return { init: path, ...(pathBytes === undefined ? {} : { initBytes: pathBytes }) };
};

export const linkMembers = (linkOf: string | undefined): Pick<ScanRecord, 'linkOf' | 'linkOfBytes'> => {
  if (linkOf === undefined) return {};
  const { path, pathBytes } = toRecordPath(linkOf);
  return { linkOf: path, ...(pathBytes === undefined ? {} : { linkOfBytes: pathBytes }) };
};

type ShortenedPart = NonNullable<ScanRecord['cut']>[number];

/** Summarises a localized Report: enough to sort, count, rejudge and translate it later. */
export function toScanRecord(entry: RecordEntry, report: LocalizedReport, init?: string): ScanRecord {
  return enforceLimit(summarizeUnbounded(entry, report, init));
}

type RecordEntry = Pick<Entry, 'path' | 'modified' | 'etag' | 'sidecars' | 'linkOf'>;

/** Summarises a Report without enforcing `recordBytes`. The record of a localized Report has its texts. */
export function summarizeUnbounded(entry: RecordEntry, report: LocalizedReport, init?: string): ScanRecord;
export function summarizeUnbounded(entry: RecordEntry, report: StoredReport, init?: string): StoredScanRecord;
export function summarizeUnbounded(
  entry: RecordEntry,
  report: LocalizedReport | StoredReport,
  init?: string,
): StoredScanRecord {
  const { asset, contentCredentials, contradictions, findings } = report;
  const summary = completeSummary(report.summary);
  const shortened = new Set<ShortenedPart>();
  const short = (text: string, most: number, what: ShortenedPart): string => {
    if (text.length > most) shortened.add(what);
    return truncate(text, most);
  };
  const shortMember = (of: object, name: 'sentence' | 'statement', what: ShortenedPart) => {
    const text = readText(of, name);
    return text === undefined ? {} : { [name]: short(text, recordLimits.sentenceCharacters, what) };
  };
  const few = <T>(items: readonly T[], most: number, what: ShortenedPart): readonly T[] => {
    if (items.length > most) shortened.add(what);
    return items.slice(0, most);
  };
  const year = recordYear(report);
  const credentials = credentialsSummary(contentCredentials, short);
  const record: StoredScanRecord = {
    schema: 'assay.scan-record/1',
    ...toRecordPath(entry.path),
    modified: new Date(entry.modified).toISOString(),
    ...(entry.etag === undefined ? {} : { etag: entry.etag }),
    ...(entry.sidecars === undefined ? {} : { sidecars: recordSidecars(entry) }),
    ...initMembers(init),
    ...linkMembers(entry.linkOf),
    asset: {
      name: short(asset.name, recordLimits.valueCharacters, 'values'),
      bytes: asset.bytes,
      sha256: asset.sha256,
      mediaType: asset.mediaType,
      kind: asset.kind,
      ...(asset.declaredMediaType === undefined ? {} : { declaredMediaType: asset.declaredMediaType }),
    },
    summary: {
      origin: summary.origin,
      ...(summary.backing === undefined ? {} : { backing: summary.backing }),
      headline: summary.headline,
      facts: summary.facts,
      ...shortMember(summary, 'sentence', 'sentence'),
      ...(summary.messages === undefined ? {} : { messages: { sentence: summary.messages.sentence } }),
      coverage: coverageSummary(summary.coverage),
    },
    ...groupingColumns(displayPath(entry.path), {
      summary,
      contentCredentials: credentials,
      signals: report.signals,
    }),
    ...(year === undefined ? {} : { year }),
    contentCredentials: credentials,
    signals: few(distinctFirst(report.signals, recordLimits.signals), recordLimits.signals, 'signals').map(
      ({ id, backing, value, messages, basis }) => ({
        id,
        backing,
        ...(value === undefined ? {} : { value: short(value, recordLimits.valueCharacters, 'values') }),
        ...(messages === undefined ? {} : { messages }),
        basis: few(basis, recordLimits.basisPerSignal, 'basis').map((location) => ({
          ...location,
          locator: short(location.locator, recordLimits.placeCharacters, 'basis'),
        })),
      }),
    ),
    contradictions: few(contradictions, recordLimits.contradictions, 'contradictions').map(
      (contradiction) => ({
        between: contradiction.between.map(({ id }) => id),
        ...shortMember(contradiction, 'statement', 'contradictions'),
        ...(contradiction.messages === undefined ? {} : { messages: contradiction.messages }),
      }),
    ),
    ...insideMembers(report, few, short),
    ...summarizeFindings(findings, few),
    reads: unreadCarriers(report.reads),
  };
  return shortened.size === 0 ? record : { ...record, cut: [...shortened].sort() };
}

/** Returns the carriers that could not be read, and why. */
function unreadCarriers(reads: StoredReport['reads']): ScanRecord['reads'] {
  const unread: ScanRecord['reads'] = {};
  for (const carrier of Object.keys(reads) as Carrier[]) {
    const read = reads[carrier];
    if (!isNotRead(read)) continue;
    const { status, code } = read;
    unread[carrier] = code === undefined ? { status } : { status, code };
  }
  return unread;
}

type Limit = <T>(items: readonly T[], most: number, what: ShortenedPart) => readonly T[];
type Short = (text: string, most: number, what: ShortenedPart) => string;

/** Summarises the parts inside: all are counted, and as many listed as fit. */
function insideMembers(
  { parts = [] }: Pick<StoredReport, 'parts'>,
  few: Limit,
  short: Short,
): Pick<ScanRecord, 'inside' | 'parts'> {
  const all = partsByWeight(parts);
  if (all.length === 0) return {};
  const { ai, unread } = countInside(parts);
  return {
    inside: { parts: all.length, ai, unread },
    parts: few(all, recordLimits.parts, 'parts').map(({ number, part }) =>
      partSummary(number, part, few, short),
    ),
  };
}

function partSummary(
  number: number,
  part: Part,
  few: Limit,
  short: Short,
): NonNullable<ScanRecord['parts']>[number] {
  const { kind, mediaType, name, sha256, outcome, code } = part;
  const { origin, backing, presence, integrity, signer, labels = [], messages } = outcome ?? {};
  const headline = messages?.headline;
  const text = outcome && readText(outcome, 'headline');
  const told = {
    number,
    kind,
    mediaType,
    name: name === undefined ? undefined : short(name, recordLimits.partNameCharacters, 'parts'),
    sha256,
    origin,
    backing,
    presence,
    integrity,
    signer:
      signer?.name === undefined ? undefined : short(signer.name, recordLimits.partNameCharacters, 'parts'),
    trust: signer?.trust,
    labels: labels.length === 0 ? undefined : [...few(labels, recordLimits.partLabels, 'parts')],
    headline: headline === undefined ? undefined : { ...headline, ...(text === undefined ? {} : { text }) },
    code,
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as NonNullable<
    ScanRecord['parts']
  >[number];
}

/** Returns the record with the findings of other rules. */
export function withFindings(
  record: ScanRecord,
  { findings }: { findings: readonly JudgedFinding[] },
): ScanRecord {
  const { cut: before = [], silent: _, ...rest } = record;
  const shortened = new Set<ShortenedPart>(before.filter((what) => what !== 'findings'));
  const few = <T>(items: readonly T[], most: number, what: ShortenedPart): readonly T[] => {
    if (items.length > most) shortened.add(what);
    return items.slice(0, most);
  };
  const fresh = { ...rest, ...summarizeFindings(findings, few) };
  return enforceLimit(shortened.size === 0 ? fresh : { ...fresh, cut: [...shortened].sort() });
}

type JudgedFinding = Pick<StoredReport['findings'][number], 'rulebook' | 'rule' | 'outcome' | 'because'>;

/** Lists clauses that concern the file and counts all others. */
export function summarizeFindings(
  findings: readonly JudgedFinding[],
  few: <T>(items: readonly T[], most: number, what: ShortenedPart) => readonly T[],
): Pick<ScanRecord, 'findings' | 'silent'> {
  const speaking = findings.filter(({ outcome }) => !isSilent(outcome));
  // A Map, because rulebook names may come from a results file and could collide with an object's built-in properties.
  const silent = new Map<string, Map<string, number>>();
  for (const { rulebook, outcome } of findings) {
    if (!isSilent(outcome)) continue;
    const counts = silent.get(rulebook) ?? new Map<string, number>();
    silent.set(rulebook, counts.set(outcome, (counts.get(outcome) ?? 0) + 1));
  }
  return {
    findings: few(speaking, recordLimits.findings, 'findings').map(
      ({ rulebook, rule, outcome, because }) => ({
        rulebook,
        rule,
        outcome,
        // An indeterminate outcome would list every signal that the rule needs; `reads` gives the reasons.
        because:
          outcome === 'indeterminate' ? [] : [...few(because, recordLimits.becausePerFinding, 'findings')],
      }),
    ),
    ...(silent.size === 0
      ? {}
      : {
          silent: Object.fromEntries(
            [...silent].map(([rulebook, counts]) => [rulebook, Object.fromEntries(inOutcomeOrder(counts))]),
          ),
        }),
  };
}

const inOutcomeOrder = (counts: ReadonlyMap<string, number>): [string, number][] =>
  SILENT_OUTCOMES.flatMap((outcome): [string, number][] => {
    const clauses = counts.get(outcome);
    return clauses === undefined ? [] : [[outcome, clauses]];
  });

const isSilent = (outcome: Outcome): outcome is (typeof SILENT_OUTCOMES)[number] =>
  SILENT_OUTCOMES.some((silent) => silent === outcome);

/** Returns the coverage without its reasons, which the Report contains. */
export const coverageSummary = ({
  state,
  unread,
}: StoredReport['summary']['coverage']): ScanRecord['summary']['coverage'] => ({
  state,
  unread: unread.map(({ carrier }) => carrier),
});

/**
 * A character may take six bytes in JSON, so counts and lengths alone do not guarantee the limit. Each step removes
 * more until the record fits: first locators, then texts, then repeated data. Ids and backings of signals are removed
 * last.
 */
const SHRINK_STEPS: readonly [ShortenedPart[], (record: ScanRecord) => ScanRecord][] = [
  [
    ['basis', 'values'],
    (record) => ({
      ...record,
      signals: record.signals.map(({ value, messages: _, basis, ...signal }) => ({
        ...signal,
        ...(value === undefined ? {} : { value: truncate(value, 64) }),
        basis: basis
          .slice(0, 1)
          .map(({ locator, ...location }) => ({ ...location, locator: truncate(locator, 48) })),
      })),
    }),
  ],
  [
    ['parts'],
    ({ parts, ...record }) => ({
      ...record,
      ...(parts && {
        parts: parts
          .slice(0, 16)
          .map(({ name: _, signer: __, labels: ___, headline: ____, ...part }) => part),
      }),
    }),
  ],
  [
    ['contradictions', 'sentence'],
    ({ summary: { messages: _, ...summary }, ...record }) => ({
      ...record,
      summary: { ...summary, sentence: truncate(summary.sentence, 256) },
      contradictions: record.contradictions.map(({ between, statement }) => ({
        between,
        statement: truncate(statement, 128),
      })),
    }),
  ],
  [
    ['findings'],
    (record) => ({ ...record, findings: record.findings.map((finding) => ({ ...finding, because: [] })) }),
  ],
  [
    ['signals'],
    (record) => ({
      ...record,
      signals: record.signals.slice(0, 64).map(({ value: _, ...signal }) => signal),
    }),
  ],
];

export function enforceLimit(record: ScanRecord): ScanRecord {
  let fitting = record;
  for (const [lost, step] of SHRINK_STEPS) {
    if (Buffer.byteLength(JSON.stringify(fitting)) <= recordLimits.recordBytes) break;
    if (fitting.parts === undefined && lost.includes('parts')) continue;
    fitting = { ...step(fitting), cut: [...new Set([...(fitting.cut ?? []), ...lost])].sort() };
  }
  return fitting;
}

function credentialsSummary(
  credentials: StoredReport['contentCredentials'],
  short: (text: string, most: number, what: ShortenedPart) => string,
): ScanRecord['contentCredentials'] {
  const { presence, integrity, integrityCauses, signer, time, manifests, activeManifest } = credentials;
  const { bytesFaultMissing } = credentials;
  const list = signer && listWithDate(readText(signer, 'list'), signer.listDate);
  const name = (text: string | undefined) =>
    text === undefined ? undefined : short(text, recordLimits.nameCharacters, 'values');
  const said = {
    presence,
    integrity,
    causes: integrityCauses?.slice(0, recordLimits.causes).map((code) => truncate(code, 96)),
    signer: name(signer?.name ?? signer?.commonName),
    trust: signer?.trust,
    list: name(list),
    validity: time?.validity,
    proven: time?.proven,
    generator: name(manifests?.find(({ label }) => label === activeManifest)?.claimGenerator),
    bytesFault: name(readText(credentials, 'bytesFault')),
    bytesFaultMissing,
    ownHash: credentials.ownHash && true,
  };
  return Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== undefined),
  ) as ScanRecord['contentCredentials'];
}

/** Returns the name of the trust list with its date. */
export const listWithDate = (list: string | undefined, date: string | undefined): string | undefined =>
  list && `${list}${date === undefined ? '' : ` (${date})`}`;

/** A timestamp of credentials that no longer match the file proves nothing about its current state. */
function recordYear({
  contentCredentials,
  asset,
}: Pick<StoredReport, 'contentCredentials' | 'asset'>): ScanRecord['year'] {
  const { integrity, time } = contentCredentials;
  const proven = integrity === 'altered' ? undefined : parseYear(time?.proven);
  if (proven !== undefined) return { year: proven, by: 'proven' };
  const claimed = (asset.claimedDates ?? []).flatMap(({ value }) => parseYear(value) ?? []);
  return claimed.length === 0 ? undefined : { year: Math.min(...claimed), by: 'claimed' };
}

/** There were no photographs before 1826. Implausible years written by cameras with an unset clock are kept as claims. */
function parseYear(date: string | undefined): number | undefined {
  const year = Number(/^(\d{4})\b/.exec(date ?? '')?.[1]);
  return year >= 1826 && year <= 2199 ? year : undefined;
}
